"""The city's database and tables, and nothing else of the city."""

from hopthu.project import settings as city

SECRET_KEY = city.SECRET_KEY
ALLOWED_HOSTS = city.ALLOWED_HOSTS
DATABASES = city.DATABASES
INSTALLED_APPS = city.INSTALLED_APPS
AUTH_USER_MODEL = city.AUTH_USER_MODEL
DEFAULT_AUTO_FIELD = city.DEFAULT_AUTO_FIELD
PHOTOS = city.PHOTOS
FOLLOW_CODE_PEPPER = city.FOLLOW_CODE_PEPPER
USE_TZ = True
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "bench.floor.urls"
WSGI_APPLICATION = "bench.floor.wsgi.application"
