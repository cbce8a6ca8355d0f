# The same image is web server, worker and clock: see docker-compose.yml.

ARG PYTHON_IMAGE=python:3.13-slim-bookworm
ARG NODE_IMAGE=node:24-slim

# 1. Everything the software imports, each file checked against its hash.
FROM ${PYTHON_IMAGE} AS packages
ARG REQUIREMENTS=requirements.txt
WORKDIR /srv/astcoord
RUN python -m venv .venv
COPY requirements.txt requirements-notify.txt ./
RUN .venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --requirement $REQUIREMENTS

# 2. The style sheet and the scripts.
FROM ${NODE_IMAGE} AS assets
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends python3 && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/astcoord
COPY package.json package-lock.json .npmrc ./
COPY frontend frontend
RUN python3 frontend/node.py install && python3 frontend/node.py build

# 3. What runs.
FROM ${PYTHON_IMAGE}
ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PATH=/srv/astcoord/.venv/bin:$PATH \
    XDG_CACHE_HOME=/tmp/cache \
    DJANGO_SETTINGS_MODULE=astcoord.settings.production
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends \
        fonts-dejavu-core fonts-droid-fallback fonts-liberation2 libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 999 astcoord \
    && useradd --system --uid 999 --gid astcoord --create-home --home-dir /home/astcoord astcoord
WORKDIR /srv/astcoord
COPY --from=packages /srv/astcoord/.venv .venv
COPY . .
COPY --from=assets /srv/astcoord/build build
# Production refuses to start without its settings, so collecting the static files is given some that lead nowhere.
RUN SECRET_KEY=$(python -c 'import secrets; print(secrets.token_urlsafe(60))') ALLOWED_HOSTS=build.invalid \
        SITE_URL=https://build.invalid DATABASE_URL=sqlite://:memory: EMAIL_URL=dummymail:// \
        python manage.py collectstatic --no-input --verbosity 0 \
    && rm -rf var && install -d -o astcoord var
USER astcoord
VOLUME /srv/astcoord/var
EXPOSE 8000
# The proxy in front ends TLS. The application itself knows whom it believes about the visitor (TRUSTED_PROXIES).
CMD ["waitress-serve", "--host=0.0.0.0", "--port=8000", "--threads=8", "--ident=", \
     "--no-clear-untrusted-proxy-headers", "astcoord.wsgi:application"]
