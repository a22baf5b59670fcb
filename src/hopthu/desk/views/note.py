"""Internal notes about a report."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hopthu.core.text import TextTooLong
from hopthu.desk.access import for_staff
from hopthu.desk.numbers import asked_number
from hopthu.desk.page import not_found
from hopthu.desk.report_page import Trouble, report_page
from hopthu.people.actors import Actor
from hopthu.reports.actions import write_note
from hopthu.reports.actions.notes import EmptyNote
from hopthu.reports.queries.desk import NotReadable, find, works_on
from hopthu.web.refusal_words import refusal


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff()
def note(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """Only for those who have to do with the report: nobody else reads its notes either."""
    try:
        report = find(asked_number(number), actor)
    except NotReadable:
        return not_found(request)
    if not works_on(report, actor):
        return not_found(request)
    if request.method != "POST":
        return redirect("desk:report", report.number)
    text = request.POST.get("note", "")
    try:
        write_note(report, text=text, actor=actor, at=timezone.now())
    except EmptyNote:
        trouble = Trouble(note=text, note_error=_("Write the note first."))
        return report_page(request, actor, report, trouble=trouble, status=422)
    except TextTooLong as error:
        trouble = Trouble(note=text, note_error=str(refusal(error)))
        return report_page(request, actor, report, trouble=trouble, status=422)
    return redirect(reverse("desk:report", args=[report.number]) + "#notes")
