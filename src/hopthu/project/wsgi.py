"""The application that a web server calls."""

import gc
import os
from wsgiref.types import WSGIApplication

import django
from django.conf import settings
from django.urls import get_resolver

from hopthu.record.serving import RecordFiles
from hopthu.web.turns import OneAtATime
from hopthu.web.utf8_request import Utf8Handler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hopthu.project.settings")
django.setup(set_prefix=False)
_django: WSGIApplication = Utf8Handler()
if str(settings.DATABASES["default"]["ENGINE"]).endswith("sqlite3"):
    _django = OneAtATime(_django)
application = RecordFiles(_django, settings.RECORD, settings.RECORD_HEADERS)
# Every view is loaded now: a page that cannot be loaded stops the start, and nobody's first visit
# is the slow one.
get_resolver().url_patterns  # noqa: B018
# What is loaded by now stays: the collector need not look at it again and again, nor write to the
# pages that workers share.
gc.collect()
gc.freeze()
# Nearly all that a request makes dies with it, without the collector: looked at every 700 objects,
# a list of reports takes a twentieth longer.
gc.set_threshold(5_000)
