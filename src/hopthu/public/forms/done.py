"""The page at the end: the number to tell anyone, and the code to keep."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from hopthu.core.codes import format_follow_code, format_number
from hopthu.public.forms.form import Form
from hopthu.public.proof import promised
from hopthu.reports.actions import Received
from hopthu.web.qr import qr


def context(request: HttpRequest, form: Form, received: Received) -> dict[str, Any]:
    """For `new/done.html`."""
    report = received.report
    number, code = format_number(report.number), format_follow_code(received.follow_code)
    follow = reverse("public:follow")
    link = f"{follow}#{number}-{received.follow_code}"
    address = request.build_absolute_uri(follow)
    body = next((b for b in form.configuration.bodies.values() if b.id == report.body_id), None)
    return {
        "report": report,
        "number": report.number,
        "code": code,
        "fresh": received.fresh,
        "body": body.name if body else "",
        "photos": bool(form.draft.uploads) and not report.private,
        "submission": form.draft.submission,
        "proof": promised(received),
        "follow_link": link,
        "qr": qr(request.build_absolute_uri(link)),
        "follow_address": address,
        "copy": f"{number}\n{code}\n{address}",
        "keep_title": _("Keep both: the number and the code"),
        "number_label": _("Report number"),
        "number_note": _("You may tell it to anyone."),
        "code_label": _("Follow-up code"),
        "code_note": _("Show it to nobody whom you would not let read along."),
        "nav": "new",
    }
