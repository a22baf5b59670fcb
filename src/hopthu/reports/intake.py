"""What somebody sends, and whether the city can take it: the same check behind every door."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from hopthu.bodies.configuration import Category, Configuration, Question
from hopthu.core.geometry import OutsideCity, Point, round_to_10m
from hopthu.core.limits import MAX_LANDMARK, MAX_PHOTOS, MAX_TEXT
from hopthu.core.sealing import Reachable
from hopthu.core.text import TextTooLong, clean, is_blank
from hopthu.reports.reaching import contact, contact_slips, telephone

MAX_ANSWER = 500


@dataclass(frozen=True)
class Place:
    """Where: a point, an area, words for it, or nothing of these."""

    point: Point | None = None
    area: str | None = None
    landmark: str = ""


@dataclass(frozen=True)
class Intake:
    category: str
    place: Place = Place()
    text: str = ""
    details: Mapping[str, str | list[str]] = field(default_factory=dict)
    uploads: tuple[str, ...] = ()
    private: bool = False
    concerned: str | None = None
    """Oversight: code of the body that the report is about."""
    email: str = field(default="", repr=False)
    """Where the sender wants to hear of it, if anywhere; sealed before it is stored. A mobile
    number, where texts go out (`people.contacts.read`)."""
    phone: str = field(default="", repr=False)
    """Where they may be called, if `call_me` is ticked beside it; sealed as well."""
    call_me: bool = False
    language: str = ""
    """In which language; sealed as well."""


@dataclass(frozen=True)
class Problem:
    """Something that stands in the way, and the form field that it is about."""

    field: str
    code: str
    """One of: category_unknown, place_missing, outside_city, coordinates_swapped, area_unknown,
    landmark_too_long, text_too_long, text_or_photo, too_many_photos, photo_gone, answer_missing,
    answer_not_a_number, answer_not_a_date, answer_not_a_choice, answer_too_long,
    body_unknown, email_too_long, email_no_at, email_local, email_domain, email_unavailable,
    phone_unknown, phone_letters, phone_short, phone_long, phone_missing, call_me_missing,
    phone_unavailable."""
    amount: int = 0
    """Of what the code is about: metres outside the city, characters over the limit."""


class BadIntake(Exception):
    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(", ".join(f"{p.field}: {p.code}" for p in problems))
        self.problems = problems


@dataclass(frozen=True)
class Checked:
    """An intake that the city can take, cleaned."""

    category: Category
    place: Place
    text: str
    details: dict[str, str | list[str]]
    uploads: tuple[str, ...]
    private: bool
    concerned: str | None
    contact: Reachable | None = None
    telephone: str = field(default="", repr=False)


def check(intake: Intake, configuration: Configuration) -> Checked:
    """The cleaned intake; raises `BadIntake` with every problem at once."""
    category = configuration.categories.get(intake.category)
    if category is None or not category.active:
        raise BadIntake((Problem("category", "category_unknown"),))
    problems = tuple(
        problem
        for part in (
            text_problems(intake),
            place_problems(intake.place, category, configuration),
            details_problems(intake.details, category),
            _concerned_problems(intake, category, configuration),
            contact_problems(intake),
        )
        for problem in part
    )
    if problems:
        raise BadIntake(problems)
    place = place_of(intake.place, category, configuration)
    return Checked(
        category=category,
        place=place,
        text=clean(intake.text, limit=MAX_TEXT),
        details=_clean_details(intake.details, category),
        uploads=intake.uploads,
        private=intake.private or category.private,
        concerned=intake.concerned if category.oversight else None,
        contact=contact(intake.email, intake.language),
        telephone=telephone(intake.phone),
    )


def text_problems(intake: Intake) -> Iterator[Problem]:
    try:
        text = clean(intake.text, limit=MAX_TEXT)
    except TextTooLong as error:
        yield Problem("text", "text_too_long", error.length - MAX_TEXT)
        return
    if not text and not intake.uploads:
        yield Problem("text", "text_or_photo")
    if len(intake.uploads) > MAX_PHOTOS:
        yield Problem("photo", "too_many_photos", MAX_PHOTOS)


def place_problems(
    place: Place, category: Category, configuration: Configuration
) -> Iterator[Problem]:
    """A point inside the city, or (without a map) a ward and for `point` also words for it."""
    if category.place == "none":
        return
    over = _too_long(place.landmark, MAX_LANDMARK)
    if over:
        yield Problem("landmark", "landmark_too_long", over)
    if place.point is not None and category.place == "point":
        yield from _point_problems(place.point, configuration)
        return
    if not place.area:
        yield Problem("area", "place_missing")
    elif place.area not in configuration.areas:
        yield Problem("area", "area_unknown")
    elif category.place == "point" and is_blank(place.landmark):
        yield Problem("landmark", "place_missing")


def _too_long(text: str, limit: int) -> int:
    """By how many characters the text is over the limit, as it would be kept."""
    try:
        clean(text, limit=limit)
    except TextTooLong as error:
        return error.length - limit
    return 0


def _point_problems(point: Point, configuration: Configuration) -> Iterator[Problem]:
    try:
        configuration.area_index.locate(point)
    except OutsideCity as error:
        code = "coordinates_swapped" if error.swapped else "outside_city"
        yield Problem("lat", code, round(error.distance_m))


def details_problems(
    details: Mapping[str, str | list[str]], category: Category
) -> Iterator[Problem]:
    for question in category.questions:
        values = answers(details.get(question.code, ""))
        code = _answer_problem(question, values)
        if code:
            yield Problem(f"question_{question.code}", code)


def answers(value: str | list[str]) -> list[str]:
    """The answers that are not blank."""
    values = [value] if isinstance(value, str) else value
    return [one for one in values if not is_blank(one)]


def _answer_problem(question: Question, values: list[str]) -> str | None:
    if not values:
        return "answer_missing" if question.required else None
    if any(_too_long(value, MAX_ANSWER) for value in values):
        return "answer_too_long"
    match question.datatype:
        case "number" if not _is_number(values[0]):
            return "answer_not_a_number"
        case "datetime" if not _is_date(values[0]):
            return "answer_not_a_date"
        case "singlevaluelist" | "multivaluelist":
            keys = {key for key, _ in question.choices}
            return None if keys.issuperset(values) else "answer_not_a_choice"
    return None


def _is_number(value: str) -> bool:
    try:
        return abs(float(value.replace(",", "."))) < float("inf")
    except ValueError:
        return False


def _is_date(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _concerned_problems(
    intake: Intake, category: Category, configuration: Configuration
) -> Iterator[Problem]:
    if category.oversight and intake.concerned not in configuration.bodies:
        yield Problem("concerned", "body_unknown")


def contact_problems(intake: Intake) -> Iterator[Problem]:
    slips = contact_slips(email=intake.email, phone=intake.phone, call_me=intake.call_me)
    yield from (Problem(field, code) for field, code in slips)


def place_of(place: Place, category: Category, configuration: Configuration) -> Place:
    """A place without problems as it is kept: the point rounded, its area found."""
    if category.place == "none":
        return Place()
    landmark = clean(place.landmark, limit=MAX_LANDMARK)
    if place.point is None or category.place != "point":
        return Place(area=place.area, landmark=landmark)
    located = configuration.area_index.locate(place.point)
    return Place(point=round_to_10m(place.point), area=located.area, landmark=landmark)


def _clean_details(
    details: Mapping[str, str | list[str]], category: Category
) -> dict[str, str | list[str]]:
    """Only what the category asks; one string a question, a list for several choices."""
    cleaned: dict[str, str | list[str]] = {}
    for question in category.questions:
        values = [
            clean(value, limit=MAX_ANSWER) for value in answers(details.get(question.code, ""))
        ]
        if values:
            cleaned[question.code] = values if question.datatype == "multivaluelist" else values[0]
    return cleaned
