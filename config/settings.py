"""The one settings module. What differs between machines comes from the environment (.env.example)."""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config import environment

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = environment.folder("DATA_DIR", BASE_DIR / "var")

DEBUG = environment.flag("DEBUG", default=False)
# Off only where a closed network has no certificate; cookies then travel over plain HTTP.
HTTPS = environment.flag("HTTPS", default=not DEBUG)
BEHIND_PROXY = environment.flag("BEHIND_PROXY", default=False)

SECRET_KEY = environment.secret("SECRET_KEY", debug=DEBUG)
ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS", debug=DEBUG)

INSTALLED_APPS = [
    "config.apps.SiteAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "crispy_forms",
    "crispy_bootstrap5",
    "axes",
    "csp",
    "simple_history",
    "courts",
    "conferences",
    "awards",
    "papers",
    "intake",
    "years",
    "exchange",
    "archive",
    "sample",
]

MIDDLEWARE = [
    "config.middleware.BodilessMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.middleware.NotKeptMiddleware",
    "config.middleware.NoNulMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
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
                "django.template.context_processors.i18n",
                "conferences.follow_up.reminders.reminders",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

DATABASES = {"default": environment.database("DATABASE_URL", DATA_DIR / "db.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# One cache per worker: its keys carry the revision of what they hold, so nothing has to be invalidated.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 500}}}

# --- Who comes in ---

AUTH_USER_MODEL = "courts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

# By pair of user and address: a whole court behind one proxy must not be locked out by one person.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # fifteen minutes are fifteen, whatever comes in meanwhile
AXES_LOCKOUT_TEMPLATE = "registration/lockout.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_ENABLE_ADMIN = False  # its tables are for the command line; the desk stays free of them
AXES_VERBOSE = False
AXES_ENABLE_ACCESS_FAILURE_LOG = True
# Beyond its limit axes would delete the newest failures; `manage.py prune_logs` deletes the oldest.
AXES_ACCESS_FAILURE_LOG_PER_USER_LIMIT = 10**9
# The law on network security wants six months at least.
LOG_DAYS = environment.number("LOG_DAYS", default=365, at_least=180)

# --- What browsers are told ---

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    AXES_CLIENT_IP_CALLABLE = "config.addresses.forwarded_address"

CSRF_FAILURE_VIEW = "config.views.csrf_failure"

# --- Language and time ---

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- Files ---

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "config" / "static"]
MEDIA_ROOT = DATA_DIR / "attachments"  # no MEDIA_URL: files leave through a view that asks who may read them
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750
# The court's own fonts, used before those that came with the installation.
FONT_DIR = environment.existing("FONT_DIR", DATA_DIR / "fonts")
ATTACHMENT_MAX_MB = environment.number("ATTACHMENT_MAX_MB", default=50)
IMPORT_MAX_MB = environment.number("IMPORT_MAX_MB", default=20)
IMPORT_MAX_ROWS = environment.number("IMPORT_MAX_ROWS", default=50_000)
# Off for a database that speaks PostgreSQL but has no GIN indexes; the search then looks through all texts.
SEARCH_INDEX = environment.flag("SEARCH_INDEX", default=True)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20000  # one conference is one form: 60 rows of each inline have about 5,000 fields
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# --- What the checks compare with ---

MAIN_SPEECH_CHARACTERS = environment.number("MAIN_SPEECH_CHARACTERS", default=5000)
MAIN_SPEECH_MINUTES = environment.number("MAIN_SPEECH_MINUTES", default=60)
RATE_TOLERANCE = environment.number("RATE_TOLERANCE", default=1)  # hundredths of a percentage point

# --- The lights of measures ---

TASKS_NEAR_DAYS = environment.number("TASKS_NEAR_DAYS", default=30)  # before the last day
TASKS_BEHIND_POINTS = environment.number("TASKS_BEHIND_POINTS", default=20)  # percent done against time gone
TASKS_REPORT_DAYS = environment.number("TASKS_REPORT_DAYS", default=20)  # after a quarter, for its report

# --- Who may be honoured ---

# Months during which a sanction counts. The rules differ between courts and change: each may set its own.
DISCIPLINE_MONTHS = {
    "warning": environment.number("DISCIPLINE_MONTHS_WARNING", default=6),
    "demerit": environment.number("DISCIPLINE_MONTHS_DEMERIT", default=12),
    "serious-demerit": environment.number("DISCIPLINE_MONTHS_SERIOUS_DEMERIT", default=18),
    "demotion": environment.number("DISCIPLINE_MONTHS_DEMOTION", default=24),
    "removal": environment.number("DISCIPLINE_MONTHS_REMOVAL", default=24),
}

# --- How long the archive keeps a file ---

# Each court has a table of its own, which its archive authority approved (docs/decisions/0018).
TERMS = ("permanent", "30", "10")
ARCHIVE_TERMS = {
    "record": environment.choice("ARCHIVE_TERM_RECORD", default="permanent", among=TERMS),
    "lists": environment.choice("ARCHIVE_TERM_LISTS", default="permanent", among=TERMS),
    "decision": environment.choice("ARCHIVE_TERM_DECISION", default="permanent", among=TERMS),
    "register": environment.choice("ARCHIVE_TERM_REGISTER", default="permanent", among=TERMS),
    "notice": environment.choice("ARCHIVE_TERM_NOTICE", default="30", among=TERMS),
    "summary": environment.choice("ARCHIVE_TERM_SUMMARY", default="30", among=TERMS),
    "reading": environment.choice("ARCHIVE_TERM_READING", default="10", among=TERMS),
    "tasks": environment.choice("ARCHIVE_TERM_TASKS", default="30", among=TERMS),
    "letters": environment.choice("ARCHIVE_TERM_LETTERS", default="10", among=TERMS),
    "attachment": environment.choice("ARCHIVE_TERM_ATTACHMENT", default="permanent", among=TERMS),
    "photo": environment.choice("ARCHIVE_TERM_PHOTO", default="permanent", among=TERMS),
    "honour": environment.choice("ARCHIVE_TERM_HONOUR", default="permanent", among=TERMS),
    "nomination": environment.choice("ARCHIVE_TERM_NOMINATION", default="30", among=TERMS),
    "progress": environment.choice("ARCHIVE_TERM_PROGRESS", default="10", among=TERMS),
    "data": environment.choice("ARCHIVE_TERM_DATA", default="permanent", among=TERMS),
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # Without handlers of its own, so that no line comes twice while debugging.
    "loggers": {"django": {"level": "INFO"}},
}
