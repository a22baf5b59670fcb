"""Who gets where: role × address × report, in `table.txt`, whole.

A new address without its rows fails, and so does an answer that changed. What the table ought to
say stands in the tests below it: to bring it up to date, run this file with WRITE_TABLE=1,
and read what changed.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import unified_diff
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from hopthu.core.terms import Role, Step
from hopthu.people import telephones
from hopthu.people.models import Staff
from hopthu.people.queries import actor
from hopthu.record import sequencer
from hopthu.reports.actions import write_note
from hopthu.reports.models import Report
from tests.desk.browsing import come_in, report_with_photo
from tests.doors.doors import Knock, addresses, answer, knocks
from tests.makers import MONDAY, make_city, make_staff, open_log, take

TABLE = Path(__file__).with_name("table.txt")
NOBODY = "nobody"
PEOPLE: Mapping[str, tuple[Role, str | None]] = {
    "own": (Role.OFFICER, "works"),
    "other": (Role.OFFICER, "office"),
    "dispatcher": (Role.DISPATCHER, None),
    "moderator": (Role.MODERATOR, None),
    "editor": (Role.EDITOR, None),
    "administrator": (Role.ADMINISTRATOR, None),
}
"""`own` is an officer of the office that has all the reports, `other` one of another office."""
MAY_READ = {
    "public": {NOBODY, *PEOPLE},
    "private": {"own"},
    "hidden": {"own", "dispatcher", "moderator", "administrator"},
}
MAY_READ_NOTES = {
    "public": {"own", "dispatcher", "moderator"},
    "private": {"own"},
    "hidden": {"own", "dispatcher", "moderator"},
}
FILLINGS = {
    "public:area": {"str:code": "east"},
    "public:language": {"str:code": "en"},
    "public:photo_thumb": {"slug:token": "unknown"},
    "public:unsubscribe": {"str:token": "unknown"},
    "public:subscription": {"str:link": "unknown"},
    "public:subscription_confirm": {"str:link": "unknown"},
    "public:subscription_end": {"str:link": "unknown"},
    "public:follow_cover": {"int:pk": "1"},
    "public:follow_step": {"slug:action": "confirm"},
    "public:tile": {"int:z": "14", "int:x": "13017", "int:y": "7732"},
    "desk:erasure": {"int:pk": "1"},
    "desk:saved": {"token": "unknown"},
    "desk:slip": {"token": "unknown"},
    "desk:invitation": {"secret": "unknown"},
    "desk:call_opening": {"uuid:opening": "00000000-0000-0000-0000-000000000000"},
}
"""What stands in the holes of an address that are not a report's."""
WAYS_IN = {"desk:invitation", "desk:signin", "desk:signin_passkey", "desk:signout"}


@pytest.fixture
def people(db: None, tmp_path: Path, settings: Settings) -> Iterator[dict[str, Client]]:
    """A browser for each."""
    with time_machine.travel(MONDAY, tick=False):
        open_log(tmp_path, settings)
        make_city()
        browsers = {NOBODY: Client()}
        for name, role in PEOPLE.items():
            browsers[name] = Client()
            come_in(browsers[name], make_staff(name, role))
        yield browsers


@pytest.fixture
def reports(people: dict[str, Client]) -> dict[str, Report]:
    """One of each kind, each with a photo that nobody has decided on and a note of its office."""
    made = {
        kind: report_with_photo(text=words(kind), private=kind == "private")[0] for kind in MAY_READ
    }
    own, moderator = (Staff.objects.get(username=name) for name in ("own", "moderator"))
    for kind, report in made.items():
        telephones.keep(report.number, b"sealed")
        write_note(report, text=note(kind), actor=actor(own), at=MONDAY)
    take(made["hidden"], Step.HIDE, moderator, reason="test", words="Thử.")
    sequencer.run(MONDAY)
    return {kind: Report.objects.get(pk=report.pk) for kind, report in made.items()}


def words(kind: str) -> str:
    return f"Lời của phản ánh {kind} 5e17"


def note(kind: str) -> str:
    return f"Ghi chú về phản ánh {kind} 0b7a"


def _status(browser: Client, knock: Knock) -> str:
    got = answer(browser, knock)
    return "sign-in" if got.to.startswith("/desk/sign-in") else str(got.status)


def test_everybody_gets_where_the_table_says(
    people: dict[str, Client], reports: dict[str, Report]
) -> None:
    table = {
        knock.row: [_status(browser, knock) for browser in people.values()]
        for knock in knocks(reports, FILLINGS)
    }
    now = "\n".join(_lines(table)) + "\n"
    if os.environ.get("WRITE_TABLE"):
        TABLE.write_text(now)

    said = TABLE.read_text()
    assert now == said, "\n".join(unified_diff(said.splitlines(), now.splitlines(), n=0))


def test_the_table_has_every_address(reports: dict[str, Report]) -> None:
    asked = {knock.door.split(" ")[0] for knock in knocks(reports, FILLINGS)}

    assert asked == set(addresses())


def test_nothing_fails() -> None:
    assert {
        row for row, codes in said().items() if any(one[0] == "5" for one in codes.values())
    } == set()


def test_whoever_is_not_signed_in_gets_nowhere_at_the_desk() -> None:
    inside = {
        row
        for row, codes in said().items()
        if row[0].startswith("desk:") and row[0].split()[0] not in WAYS_IN
        if codes[NOBODY] not in {"sign-in", "403", "405"}
    }

    assert inside == set()


def test_nobody_is_shown_more_than_they_may_read(
    people: dict[str, Client], reports: dict[str, Report]
) -> None:
    for knock in knocks(reports, FILLINGS):
        for name, browser in people.items():
            shown = answer(browser, knock).text
            for kind in MAY_READ:
                said = knock.row, name, kind
                assert name in MAY_READ[kind] or words(kind) not in shown, said
                assert name in MAY_READ_NOTES[kind] or note(kind) not in shown, said


def test_whoever_may_read_is_shown_it(
    people: dict[str, Client], reports: dict[str, Report]
) -> None:
    """So that the search above can find what it looks for."""
    for kind, report in reports.items():
        for name in MAY_READ[kind] - {NOBODY}:
            shown = people[name].get(f"/desk/reports/{report.number}").content.decode()
            assert words(kind) in shown, (name, kind)
            assert (note(kind) in shown) is (name in MAY_READ_NOTES[kind]), (name, kind)


def test_who_may_not_read_a_report_is_told_there_is_none() -> None:
    for kind, readers in MAY_READ.items():
        codes = said()["desk:report", "GET", kind]
        assert {name for name, code in codes.items() if code == "200"} == readers - {NOBODY}
        assert {codes[name] for name in set(PEOPLE) - readers} <= {"404"}


def said() -> dict[tuple[str, ...], dict[str, str]]:
    """The table as it stands: (door, method, about) → what each gets."""
    head, *lines = TABLE.read_text().splitlines()
    names = head.split()[2:]
    rows = (re.split(r"  +", line) for line in lines)
    return {tuple(row[:3]): dict(zip(names, row[3:], strict=True)) for row in rows}


def _lines(table: Mapping[tuple[str, ...], Sequence[str]]) -> Iterator[str]:
    yield _line("door", "", "about", *(NOBODY, *PEOPLE))
    for row, codes in sorted(table.items()):
        yield _line(*row, *codes)


def _line(door: str, method: str, about: str, *cells: str) -> str:
    columns = [door.ljust(56), method.ljust(5), about.ljust(8), *(one.ljust(13) for one in cells)]
    return "  ".join(columns).rstrip()
