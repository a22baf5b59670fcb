"""Entries: what they say in the clear, what they only fix, and what is no entry."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopthu.core.canonical import Json, canonical, parse_canonical
from hopthu.core.commitments import Opening, commit
from hopthu.core.encoding import encode64
from hopthu.core.entries import (
    CITY_TYPES,
    FACTS,
    PRIVATE_FACTS,
    BadEntry,
    EntryTooLong,
    ReportStep,
    city_entry,
    exact,
    parse_entry,
)

AT = datetime(2026, 3, 6, 8, 41, 7, 25, tzinfo=UTC)
TEXT = Opening("Đèn đường tắt", bytes(range(32)))


def step(**changes: Any) -> ReportStep:
    plain: dict[str, Any] = {
        "type": "received",
        "report": "7KQ2M9XD",
        "seq": 1,
        "at": AT,
        "private": False,
        "group": "lights",
        "category": "street-light",
        "area": "ward-3",
        "status": "received",
        "actor": "resident",
    }
    return ReportStep(**plain | changes)


def told(entry: bytes) -> Json:
    return parse_canonical(entry)


def test_a_step_tells_codes_and_the_hour_and_fixes_the_rest() -> None:
    entry = step(facts={"photos": 2, "body": "lighting"}, openings={"text": TEXT}).encode()
    assert told(entry) == {
        "v": 1,
        "type": "received",
        "report": "7KQ2M9XD",
        "seq": 1,
        "time": "2026-03-06T08:00:00Z",
        "category": "street-light",
        "area": "ward-3",
        "status": "received",
        "actor": "resident",
        "photos": 2,
        "body": "lighting",
        "commitments": {"text": encode64(commit("text", TEXT))},
    }


def test_a_private_report_tells_its_group_and_the_day_and_no_place() -> None:
    # Each kind of problem has promises of its own: the day on which one ends names the kind.
    due = "2026-03-20T10:00:00Z"
    facts: dict[str, Json] = {"photos": 2, "body": "lighting", "into": "7KQ2M9XE", "due": due}
    assert told(step(private=True, facts=facts).encode()) == {
        "v": 1,
        "type": "received",
        "report": "7KQ2M9XD",
        "seq": 1,
        "time": "2026-03-06",
        "private": True,
        "group": "lights",
        "status": "received",
        "actor": "resident",
        "photos": 2,
        "commitments": {},
    }


def test_times_are_told_in_utc() -> None:
    vietnam = timezone(timedelta(hours=7))
    entry = parse_entry(step(at=datetime(2026, 3, 7, 1, 30, tzinfo=vietnam)).encode())
    assert entry.time == "2026-03-06T18:00:00Z"
    assert exact(AT) == "2026-03-06T08:41:07.000025Z"


def test_a_report_without_an_area_has_none() -> None:
    entry = parse_entry(step(area=None).encode())
    assert "area" not in entry.told


def test_a_fact_that_is_not_for_everybody_is_refused() -> None:
    with pytest.raises(ValueError, match="no fact for everybody"):
        step(facts={"text": "Đèn"}).encode()


def test_what_is_told_of_private_reports_is_told_of_all() -> None:
    assert PRIVATE_FACTS < FACTS
    assert not {"category", "area", "time", "commitments", "report", "seq"} & FACTS


def test_an_entry_that_has_no_room_in_a_bundle_is_refused() -> None:
    with pytest.raises(EntryTooLong, match="65535 have room"):
        step(facts={"reason": "a" * 65_535}).encode()
    with pytest.raises(EntryTooLong):
        city_entry("area.changed", at=AT, told={"name": "a" * 65_535})


def test_an_entry_of_the_city() -> None:
    entry = parse_entry(city_entry("log.opened", at=AT, told={"origin": "city.example/record"}))
    assert (entry.type, entry.report, entry.seq) == ("log.opened", None, 0)
    assert entry.told["origin"] == "city.example/record"
    assert "commitments" not in entry.told
    staff = city_entry("staff.changed", at=AT, told={}, openings={"staff": TEXT})
    assert parse_entry(staff).commitments == {"staff": commit("staff", TEXT)}


def test_an_entry_of_the_city_is_of_a_known_kind() -> None:
    with pytest.raises(ValueError, match="no entry of a city"):
        city_entry("received", at=AT, told={})
    assert "received" not in CITY_TYPES


@given(st.integers(1, 2**53 - 1), st.booleans(), st.datetimes(timezones=st.just(UTC)))
def test_a_step_is_read_as_it_was_written(seq: int, private: bool, at: datetime) -> None:
    at = at.replace(year=max(at.year, 1000))
    read = parse_entry(step(seq=seq, private=private, at=at, openings={"text": TEXT}).encode())
    assert (read.type, read.report, read.seq) == ("received", "7KQ2M9XD", seq)
    assert read.private is private
    assert read.commitments == {"text": commit("text", TEXT)}


def test_kinds_that_are_not_known_yet_pass() -> None:
    entry = canonical({"v": 1, "type": "tree.planted", "time": "2030-01-01T00:00:00Z", "new": []})
    assert parse_entry(entry).type == "tree.planted"


SALTED = encode64(bytes(32))


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2},
        {"v": True},
        {"v": None},
        {"type": "Received"},
        {"type": ""},
        {"type": 1},
        {"type": None},
        {"time": "2026-03-06"},
        {"time": "2026-03-06T08:41:00Z"},
        {"time": "2026-13-06T08:00:00Z"},
        {"time": "2026-02-30T08:00:00Z"},
        {"time": "2026-03-06T24:00:00Z"},
        {"time": "٢٠٢٦-03-06T08:00:00Z"},
        {"time": "2026-03-06T08:00:00Z\n"},
        {"time": None},
        {"private": True},
        {"private": False},
        {"private": "yes"},
        {"report": "7KQ2M9XU"},
        {"report": "7kq2m9xd"},
        {"report": "7KQ2M9X"},
        {"report": 7},
        {"report": None},
        {"seq": 0},
        {"seq": -1},
        {"seq": True},
        {"seq": "1"},
        {"seq": None},
        {"commitments": []},
        {"commitments": {"text": SALTED[:-1]}},
        {"commitments": {"text": SALTED.replace("A=", "B=")}},
        {"commitments": {"text": encode64(bytes(31))}},
        {"commitments": {"text": None}},
        {"commitments": {"": SALTED}},
        {"commitments": {"text\nplace": SALTED}},
    ],
)
def test_what_is_no_entry(change: dict[str, Json]) -> None:
    whole = told(step().encode())
    assert isinstance(whole, dict)
    with pytest.raises(BadEntry):
        parse_entry(canonical(whole | change))


@pytest.mark.parametrize("data", [b"", b"null", b"[]", b'"v"', b"{}", b'{"v": 1}', b"\xff"])
def test_bytes_that_are_no_entry(data: bytes) -> None:
    with pytest.raises(BadEntry):
        parse_entry(data)


@given(st.binary(max_size=80))
def test_nothing_that_is_read_ends_in_another_error(data: bytes) -> None:
    with pytest.raises(BadEntry):
        parse_entry(data)
