"""Settings: one file, every value from the environment, and it works with none of them.

See ``docs/installazione.md`` for the variables an installation sets.
"""

import secrets
from pathlib import Path

import environ
import pgtrigger
from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from electoral import banca_dati

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DATI_DIR = Path(env("URNA_DATI", default=str(BASE_DIR / ".dati")))
DEBUG = env.bool("DEBUG", default=False)
VERSIONE = "0.1.0"


def _chiave_locale() -> str:
    """A secret kept in ``.dati/`` so that a laptop works without configuration."""
    file = DATI_DIR / "chiave_segreta"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            with file.open("x") as f:
                f.write(secrets.token_urlsafe(64))
            file.chmod(0o600)
        except FileExistsError:
            pass
    return file.read_text().strip()


CHIAVE_DATA = bool(env("SECRET_KEY", default=""))
SECRET_KEY = env("SECRET_KEY", default="") or _chiave_locale()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
PRODUZIONE = env.bool("PRODUZIONE", default=False)
if PRODUZIONE and DEBUG:
    raise ImproperlyConfigured("PRODUZIONE e DEBUG non possono essere veri insieme.")

INSTALLED_APPS = [
    "electoral.apps.ElectoralConfig",
    "comuni.apps.ComuniConfig",
    "candidature.apps.CandidatureConfig",
    "seggi.apps.SeggiConfig",
    "risultati.apps.RisultatiConfig",
    "portale.apps.PortaleConfig",
    "electoral.apps.UrnaAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "bootstrap_italia_template",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "import_export",
    "pgtrigger",
    "pghistory",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "electoral.ingressi.CaratteriVietatiMiddleware",
    "electoral.ingressi.CongelatoMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "electoral.accesso.AttivitaMiddleware",
    "electoral.accesso.SecondoFattoreMiddleware",
    "pghistory.middleware.HistoryMiddleware",
]

ROOT_URLCONF = "electoral.urls"
WSGI_APPLICATION = "electoral.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "electoral.contesto.urna",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASE_URL = env("DATABASE_URL", default="")
DATABASES = {"default": banca_dati.database_config(url=DATABASE_URL, cartella=DATI_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Redis and Celery: without REDIS_URL tasks run in process and the cache is local -------------------
REDIS_URL = env("REDIS_URL", default="")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
CELERY_BROKER_URL = REDIS_URL or "memory://localhost/"
CELERY_TASK_ALWAYS_EAGER = not REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "Europe/Rome"
# With Redis down publishing must fail at once: the job stays queued in the database and the page says so.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 0.4,
    "socket_timeout": 5,
    "max_retries": 1,
    "visibility_timeout": 3600,
}
PASSATA_LAVORI = 10.0  # seconds between two looks for interrupted jobs
CELERY_BEAT_SCHEDULE_FILENAME = str(DATI_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "lavori-scaduti": {
        "task": "electoral.tasks.requeue_lavori_scaduti",
        "schedule": PASSATA_LAVORI,
        "options": {"expires": PASSATA_LAVORI},  # with the workers away they do not pile up
    },
    # every hour of the morning: who was already written to is left alone, a mail server away is tried again
    "promemoria": {"task": "comuni.tasks.invia_promemoria", "schedule": crontab(minute=0, hour="7-11")},
    "caricamenti-dimenticati": {"task": "candidature.tasks.purge_caricamenti", "schedule": 3600.0},
    "file-dimenticati": {"task": "comuni.tasks.purge_caricamenti", "schedule": 3600.0},
    "sottoscrittori-scaduti": {
        "task": "candidature.tasks.forget_sottoscrittori_scaduti",
        "schedule": 24 * 3600.0,
    },
    # what is past its day is not shown anyway: this writes down that it was taken off
    "trasparenza-scaduta": {"task": "candidature.tasks.take_down_trasparenza", "schedule": 3600.0},
}

# --- People -------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "electoral.Utente"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/ufficio/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "electoral.accesso.AccessoAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody signs up: no mail to who has no user here
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
# An office stands behind one address: the pause is for the one name, the limit of the address is wide.
ACCOUNT_RATE_LIMITS = {"login_failed": "60/15m/ip,10/15m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXY_FIDATI", default=0)
ACCOUNT_SESSION_REMEMBER = False  # office computers are shared: the session ends with the browser
MFA_OBBLIGATORIA = env.bool("MFA_OBBLIGATORIA", default=PRODUZIONE)
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_ISSUER = "Urna"
USERSESSIONS_TRACK_ACTIVITY = True
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": env.json("OIDC_APPS", default=[])}}
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUZIONE
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=PRODUZIONE)
SECURE_HSTS_SECONDS = 31_536_000 if PRODUZIONE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUZIONE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUZIONE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF, "data:"],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

# History triggers are installed after every ``migrate``, not by migrations: 260 operations, each rendering
# all the models again, made an empty database cost minutes of CPU.
PGTRIGGER_MIGRATIONS = False
PGTRIGGER_INSTALL_ON_MIGRATE = True
PGHISTORY_INSTALL_CONTEXT_FUNC_ON_MIGRATE = True
# One call of the trigger for each statement, not for each row: the same history, and a draw of ten thousand
# nominations or a register of fifty thousand people written in seconds instead of minutes.
PGHISTORY_LEVEL = pgtrigger.Statement

# --- Language, files, documents -----------------------------------------------------------------------
LANGUAGE_CODE = "it"
LANGUAGES = [("it", "Italiano")]
TIME_ZONE = "Europe/Rome"
USE_TZ = True
USE_I18N = True
# Figures for people pass through the filter ``migliaia``: a primary key must never read 1.234 in a form.
USE_THOUSAND_SEPARATOR = False
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["electoral.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = DATI_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static", ("guida", BASE_DIR / "docs" / "guida" / "immagini")]
STORAGES = {
    # Uploads and produced acts are private: views serve them after a permission check, no URL does.
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DATI_DIR / "archivio"), "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"
        if PRODUZIONE
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o640, 0o750  # of the service, of nobody else
WHITENOISE_USE_FINDERS = not PRODUZIONE
#: PEM file with the roots that issue the certificates of the signers; without it the chain is not verified.
FIRME_RADICI = env("FIRME_RADICI", default="")
PUBBLICAZIONE_DIR = Path(env("PUBBLICAZIONE_DIR", default=str(DATI_DIR / "pubblico")))
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a section with 40 lists of 48 names is one form
DATA_UPLOAD_MAX_MEMORY_SIZE = FILE_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10  # seconds: a mail server away must not hold a page or the morning's reminders
# The address people type, for the links in the messages: no request says it when a task writes them.
URNA_INDIRIZZO = env("URNA_INDIRIZZO", default="http://localhost:8000").rstrip("/")
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="urna@localhost")
SILENCED_SYSTEM_CHECKS: list[str] = []

# The security log is a file of its own where the installation names one: kept, rotated, shipped elsewhere.
REGISTRO_SICUREZZA = env("REGISTRO_SICUREZZA", default="")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "riga": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "solo_messaggio": {"format": "%(message)s"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "riga"},
        "sicurezza": {
            "class": "logging.handlers.WatchedFileHandler",
            "filename": REGISTRO_SICUREZZA,
            "delay": True,
            "formatter": "solo_messaggio",
        }
        if REGISTRO_SICUREZZA
        else {"class": "logging.StreamHandler", "formatter": "solo_messaggio"},
    },
    "loggers": {"urna.sicurezza": {"handlers": ["sicurezza"], "level": "INFO", "propagate": False}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="WARNING")},
}
