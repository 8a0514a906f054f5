"""All settings; the only reader of the environment. `.env.example` lists every variable.

Without any variable set this runs the embedded servers of a bare checkout. With
`DEMARCHE_PRODUCTION=1` a missing secret, host or server address ends the start with a sentence.
"""

import importlib.util
import os
import secrets
import warnings
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.embedded.places import socket_folder

BASE_DIR = Path(__file__).resolve().parent.parent


def _flag(name: str, default: bool = False) -> bool:
    return os.environ.get(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def _listed(name: str) -> list[str]:
    return [item.strip() for item in os.environ.get(name, "").split(",") if item.strip()]


def _count(name: str, default: int = 0) -> int:
    text = os.environ.get(name) or str(default)
    if not text.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a number, 0 or more. See .env.example.")
    return int(text)


def _required(name: str, why: str) -> str:
    value = os.environ.get(name, "")
    if not value and PRODUCTION:
        raise ImproperlyConfigured(f"Set {name}: {why} See .env.example.")
    return value


PRODUCTION = _flag("DEMARCHE_PRODUCTION")
DEBUG = not PRODUCTION and _flag("DEMARCHE_DEBUG")

# Where a bare checkout keeps its data: clusters, sockets, snapshots, its own secret.
HOME = Path(os.environ.get("DEMARCHE_HOME") or BASE_DIR / ".local").resolve()
SOCKETS = socket_folder(HOME)


def _local_secret() -> str:
    """The secret of a bare checkout, made once and kept in its data folder."""
    path = HOME / "secret-key"
    if not path.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="utf-8")
    return path.read_text(encoding="utf-8")


SECRET_KEY = (
    _required("DEMARCHE_SECRET_KEY", "a long random string that signs sessions.")
    or _local_secret()
)
# Former keys: what was encrypted or signed with them is still read.
SECRET_KEY_FALLBACKS = _listed("DEMARCHE_SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = [
    *_listed("DEMARCHE_ALLOWED_HOSTS"),
    *(["localhost"] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"]),
]
if PRODUCTION and ALLOWED_HOSTS == ["localhost"]:
    raise ImproperlyConfigured(
        "Set DEMARCHE_ALLOWED_HOSTS: the host names readers use, separated by commas. See .env.example."
    )
SITE_URL = (os.environ.get("DEMARCHE_SITE_URL") or "http://localhost:8000").rstrip("/")

OWN_APPS = ["config", "history", "sources", "statements"]
INSTALLED_APPS = [
    *OWN_APPS,
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "axes",
    "csp",
]
MIDDLEWARE = [
    "config.middleware.HeadMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "statements.middleware.AudienceMiddleware",
    "history.middleware.ActingMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "statements.context.site",
                "statements.access.reader",
            ]
        },
    }
]


def _database(url: str) -> dict[str, object]:
    """Django's settings for `postgresql://user:password@host:port/name`, or the embedded server.

    A socket is named as `postgresql://user@/name?host=/folder`.
    """
    if not url:
        return {"NAME": "demarche", "USER": "demarche", "HOST": str(SOCKETS)}
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            "DATABASE_URL must look like postgresql://user:password@host:5432/name."
        )
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": dict(parse_qsl(parts.query)).get("host") or unquote(parts.hostname or ""),
        "PORT": parts.port or "",
    }


JOB_LEASE_SECONDS = int(os.environ.get("DEMARCHE_JOB_LEASE_SECONDS", "120"))

DATABASE_URL = _required("DATABASE_URL", "the PostgreSQL database.")
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 60,
        # A process that was frozen within a transaction must not hold its locks for ever.
        "OPTIONS": {
            "options": f"-c idle_in_transaction_session_timeout={JOB_LEASE_SECONDS}s",
            # The history tells by it what the program wrote and what was written past it.
            "application_name": "demarche",
            # For `statements/prepared.py`; ordinary cursors prepare nothing.
            "prepare_threshold": 5,
        },
        **_database(DATABASE_URL),
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "timeline"
LOGOUT_REDIRECT_URL = "timeline"
# Five failures lock one user name from one address for a quarter of an hour.
AXES_VERBOSE = False
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
# From which address a request comes, for the lock of the login form and for notes of readers.
AXES_CLIENT_IP_CALLABLE = "config.clients.client_address"
# How many proxies of our own stand in front; X-Forwarded-For is believed as far as these.
PROXIES = _count("DEMARCHE_PROXIES")
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]


def _snapshot_storage(bucket: str) -> dict[str, object]:
    """The bucket of that name, or without one the folder `SNAPSHOT_FOLDER`."""
    if not bucket:
        return {"BACKEND": "sources.folder.DurableFolder"}
    if importlib.util.find_spec("boto3") is None:
        raise ImproperlyConfigured(
            "DEMARCHE_SNAPSHOT_BUCKET needs boto3: install requirements/s3.lock, or build the "
            "image with --build-arg S3=1."
        )
    return {
        "BACKEND": "sources.bucket.Bucket",
        "OPTIONS": {
            "bucket_name": bucket,
            "location": "snapshots",
            "endpoint_url": os.environ.get("DEMARCHE_SNAPSHOT_ENDPOINT") or None,
            "region_name": os.environ.get("DEMARCHE_SNAPSHOT_REGION") or None,
        },
    }


STORAGES = {
    "snapshots": _snapshot_storage(os.environ.get("DEMARCHE_SNAPSHOT_BUCKET", "")),
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not PRODUCTION
if not PRODUCTION:  # files are served from where they lie, and nothing was collected
    warnings.filterwarnings("ignore", message="No directory at")

# Security
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600  # seconds
if PRODUCTION:
    SECURE_SSL_REDIRECT = _flag("DEMARCHE_SSL_REDIRECT", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked over plain HTTP from inside the container
    # Browsers keep to HTTPS for this host. Other hosts of the domain, and the list that is
    # built into browsers, are promises that only whoever owns the domain can make.
    SECURE_HSTS_SECONDS = _count("DEMARCHE_HSTS_SECONDS", 365 * 24 * 3600)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = _flag("DEMARCHE_HSTS_SUBDOMAINS")
    SECURE_HSTS_PRELOAD = _flag("DEMARCHE_HSTS_PRELOAD")
    if SECURE_HSTS_PRELOAD and not SECURE_HSTS_INCLUDE_SUBDOMAINS:
        raise ImproperlyConfigured(
            "DEMARCHE_HSTS_PRELOAD needs DEMARCHE_HSTS_SUBDOMAINS=1: browsers' lists take whole "
            "domains only. See .env.example."
        )
    # So these two are not faults of the deployment: subdomains (W005), preload list (W021).
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    CSRF_TRUSTED_ORIGINS = [SITE_URL]

# Celery: a message is a hint that a job is due. Nothing is lost when Redis is.
REDIS_URL = _required("REDIS_URL", "the Redis or Valkey server that carries Celery's messages.")
_VALKEY_SOCKET = SOCKETS / "valkey.sock"
CELERY_BROKER_URL = REDIS_URL or f"redis+socket://{_VALKEY_SOCKET}?virtual_host=0"
CELERY_TASK_IGNORE_RESULT = True
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# A fresh process now and then; what grows lives in the child that reads pages, which is replaced
# by itself (`sources.apart`).
CELERY_WORKER_MAX_TASKS_PER_CHILD = 5000
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000  # KiB
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Longer than the hard limit, or a running task would be handed out a second time.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 300}
CELERY_TASK_SOFT_TIME_LIMIT = 150  # seconds
CELERY_TASK_TIME_LIMIT = 180  # seconds
CELERY_BEAT_SCHEDULE_FILENAME = str(HOME / "celerybeat-schedule")
TICK_SECONDS = float(os.environ.get("DEMARCHE_TICK_SECONDS", "5"))
SEARCH_SECONDS = 60.0
SWEEP_SECONDS = float(os.environ.get("DEMARCHE_SWEEP_SECONDS", "15"))
CELERY_BEAT_SCHEDULE = {
    # They expire, so that none pile up while no worker is there.
    "tick": {
        "task": "sources.tasks.tick",
        "schedule": TICK_SECONDS,
        "options": {"expires": 2 * TICK_SECONDS},
    },
    "sweep": {
        "task": "sources.tasks.sweep",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": 2 * SWEEP_SECONDS},
    },
    "scrub": {"task": "sources.tasks.scrub", "schedule": crontab(hour=3, minute=17)},
    "search": {
        "task": "statements.tasks.renew_search_base",
        "schedule": SEARCH_SECONDS,
        "options": {"expires": 2 * SEARCH_SECONDS},
    },
    "search, nightly": {
        "task": "statements.tasks.renew_search_base",
        "schedule": crontab(hour=2, minute=41),
        "kwargs": {"anyhow": True},
    },
}

# A pasted article may be as large as an uploaded one.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024  # bytes
FILE_UPLOAD_HANDLERS = [
    "statements.uploads.CappedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Ingestion
# Where snapshots lie when no bucket is named.
SNAPSHOT_FOLDER = Path(os.environ.get("DEMARCHE_SNAPSHOTS") or HOME / "snapshots")
USER_AGENT = (
    os.environ.get("DEMARCHE_USER_AGENT")
    or f"Demarche/0.1 (statement archive; {SITE_URL}/method/)"
)
# The only loopback or private addresses that may be fetched: exact host:port, for the sample
# newsroom and for tests. Empty in production.
FETCH_ALLOWED_PRIVATE = frozenset(_listed("DEMARCHE_FETCH_ALLOWED_PRIVATE"))
HOST_GAP_SECONDS = float(os.environ.get("DEMARCHE_HOST_GAP_SECONDS", "2"))
PRIVATE_GAP_SECONDS = float(os.environ.get("DEMARCHE_PRIVATE_GAP_SECONDS", "0.05"))

# Whether `./run` serves the sample newsroom.
SAMPLE = _flag("DEMARCHE_SAMPLE", default=True)
# The sample newsroom: its address when `./run` serves it, empty when it does not.
NEWSROOM_URL = os.environ.get("DEMARCHE_NEWSROOM_URL", "")
# Readers of a public site see verified statements only, unless they ask for all.
PUBLIC_REVIEW = _flag("DEMARCHE_PUBLIC_REVIEW")
# Nobody publishes a statement that they entered, or whose words, speakers or positions they
# changed: a second person must.
REVIEW_FOUR_EYES = _flag("DEMARCHE_REVIEW_FOUR_EYES")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "filters": {"database_away": {"()": "config.logs.DatabaseAway"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"django.request": {"filters": ["database_away"]}},
    "root": {"handlers": ["console"], "level": os.environ.get("DEMARCHE_LOG_LEVEL", "INFO")},
}
