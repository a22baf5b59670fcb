"""The page at the end: the number to tell anyone, and the code to keep."""

from django.http import HttpRequest
from django.urls import reverse

from hopthu.core.codes import format_follow_code, format_number
from hopthu.people import contacts
from hopthu.public.forms.form import Form
from hopthu.public.proof import promised
from hopthu.reports.actions import Received
from hopthu.web.qr import qr
from hopthu.web.stencils import fill
from hopthu.web.templatetags.hopthu import when


def page(request: HttpRequest, form: Form, received: Received) -> str:
    """`new/done.html`. Every report that comes in ends there: it is filled in, not rendered."""
    report = received.report
    number, code = format_number(report.number), format_follow_code(received.follow_code)
    follow = reverse("public:follow")
    part = f"#{number}-{received.follow_code}"
    address = request.build_absolute_uri(follow)
    body = next((b for b in form.configuration.bodies.values() if b.id == report.body_id), None)
    proof = promised(received)
    same = {
        "fresh": received.fresh,
        "replaceable": _is_replaceable(form, received),
        "texts": contacts.may_be_phone(),
        "private": report.private,
        "photos": bool(form.draft.uploads) and not report.private,
        "promised": proof is not None,
        "body": str(body.name) if body else "",
        "nav": "new",
    }
    words = {
        "submission": form.draft.submission,
        "number": number,
        "code": code,
        "follow_link": follow + part,
        "follow_address": address,
        "public_page": reverse("public:report", args=[report.number]),
        "qr": qr(address + part),
        "copy": f"{number}\n{code}\n{address}",
        "acknowledge_by": when(report.acknowledge_by),
        "resolve_by": when(report.resolve_by),
    }
    if proof:
        words |= {"proof": proof.link, "proof_name": proof.name, "proof_by": when(proof.by)}
    return fill(request, "public/new/done.html", same, words)


def _is_replaceable(form: Form, received: Received) -> bool:
    """Whether a new code could be sent to somebody; a form without an address asks nobody."""
    may_be = bool(form.draft.email) or not received.fresh
    return may_be and contacts.exists(received.report.number)
