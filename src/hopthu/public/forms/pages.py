"""The pages of the form, in order, and which of them a report needs.

    what → danger? → before? → where? → describe → nearby? → check

Each page knows the fields that it shows, whether it is asked at all, and what is wrong with its
answers. The checks themselves are those of `reports.intake`, the same behind every door.
"""

from collections.abc import Iterator

from hopthu.core.geometry import BadCoordinates, OutsideCity, parse_point
from hopthu.public.forms import words
from hopthu.public.forms.form import Form
from hopthu.public.forms.problems import Problem
from hopthu.reports import intake


class Page:
    """One question of the form."""

    name: str
    shows: tuple[str, ...] = ()
    """Fields with an input that can be seen; all others travel as hidden inputs."""
    brings: tuple[str, ...] = ()
    """Further fields whose problems are told on this page."""

    def applies(self, form: Form) -> bool:  # noqa: ARG002
        return True

    def problems(self, form: Form) -> Iterator[Problem]:  # noqa: ARG002
        return iter(())


class What(Page):
    name = "what"
    shows = ("category",)

    def problems(self, form: Form) -> Iterator[Problem]:
        if not form.draft.category:
            yield Problem("category", words.message("category_missing"))
        elif form.category is None:
            yield Problem("category", words.message("category_unknown"))


class Danger(Page):
    """A full stop: call somebody first."""

    name = "danger"

    def applies(self, form: Form) -> bool:
        return bool(form.category and form.category.danger)


class Before(Page):
    """What the sender should know, and for oversight which office the report is about."""

    name = "before"
    shows = ("concerned",)

    def applies(self, form: Form) -> bool:
        return bool(form.category and (form.category.oversight or form.category.legal_notice))

    def problems(self, form: Form) -> Iterator[Problem]:
        oversight = form.category and form.category.oversight
        if oversight and form.draft.concerned not in form.configuration.bodies:
            yield Problem("concerned", words.message("body_unknown"))


class Where(Page):
    name = "where"
    shows = ("lat", "lon", "area", "landmark")
    brings = ("place",)

    def applies(self, form: Form) -> bool:
        return bool(form.category and form.category.place != "none")

    def problems(self, form: Form) -> Iterator[Problem]:
        if form.category is None:
            return
        try:
            place = form.place()
        except BadCoordinates as error:
            yield Problem("lat", words.message(_what_is_wrong(error, form)))
            return
        for found in intake.place_problems(place, form.category, form.configuration):
            yield words.problem(_plainer(found, form))


class Describe(Page):
    name = "describe"
    shows = ("text", "upload", "questions")
    brings = ("photo",)

    def problems(self, form: Form) -> Iterator[Problem]:
        if form.category is None:
            return
        sent = form.intake(intake.Place())
        for found in intake.text_problems(sent):
            yield words.problem(found)
        for found in intake.details_problems(sent.details, form.category):
            yield words.problem(found)


class Nearby(Page):
    """Suggestions of the same problem, for somebody who has not seen them yet."""

    name = "nearby"

    def applies(self, form: Form) -> bool:
        return not form.draft.seen and bool(form.nearby)


class Check(Page):
    name = "check"
    shows = ("private", "email", "phone", "call_me")

    def problems(self, form: Form) -> Iterator[Problem]:
        for found in intake.contact_problems(form.intake(intake.Place())):
            yield words.problem(found)


FIRST, DESCRIBE, LAST = What(), Describe(), Check()
PAGES: tuple[Page, ...] = (FIRST, Danger(), Before(), Where(), DESCRIBE, Nearby(), LAST)
_BY_NAME = {page.name: page for page in PAGES}


class NoSuchPage(KeyError):
    """A request names a page that the form does not have."""


def named(name: str) -> Page:
    """Raises NoSuchPage."""
    try:
        return _BY_NAME[name]
    except KeyError:
        raise NoSuchPage(name) from None


def wanted(form: Form) -> tuple[Page, ...]:
    """The pages that this report needs, in order."""
    return tuple(page for page in PAGES if page.applies(form))


def asking(field: str) -> Page:
    """The page that a field is asked on."""
    return next((p for p in PAGES if field in (*p.shows, *p.brings)), DESCRIBE)


def first_wrong(
    form: Form, *, until: Page | None = None
) -> tuple[Page, tuple[Problem, ...]] | None:
    """The first page (up to `until`) that does not hold, and why."""
    last = PAGES.index(until) if until else len(PAGES) - 1
    for page in PAGES[: last + 1]:
        problems = tuple(page.problems(form))
        # Asked in this order since whether a page applies may cost a question to the database.
        if problems and page.applies(form):
            return page, problems
    return None


def after(page: Page, form: Form) -> Page:
    """Where the sender goes on: to the next page, or back to the last one after a change."""
    if form.draft.changing:
        wrong = first_wrong(form)
        return wrong[0] if wrong else LAST
    pages = wanted(form)
    return next((p for p in pages if PAGES.index(p) > PAGES.index(page)), LAST)


def before(page: Page, form: Form) -> Page | None:
    """Where "back" leads."""
    if form.draft.changing and page is not LAST:
        return LAST
    earlier = [p for p in wanted(form) if PAGES.index(p) < PAGES.index(page)]
    return earlier[-1] if earlier else None


def _what_is_wrong(error: BadCoordinates, form: Form) -> str:
    """East of 90° a longitude that was taken for a latitude is no place on earth."""
    if error.why != "range":
        return "coordinates_not_numbers"
    try:
        turned = parse_point(form.draft.lon, form.draft.lat)
        form.configuration.area_index.locate(turned)
    except (BadCoordinates, OutsideCity):
        return "coordinates_out_of_range"
    return "coordinates_swapped"


def _plainer(found: intake.Problem, form: Form) -> intake.Problem:
    """What is missing of a place, said of the field that it is missing in."""
    if found.code != "place_missing":
        return found
    if found.field == "landmark":
        return intake.Problem("landmark", "landmark_missing")
    only_ward = form.category is not None and form.category.place == "area"
    if only_ward or form.draft.landmark.strip():
        return intake.Problem("area", "area_missing")
    return intake.Problem("place", "place_missing")
