"""The application that granian calls."""

import os
from wsgiref.types import WSGIApplication

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from hopthu.web.turns import OneAtATime

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.floor.settings")
application: WSGIApplication = get_wsgi_application()
if str(settings.DATABASES["default"]["ENGINE"]).endswith("sqlite3"):
    application = OneAtATime(application)
