#!/bin/sh
# The two roles of the database (docs/decisions/0024-two-roles.md): one owns the tables and migrates, the other is what
# the application works as. Safe to run again: passwords become those given, and tables that a superuser owned become
# the owner's. PostgreSQL's image runs this when it makes a new database; in one that is there already:
#
#   docker compose exec db sh /docker-entrypoint-initdb.d/database-roles.sh
#
# psql finds the server by the usual variables (PGHOST, PGPORT); POSTGRES_USER is a superuser.
set -eu

psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  --set database="$POSTGRES_DB" --set owner_password="$DATABASE_OWNER_PASSWORD" \
  --set app_password="$DATABASE_APP_PASSWORD" >/dev/null <<'SQL'
SELECT 'CREATE ROLE ' || name FROM unnest(ARRAY['astcoord_owner', 'astcoord_app']) AS name
  WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec
ALTER ROLE astcoord_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'owner_password';
ALTER ROLE astcoord_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'app_password';
ALTER DATABASE :"database" OWNER TO astcoord_owner;
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO astcoord_app;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO astcoord_owner;
SELECT format('ALTER %s public.%I OWNER TO astcoord_owner', CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, relname)
  FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'S')
  AND relowner <> 'astcoord_owner'::regrole
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('a', 'i') AND relkind = 'S') \gexec
SELECT format('ALTER FUNCTION %s OWNER TO astcoord_owner', p.oid::regprocedure)
  FROM pg_proc p WHERE pronamespace = 'public'::regnamespace AND proowner <> 'astcoord_owner'::regrole \gexec
SQL
