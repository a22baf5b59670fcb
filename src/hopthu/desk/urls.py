"""The pages of the desk."""

from django.urls import path

from hopthu.desk.views.call import call, call_ask, call_opening
from hopthu.desk.views.erasures import erasure, erasures
from hopthu.desk.views.invitation import invitation
from hopthu.desk.views.invitations import invitations, invitations_withdraw
from hopthu.desk.views.new import new, saved
from hopthu.desk.views.note import note
from hopthu.desk.views.order import order
from hopthu.desk.views.passkeys import (
    signin_passkey,
    your_signin_passkey,
    your_signin_passkey_remove,
)
from hopthu.desk.views.photos import photo, photos
from hopthu.desk.views.queue import queue
from hopthu.desk.views.report import report, step
from hopthu.desk.views.signin import signin, signin_code, signout
from hopthu.desk.views.slip import slip
from hopthu.desk.views.your_signin import (
    your_signin,
    your_signin_app,
    your_signin_codes,
    your_signin_elsewhere,
    your_signin_off,
)

app_name = "desk"
urlpatterns = [
    path("", queue, name="queue"),
    path("sign-in", signin, name="signin"),
    path("sign-in/code", signin_code, name="signin_code"),
    path("sign-in/passkey", signin_passkey, name="signin_passkey"),
    path("sign-out", signout, name="signout"),
    path("your-sign-in", your_signin, name="your_signin"),
    path("your-sign-in/app", your_signin_app, name="your_signin_app"),
    path("your-sign-in/codes", your_signin_codes, name="your_signin_codes"),
    path("your-sign-in/passkey", your_signin_passkey, name="your_signin_passkey"),
    path(
        "your-sign-in/passkey/remove",
        your_signin_passkey_remove,
        name="your_signin_passkey_remove",
    ),
    path("your-sign-in/off", your_signin_off, name="your_signin_off"),
    path("your-sign-in/elsewhere", your_signin_elsewhere, name="your_signin_elsewhere"),
    path("invitation/<secret>", invitation, name="invitation"),
    path("invitations", invitations, name="invitations"),
    path("invitations/withdraw", invitations_withdraw, name="invitations_withdraw"),
    path("reports/<number>", report, name="report"),
    path("reports/<number>/note", note, name="note"),
    path("reports/<number>/call", call, name="call"),
    path("reports/<number>/call/ask", call_ask, name="call_ask"),
    path("reports/<number>/call/<uuid:opening>", call_opening, name="call_opening"),
    path("reports/<number>/order", order, name="order"),
    path("reports/<number>/<step>", step, name="step"),
    path("new", new, name="new"),
    path("saved/<token>", saved, name="saved"),
    path("slip/<token>", slip, name="slip"),
    path("erasures", erasures, name="erasures"),
    path("erasures/<int:pk>", erasure, name="erasure"),
    path("photos", photos, name="photos"),
    path("photos/<name>", photo, name="photo"),
]
