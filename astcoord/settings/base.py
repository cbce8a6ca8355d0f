"""What every environment shares. Values that differ come from environment variables (see the README)."""

from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from astcoord.settings.database import owner
from astcoord.settings.worker import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()
VAR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))

SECRET_KEY = env("SECRET_KEY", default="")
DEBUG = False
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Whose word about the visitor's address is believed (`astcoord.core.proxies`); nobody's, unless said.
TRUSTED_PROXIES: list[str] = env.list("TRUSTED_PROXIES", default=[])
SITE_URL = env("SITE_URL", default="http://localhost:8000")

# Who owns the tables, where the application's own role does not. Only migrations and the like are given it.
DATABASE_OWNER = owner(env("DATABASE_OWNER_URL", default=""))

# E-mail goes where EMAIL_URL says (see each environment); these hold for all of them.
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="ast@localhost")
EMAIL_TIMEOUT = 10
GOVUK_NOTIFY_PAPER_TEMPLATE_ID = ""
EMAIL_PER_MINUTE = env.int("EMAIL_PER_MINUTE", default=0)  # what the relay takes from all workers; 0: as many as go
OUTBOX_DIR = VAR / "outbox"
UNWRITTEN_DIR = VAR / "unwritten"  # what was sent while the database was away, until it is back
READABLE_OUTBOX = False
HISTORY_MAY_BE_FLUSHED = False

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "crispy_forms",
    "django_filters",
    "django_tables2",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "astcoord.core",
    "astcoord.demo",
    "astcoord.bench",
    "astcoord.ui",
    "schools",
    "staff",
    "placements",
    "evaluation",
]

MIDDLEWARE = [
    "astcoord.core.logs.RequestMiddleware",  # the first: all that follows is told by its number
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "astcoord.core.middleware.WordsMiddleware",
    "astcoord.core.middleware.HeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "staff.accounts.middleware.IdleMiddleware",
    "astcoord.ui.kept.KeptFormMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "astcoord.core.middleware.WhereFromMiddleware",
    "astcoord.core.middleware.TypistMiddleware",
    "astcoord.core.middleware.PaperMiddleware",
    "astcoord.core.middleware.PolicyMiddleware",
    "staff.accounts.middleware.SecondStepMiddleware",
    "staff.accounts.middleware.FreshSignInMiddleware",
    "astcoord.ui.once.OnceMiddleware",  # the last: it runs the view
]

ROOT_URLCONF = "astcoord.urls"
WSGI_APPLICATION = "astcoord.wsgi.application"
# What finds a template's file, and what compiles it, so that it says its text in the scheme's own words.
FROM_FILES, FROM_APPS = "django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [("astcoord.core.templates.Loader", [FROM_FILES, FROM_APPS])],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "astcoord.core.context_processors.authority",
                "astcoord.ui.context_processors.navigation",
            ],
            "builtins": ["astcoord.ui.templatetags.kept"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "NAME": "emails",  # plain text: a name with an apostrophe stays as it is (astcoord.core.emails)
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "autoescape": False,
            "loaders": [("astcoord.core.templates.Loader", [FROM_FILES])],
            "builtins": ["astcoord.core.templatetags.documents", "astcoord.core.templatetags.emails"],
        },
    },
]
CSRF_FAILURE_VIEW = "astcoord.ui.kept.csrf_failure"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

AUTH_USER_MODEL = "staff.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static", BASE_DIR / "build" / "static"]

# A day's outreach form is a page of text, never a film: files are checked one by one where they are accepted.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

CRISPY_ALLOWED_TEMPLATE_PACKS = ("govuk",)
CRISPY_TEMPLATE_PACK = "govuk"
CRISPY_FAIL_SILENTLY = False
DJANGO_TABLES2_TEMPLATE = "ui/table.html"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_EXPIRE_AT_BROWSER_CLOSE = True  # a school office shares its computers
SESSION_COOKIE_HTTPONLY = True

ACCOUNT_ADAPTER = "staff.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # the sign-in code is the proof of the address
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = False  # nothing is left to verify; allauth refuses to start otherwise
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
# A new code is asked for like the first: then the limits count it, and known and unknown addresses take equally long.
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = False
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "request_login_code": "staff.accounts.forms.signin.RequestCodeForm",
    "confirm_login_code": "staff.accounts.forms.signin.ConfirmCodeForm",
}
# Three tries a code, and so few codes an hour that trying them all would take years. So many a network and an address,
# within so many seconds; counted in the database, and so not by the package.
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
CODES_A_NETWORK = ((20, 60), (200, 60 * 60))
CODES_AN_ADDRESS = ((3, 60), (10, 60 * 60))
ACCOUNT_RATE_LIMITS = {
    "request_login_code": None,
    "login_failed": "10/m/ip,5/300s/key",
    "reauthenticate": "10/m/user",
}
MFA_RATE_LIMITS = {"webauthn_login": "10/m/ip"}
MFA_FORMS = {
    "activate_totp": "staff.accounts.forms.signin.SetUpAppForm",
    "authenticate": "staff.accounts.forms.signin.SecondStepForm",
    "reauthenticate": "staff.accounts.forms.signin.ConfirmSecondStepForm",
}
MFA_ADAPTER = "staff.accounts.adapter.MFAAdapter"
# Co-ordinators, administrators and consultants set up a second step before anything else. Production insists.
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", default=False)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
USERSESSIONS_TRACK_ACTIVITY = False  # it would cost every page five queries

METRICS_TOKEN = env("METRICS_TOKEN", default="")
"""What a program that watches the site shows at /metrics/; without it there is no such page."""

LOG_FORMAT = env("LOG_FORMAT", default="line")
if LOG_FORMAT not in ("line", "json"):
    raise ImproperlyConfigured("LOG_FORMAT is “line” or “json”.")
LOG_REQUESTS = LOG_FORMAT == "json"
# Nothing here writes a person's name or address: messages and documents are logged by their row's number. Addresses of
# pages are logged without the signed links of people who have no account.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "astcoord.core.signed_links.LineFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        },
        "json": {"()": "astcoord.core.logs.JsonFormatter"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["stderr"], "level": env("LOG_LEVEL", default="WARNING")},
    "loggers": {
        "astcoord.core.logs": {"level": "INFO"},  # the line of each request, which only LOG_FORMAT=json has
        # These two tell of every font table and every unknown CSS property.
        "fontTools": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},
    },
}
