"""Django's settings, made of what the operator configured (`env.py`)."""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from hopthu.core.limits import MAX_PHOTO_BYTES, MAX_PHOTOS
from hopthu.project import env

ENVIRONMENT = env.read()
PACKAGE = Path(__file__).resolve().parent.parent

DATA = ENVIRONMENT.data
PHOTOS = DATA / "photos"
RECORD = DATA / "record"
WITNESSES = ENVIRONMENT.witnesses
ADDRESS = ENVIRONMENT.address
PHOTO_ADDRESS = ENVIRONMENT.photo_address
HTTPS = ENVIRONMENT.https
MAIL_SERVER = ENVIRONMENT.mail_server
SMS_GATEWAY = ENVIRONMENT.sms_gateway
MAIL_FROM = ENVIRONMENT.mail_from
MAIL_FOLDER = DATA / "mail"
FOLLOW_CODE_KEY = env.web_key(DATA, "follow_code_key")
FOLLOW_CODE_PEPPER = env.web_key(DATA, "pepper")

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = ENVIRONMENT.debug
_photo_host = urlsplit(PHOTO_ADDRESS).hostname
ALLOWED_HOSTS = [*ENVIRONMENT.hosts, *([_photo_host] if _photo_host else [])]
PROXIES = ENVIRONMENT.proxies
ROOT_URLCONF = "hopthu.project.urls"
WSGI_APPLICATION = "hopthu.project.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": ENVIRONMENT.database}

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "hopthu.record",
    "hopthu.bodies",
    "hopthu.people",
    "hopthu.outbox",
    "hopthu.reports",
    "hopthu.web",
    "hopthu.public",
    "hopthu.desk",
]

# Public pages carry no session: only the desk pays for sessions, sign-in and form tokens.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "hopthu.web.middleware.PolicyMiddleware",
    "hopthu.web.middleware.PhotoHostMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "hopthu.web.middleware.LanguageMiddleware",
    "hopthu.web.middleware.SetupMiddleware",
    "hopthu.web.middleware.SameOriginMiddleware",
    "hopthu.web.middleware.DeskSessionMiddleware",
    "hopthu.web.middleware.DeskCsrfMiddleware",
    "hopthu.web.middleware.DeskAuthenticationMiddleware",
    "hopthu.web.middleware.DeskMessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "hopthu.web.context.city",
            ],
            "builtins": ["django.templatetags.i18n", "hopthu.web.templatetags.hopthu"],
        },
    }
]

AUTH_USER_MODEL = "people.Staff"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "desk:signin"
LOGIN_REDIRECT_URL = "desk:queue"
LOGOUT_REDIRECT_URL = "desk:signin"
# A name with `__Host-` (`web/cookies.py`) is good for the whole host alone.
SESSION_COOKIE_NAME = "__Host-desk" if HTTPS else "desk"
SESSION_COOKIE_PATH = "/" if HTTPS else "/desk/"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-desk-form" if HTTPS else "desk-form"
CSRF_COOKIE_PATH = SESSION_COOKIE_PATH
CSRF_FAILURE_VIEW = "hopthu.desk.page.too_old"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English"), ("km", "ភាសាខ្មែរ")]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = ["hopthu.web.formats"]
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "staticfiles": {"BACKEND": "hopthu.web.static_files.StaticFiles"},
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG

# A form with five photos is the largest thing that anybody sends.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = MAX_PHOTOS + 5
FILE_UPLOAD_MAX_MEMORY_SIZE = MAX_PHOTO_BYTES
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

_map_host = [f"https://{urlsplit(ENVIRONMENT.map_tiles).netloc}"] if ENVIRONMENT.map_tiles else []
MAP_TILES = ENVIRONMENT.map_tiles
MAP_ATTRIBUTION = ENVIRONMENT.map_attribution

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [
            SELF,
            "data:",
            "blob:",
            *_map_host,
            *([PHOTO_ADDRESS] if PHOTO_ADDRESS else []),
        ],
        "connect-src": [SELF],
        "object-src": [NONE],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
_UNUSED = "camera display-capture hid microphone midi payment serial usb xr-spatial-tracking"
PERMISSIONS_POLICY = ", ".join(["geolocation=(self)", *(f"{one}=()" for one in _UNUSED.split())])
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# The record's files are served in front of Django, to anybody and to any page.
RECORD_HEADERS = [
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
]
if HTTPS:
    _hsts = f"max-age={SECURE_HSTS_SECONDS}; includeSubDomains"
    RECORD_HEADERS.append(("Strict-Transport-Security", _hsts))
SILENCED_SYSTEM_CHECKS = [
    # Form tokens are the desk's (`DeskCsrfMiddleware`): public pages have no session to ride on,
    # and what another site sends is refused by where it comes from (`SameOriginMiddleware`).
    "security.W003",
    # To put a whole domain on the browsers' lists is for its owner to decide.
    "security.W021",
]

# Errors go to standard error without the request: a request would carry a resident's address.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "hopthu.web.error_log.Discreet",
            "format": "{levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "hopthu": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
