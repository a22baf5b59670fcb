"""Rows of other cities' systems are read as they are, or refused with the reason."""

import gzip
import json
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopthu.core.geometry import Point
from hopthu.core.georeport import BadRow, SourceReport, read_row

DATA = Path(__file__).parents[3] / "shared" / "data" / "boston_30k.ndjson.gz"
ROW: dict[str, Any] = {
    "service_request_id": "101000879942",
    "status": "closed",
    "status_notes": "Case closed. Lamp replaced.",
    "service_name": "Street Light Outage",
    "service_code": "4f38920fe75084437f0001a0",
    "description": "Dark since Monday.\r\nThe whole block.",
    "requested_datetime": "2013-07-15T19:37:08-04:00",
    "updated_datetime": "2013-07-17T08:00:00-04:00",
    "address": "239 Causeway St, Boston",
    "lat": 42.36599501691979,
    "long": -71.06030398055078,
}


def test_a_whole_row_is_read_as_it_is() -> None:
    assert read_row(ROW) == SourceReport(
        source_id="101000879942",
        status="closed",
        status_notes="Case closed. Lamp replaced.",
        service_code="4f38920fe75084437f0001a0",
        service_name="Street Light Outage",
        text="Dark since Monday.\nThe whole block.",
        requested_at=datetime(2013, 7, 15, 23, 37, 8, tzinfo=UTC),
        updated_at=datetime(2013, 7, 17, 12, 0, tzinfo=UTC),
        address="239 Causeway St, Boston",
        point=Point(42.36599501691979, -71.06030398055078),
    )


@pytest.mark.parametrize("nothing", [None, "", " ", ...])
def test_most_of_a_row_may_be_missing(nothing: object) -> None:
    needed = {"service_request_id", "status", "requested_datetime"}
    row = {key: ROW[key] if key in needed else nothing for key in ROW}
    row = {key: value for key, value in row.items() if value is not ...}

    report = read_row(row)

    assert report.text == report.address == report.status_notes == report.service_name == ""
    assert report.point is None
    assert report.updated_at == report.requested_at


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        ({"service_request_id": 4711}, "source_id", "4711"),
        ({"status": "OPEN "}, "status", "open"),
        ({"service_code": 12}, "service_code", "12"),
        ({"lat": "42.5", "long": "-71"}, "point", Point(42.5, -71.0)),
        ({"lat": 0, "long": 0}, "point", Point(0, 0)),
        (
            {"requested_datetime": "2013-07-15T23:37:08Z"},
            "requested_at",
            datetime(2013, 7, 15, 23, 37, 8, tzinfo=UTC),
        ),
        ({"description": "x" * 4_000}, "text", "x" * 4_000),
        ({"description": "\u202eabc\x00 "}, "text", "abc"),
    ],
)
def test_small_differences_do_not_matter(change: Any, field: str, value: object) -> None:
    assert getattr(read_row(ROW | change), field) == value


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"service_request_id": ""}, "service_request_id: missing"),
        ({"service_request_id": None}, "service_request_id: missing"),
        (
            {"service_request_id": "x" * 101},
            "service_request_id: too long, or with control characters",
        ),
        (
            {"service_request_id": "a\x00b"},
            "service_request_id: too long, or with control characters",
        ),
        ({"service_request_id": ["a"]}, "service_request_id: neither text nor number"),
        ({"status": "acknowledged"}, "status: neither open nor closed"),
        ({"status": None}, "status: neither open nor closed"),
        ({"requested_datetime": None}, "requested_datetime: missing"),
        (
            {"requested_datetime": "15/07/2013"},
            "requested_datetime: not a date and time (ISO 8601)",
        ),
        ({"requested_datetime": 1373931428}, "requested_datetime: not a date and time (ISO 8601)"),
        ({"requested_datetime": "2013-07-15T19:37:08"}, "requested_datetime: no time zone"),
        ({"requested_datetime": "2013-07-15"}, "requested_datetime: no time zone"),
        (
            {"requested_datetime": "0001-01-01T00:00+14:00"},
            "requested_datetime: a year that cannot be",
        ),
        ({"updated_datetime": "9999-12-31T23:00-10:00"}, "updated_datetime: a year that cannot be"),
        ({"updated_datetime": "yesterday"}, "updated_datetime: not a date and time (ISO 8601)"),
        (
            {"updated_datetime": "2013-07-15T19:30:00-04:00"},
            "updated_datetime: before requested_datetime",
        ),
        ({"lat": "north"}, "lat, long: not two numbers"),
        ({"lat": None}, "lat, long: not two numbers"),
        ({"long": ""}, "lat, long: not two numbers"),
        ({"lat": float("nan")}, "lat, long: not two numbers"),
        ({"lat": 91}, "lat, long: outside the earth"),
        ({"long": -181.5}, "lat, long: outside the earth"),
        ({"lat": True}, "lat: neither text nor number"),
        ({"description": "x" * 4_001}, "description: more than 4,000 characters"),
        ({"description": {"a": 1}}, "description: neither text nor number"),
        ({"status_notes": "x" * 4_001}, "status_notes: more than 4,000 characters"),
        ({"address": "x" * 401}, "address: more than 400 characters"),
    ],
)
def test_what_cannot_be_kept_as_it_was_is_refused_with_the_reason(change: Any, why: str) -> None:
    with pytest.raises(BadRow) as refusal:
        read_row(ROW | change)
    assert refusal.value.why == why


def test_two_clocks_a_little_apart_are_no_contradiction() -> None:
    report = read_row(ROW | {"updated_datetime": "2013-07-15T19:36:00-04:00"})

    assert report.updated_at == report.requested_at


zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.integers(10**6, 4 * 10**9).map(lambda second: datetime.fromtimestamp(second, UTC))


@given(moments, moments, zones)
def test_what_happened_when_is_kept(first: datetime, second: datetime, zone: timezone) -> None:
    requested, updated = sorted([first, second])

    report = read_row(
        ROW
        | {
            "requested_datetime": requested.astimezone(zone).isoformat(),
            "updated_datetime": updated.isoformat(),
        }
    )

    assert (report.requested_at, report.updated_at) == (requested, updated)


values: st.SearchStrategy[object] = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.just([])
)


@given(st.dictionaries(st.sampled_from(list(ROW)), values))
def test_no_row_breaks_the_reader(change: dict[str, object]) -> None:
    try:
        read_row(ROW | change)
    except BadRow as refusal:
        why = refusal.why
        assert len(why) < 80


def test_real_rows_of_boston_are_read() -> None:
    if not DATA.exists():
        pytest.skip(f"real rows are not here: ../shared/data/{DATA.name}")
    with gzip.open(DATA, "rt") as lines:
        reports = [read_row(json.loads(line)) for line in islice(lines, 0, 10_000, 10)]

    assert len({report.source_id for report in reports}) == 1_000
    assert Counter(report.status for report in reports)["closed"] > 500
    assert all(report.text and report.point for report in reports)
