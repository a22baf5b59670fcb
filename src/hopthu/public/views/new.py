"""`/report/new`: the way of a report from "what is it about?" to its number and code.

Nothing is kept here between two requests: each brings everything that was typed so far
(`public.forms.draft`), and the last one is complete in itself.
"""

from dataclasses import replace
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from hopthu.bodies.queries import configuration
from hopthu.public.forms import covering, done, guard, incoming, pages, shown, uploads, words
from hopthu.public.forms.draft import Draft, is_submission
from hopthu.public.forms.form import Form
from hopthu.public.forms.limits import limits
from hopthu.public.forms.pages import Page
from hopthu.public.forms.problems import Problem, status_of
from hopthu.reports.actions import Received, receive, received_before
from hopthu.reports.actions.covering import cover_upload
from hopthu.reports.intake import BadIntake
from hopthu.web import rates

PRIVATE = "private, no-cache"
"""On this phone alone, but there: the browser's "back" shows what was typed."""
NOWHERE = "no-store"
"""The page with the follow-up code is kept in no cache."""

Problems = tuple[Problem, ...]


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    return _start(request) if request.method != "POST" else _post(request)


def _post(request: HttpRequest) -> HttpResponse:
    try:
        incoming.read(request)
    except incoming.TooMuch:
        return _too_much(request)
    form, refused = _read(request)
    try:
        page = pages.named(request.POST.get("page", ""))
        target = pages.named(request.POST["go"]) if request.POST.get("go") else None
    except pages.NoSuchPage:
        return _astray(request, form)
    if target is not None:
        return _show(request, target, _jump(form, page, target), refused)
    if "remove" in request.POST:
        return _show(request, page, form, refused)
    if "covering" in request.POST:
        return _cover(request, form, request.POST["covering"])
    if "cover" in request.POST and not refused:
        return _ask_what_to_cover(request, form, request.POST["cover"])
    if page is pages.LAST:
        return _finish(request, form, refused)
    return _go_on(request, page, form, refused)


def _start(request: HttpRequest) -> HttpResponse:
    """The first page; a link that names a category answers its question already."""
    form = _form(Draft.read(request.GET).with_submission(), timezone.now())
    if not form.draft.category:
        return _show(request, pages.FIRST, form)
    if form.category is None:
        return _show(request, pages.FIRST, form, tuple(pages.FIRST.problems(form)))
    return _show(request, pages.after(pages.FIRST, form), form)


def _read(request: HttpRequest) -> tuple[Form, Problems]:
    """What was typed, with the photos of this request taken in, and which of them were not."""
    at = timezone.now()
    draft = Draft.read(request.POST)
    files = request.FILES.getlist("photo")
    wait = rates.upload_wait(request, len(files))
    taken = uploads.take(draft.uploads, files, at=at, wait=wait)
    kept = tuple(token for token in taken.tokens if token != request.POST.get("remove"))
    return _form(replace(draft, uploads=kept), at), taken.problems


def _form(draft: Draft, at: datetime) -> Form:
    return Form(draft, configuration(), at)


def _ask_what_to_cover(
    request: HttpRequest, form: Form, token: str, wrong: covering.NotCovered | None = None
) -> HttpResponse:
    """A page beside the one with the photos, which it leads back to."""
    photo = covering.upload(form, token)
    if photo is None:
        form, gone = _living(form)
        return _show(request, pages.DESCRIBE, form, gone)
    context = shown.context(pages.DESCRIBE, form, ()) | covering.page(form, photo, wrong)
    response = render(request, "public/new/cover.html", context)
    response.headers["Cache-Control"] = PRIVATE
    if wrong:
        wrong.tell(response)
    return response


def _cover(request: HttpRequest, form: Form, token: str) -> HttpResponse:
    photo = covering.upload(form, token)
    if photo is None:
        return _ask_what_to_cover(request, form, token)
    try:
        covering.cover_marked(request, lambda boxes: cover_upload(photo, boxes=boxes, at=form.at))
    except covering.NotCovered as wrong:
        return _ask_what_to_cover(request, form, token, wrong)
    return _show(request, pages.DESCRIBE, form)


def _go_on(request: HttpRequest, page: Page, form: Form, refused: Problems) -> HttpResponse:
    """To the next page, if this one and those before it hold.

    Who reloads the page with the number and the code may send an earlier page once more: the
    browser shows that page in place of another. They see their report again, not a form.
    """
    earlier = received_before(form.draft.submission) if form.draft.submission else None
    if earlier is not None:
        return _done(request, form, earlier)
    form = form.with_draft(form.draft.with_submission())
    wrong = pages.first_wrong(form, until=page)
    if wrong:
        return _show(request, wrong[0], form, wrong[1] + refused)
    if "photo" in page.brings:
        form, gone = _living(form)
        refused += gone
    if refused:
        return _show(request, page, form, refused)
    return _show(request, pages.after(page, form), form)


def _living(form: Form) -> tuple[Form, Problems]:
    found = uploads.living(form.draft.uploads, at=form.at)
    return form.with_draft(replace(form.draft, uploads=found.tokens)), found.problems


def _finish(request: HttpRequest, form: Form, refused: Problems) -> HttpResponse:
    """The last page: everything is looked through again, and then the report is made."""
    wrong = pages.first_wrong(form)
    if wrong:
        return _correct(request, wrong[0], form, wrong[1] + refused)
    if refused:
        return _correct(request, pages.DESCRIBE, form, refused)
    if not is_submission(form.draft.submission):
        form = form.with_draft(form.draft.with_submission())
        missing = Problem("form", words.message("submission_missing"))
        return _show(request, pages.LAST, form, (missing,))
    return _held_up(request, form) or _receive(request, form)


def _held_up(request: HttpRequest, form: Form) -> HttpResponse | None:
    """The last page again, where more is asked of the sender; never for a report that is here."""
    trapped, level = guard.trapped(request), rates.level(request)
    wait = guard.wait(request, form.draft.submission, level=level)
    if not trapped and wait is None:
        return None
    earlier = received_before(form.draft.submission)
    if earlier is not None:
        return _done(request, form, earlier)
    if trapped or wait is None:
        return _show(request, pages.LAST, form, (guard.trap_problem(),))
    response = _show(request, pages.LAST, form, (wait.problem(),))
    response.status_code = 429
    response.headers["Retry-After"] = str(wait.seconds)
    return response


def _receive(request: HttpRequest, form: Form) -> HttpResponse:
    try:
        received = receive(form.intake(form.place()), submission=form.draft.submission, at=form.at)
    except BadIntake as error:
        form, gone = _living(form)
        problems = gone or tuple(words.problem(found) for found in error.problems)
        return _correct(request, pages.asking(problems[0].field), form, problems)
    if received.fresh:
        rates.received(request)
    return _done(request, form, received)


def _done(request: HttpRequest, form: Form, received: Received) -> HttpResponse:
    response = HttpResponse(done.page(request, form, received))
    response.headers["Cache-Control"] = NOWHERE
    return response


def _correct(request: HttpRequest, page: Page, form: Form, problems: Problems) -> HttpResponse:
    """Back to a page that does not hold, and from there straight to the last one again."""
    return _show(request, page, form.with_draft(replace(form.draft, changing=True)), problems)


def _jump(form: Form, page: Page, target: Page) -> Form:
    """The form, on its way to a page that was asked for by its name."""
    changing = target is not pages.LAST and (page is pages.LAST or form.draft.changing)
    return form.with_draft(replace(form.draft, changing=changing).with_submission())


def _astray(request: HttpRequest, form: Form) -> HttpResponse:
    """A page that the form does not have: go on at the first that is still to be answered."""
    form = form.with_draft(form.draft.with_submission())
    wrong = pages.first_wrong(form)
    page = wrong[0] if wrong else pages.LAST
    return _show(request, page, form, (Problem("form", words.message("page_unknown")),))


def _show(request: HttpRequest, page: Page, form: Form, problems: Problems = ()) -> HttpResponse:
    context = shown.context(page, form, problems)
    if page is pages.LAST:
        context |= guard.context(
            request,
            form.draft.submission,
            level=rates.level(request),
            sent=request.POST.get("page") == "check",
        )
    response = render(
        request,
        f"public/new/{page.name}.html",
        context,
        status=status_of(problems) if problems else 200,
    )
    response.headers["Cache-Control"] = PRIVATE
    return response


def _too_much(request: HttpRequest) -> HttpResponse:
    return render(request, "public/new/too_large.html", limits(), status=413)
