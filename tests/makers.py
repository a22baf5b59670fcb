"""Small cities, people and reports to tell tests with."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4
from zoneinfo import ZoneInfo

from hopthu.bodies import actions as bodies
from hopthu.bodies.translated import Translated
from hopthu.cli.init import make_keys
from hopthu.core.erasure import Verdict
from hopthu.core.geometry import Point
from hopthu.core.one_time_codes import code_of, step_at
from hopthu.core.terms import Role, Step
from hopthu.people import second_step
from hopthu.people.actions import create_staff
from hopthu.people.actors import SENDER, Actor
from hopthu.people.models import Staff
from hopthu.people.queries import actor
from hopthu.record import keys
from hopthu.reports.actions import Given, Received, advance, erasing, receive
from hopthu.reports.intake import Intake, Place
from hopthu.reports.models import ErasureRequest, Report

if TYPE_CHECKING:
    from pytest_django import Settings

TZ = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=TZ)
"""A working Monday morning without a holiday near it."""
IN_EAST = Point(10.005, 106.015)
IN_WEST = Point(10.005, 106.005)
IN_THE_SEA = Point(9.0, 107.5)
CHIEF: tuple[tuple[Role, str | None], ...] = ((Role.ADMINISTRATOR, None),)
PASSWORD = "a long enough password"


def square(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def name(words: str) -> Translated:
    return Translated(vi=words, en=f"{words} (en)", km=f"{words} (km)")


def open_log(data: Path, settings: "Settings") -> Path:
    """Make `data` the data folder, with a log that waits for its first round; gives its folder."""
    settings.DATA, settings.RECORD = data, data / "record"
    make_keys(data)
    keys.open_log(origin="city.example/record", at=MONDAY)
    return data / "record"


def make_city() -> None:
    """Two wards side by side, two bodies, four categories in two groups.

    lamp: a point; noise: an area, private; papers: no place, legal notice;
    service: oversight, about a body; wires: danger.
    """
    bodies.configure_city(
        name=name("Thành phố Thử"),
        kind=name("thành phố"),
        about=name("Để thử"),
        jurisdiction_id="test.example",
        emergency_numbers=[{"number": "114", "name": name("Cứu hỏa")}],
    )
    bodies.put_area("west", name=name("Phường Tây"), shape=square(106.0, 10.0, 106.01, 10.01))
    bodies.put_area("east", name=name("Phường Đông"), shape=square(106.01, 10.0, 106.02, 10.01))
    bodies.put_body("works", name=name("Phòng Đô thị"), phone="0270 000 001")
    bodies.put_body("office", name=name("Văn phòng"), phone="0270 000 002")
    bodies.put_group("street", name=name("Đường phố"), icon="road", position=1)
    bodies.put_group("town-hall", name=name("Cơ quan"), icon="office", position=2)
    bodies.put_category("lamp", group="street", name=name("Đèn đường"), icon="lamp")
    bodies.put_category("wires", group="street", name=name("Dây điện"), danger=True)
    bodies.put_category("noise", group="street", name=name("Tiếng ồn"), place="area", private=True)
    bodies.put_category(
        "papers", group="town-hall", name=name("Giấy tờ"), place="none", legal_notice=True
    )
    bodies.put_category(
        "service", group="town-hall", name=name("Phục vụ"), place="none", oversight=True
    )
    bodies.put_rule(body="works", group="street")
    bodies.put_rule(body="office")


def make_staff(username: str, *roles: tuple[Role, str | None]) -> Staff:
    return create_staff(username=username, name=username.title(), password=PASSWORD, roles=roles)


def make_officer(username: str = "an", body: str = "works") -> Staff:
    return make_staff(username, (Role.OFFICER, body))


class App(NamedTuple):
    """An authenticator app, as it is on somebody's telephone."""

    secret: bytes
    recovery_codes: list[str]

    def code(self, at: datetime = MONDAY, *, steps: int = 1) -> str:
        """So many steps after `at`: the code of that moment was used to set the app up."""
        return code_of(self.secret, step_at(at) + steps)


def give_app(staff: Staff, *, at: datetime = MONDAY) -> App:
    secret = second_step.new_secret()
    code = code_of(secret, step_at(at))
    codes = second_step.set_up_app(staff.pk, secret, code, at=at)
    staff.refresh_from_db()
    return App(secret, codes)


def make_report(
    category: str = "lamp",
    *,
    text: str = "Đèn đường hư ba đêm nay.",
    point: Point | None = IN_EAST,
    area: str | None = None,
    at: datetime = MONDAY,
    **intake: Any,
) -> Report:
    return send_report(category, text=text, point=point, area=area, at=at, **intake).report


def send_report(
    category: str = "lamp",
    *,
    text: str = "Đèn đường hư ba đêm nay.",
    point: Point | None = IN_EAST,
    area: str | None = None,
    landmark: str = "",
    at: datetime = MONDAY,
    submission: str | None = None,
    **intake: Any,
) -> Received:
    return receive(
        Intake(category=category, place=Place(point, area, landmark), text=text, **intake),
        submission=submission or uuid4().hex,
        at=at,
    )


def erase(report: Report, by: Staff, at: datetime = MONDAY, *, passage: str = "") -> Report:
    """As the sender asks for it, an administrator of its own proposes it, and `by` agrees."""
    colleague = Actor(frozenset({Role.ADMINISTRATOR}), make_staff(f"ad{uuid4().hex[:8]}").pk)
    wish = erasing.Wish(scope="passage" if passage else "report", passage=passage)
    asked = erasing.ask_as_sender(report, wish, at=at)
    erasing.propose(asked, verdict=Verdict.ERASE, words="Theo yêu cầu.", actor=colleague, at=at)
    erasing.decide(ErasureRequest.objects.get(pk=asked.pk), actor=actor(by), at=at)
    report.refresh_from_db()
    return report


def take(
    report: Report, step: Step, by: Staff | Actor = SENDER, at: datetime = MONDAY, **given: Any
) -> Report:
    who = actor(by) if isinstance(by, Staff) else by
    return advance(report, step=step, actor=who, at=at, given=Given(**given))
