"""The pages of the desk."""

from django.urls import path

from hopthu.desk.views.new import new, saved
from hopthu.desk.views.note import note
from hopthu.desk.views.photos import photo, photos
from hopthu.desk.views.queue import queue
from hopthu.desk.views.report import report, step
from hopthu.desk.views.signin import signin, signout
from hopthu.desk.views.slip import slip

app_name = "desk"
urlpatterns = [
    path("", queue, name="queue"),
    path("sign-in", signin, name="signin"),
    path("sign-out", signout, name="signout"),
    path("reports/<number>", report, name="report"),
    path("reports/<number>/note", note, name="note"),
    path("reports/<number>/<step>", step, name="step"),
    path("new", new, name="new"),
    path("saved/<token>", saved, name="saved"),
    path("slip/<token>", slip, name="slip"),
    path("photos", photos, name="photos"),
    path("photos/<name>", photo, name="photo"),
]
