"""A city's earlier reports come in, and what happened when is kept as it was."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hopthu.bodies.queries import configuration
from hopthu.core.georeport import SourceReport, read_row
from hopthu.people.models import FollowCode
from hopthu.reports.actions.importing import Import, check_import, import_batch
from hopthu.reports.intake import BadIntake
from hopthu.reports.models import Event, Report
from hopthu.reports.queries.disclosure import all_values
from tests import recorded
from tests.makers import IN_EAST, IN_THE_SEA

pytestmark = pytest.mark.usefixtures("city")

ASKED = datetime(2015, 3, 2, 8, 30, tzinfo=UTC)
ANSWERED = datetime(2015, 3, 9, 16, 0, tzinfo=UTC)


def row(source_id: str = "A-1", **changed: Any) -> SourceReport:
    return read_row(
        {
            "service_request_id": source_id,
            "status": "open",
            "service_code": "lamp",
            "description": "Street light out",
            "requested_datetime": ASKED.isoformat(),
            "updated_datetime": ANSWERED.isoformat(),
            "address": "1 Main Street",
            "lat": IN_EAST.lat,
            "long": IN_EAST.lon,
            **changed,
        }
    )


def ready(source: SourceReport, category: str = "lamp") -> Import:
    setup = configuration()
    return check_import(source, setup.categories[category], setup)


def take(*batch: Import) -> int:
    return import_batch(batch, configuration())


def test_an_open_row_becomes_a_report_received_then() -> None:
    fresh = take(ready(row()))

    report = Report.objects.get()
    assert fresh == 1
    assert (report.source, report.source_id) == ("import", "A-1")
    assert (report.status, report.received_at) == ("received", ASKED)
    assert (report.text, report.landmark) == ("Street light out", "1 Main Street")
    assert report.area is not None
    assert report.area.code == "east"
    assert report.body is not None
    assert report.body.code == "works"
    assert [(e.seq, e.kind, e.at) for e in report.events.all()] == [(1, "received", ASKED)]


def test_a_closed_row_is_answered_with_its_notes_at_the_time_of_then() -> None:
    take(ready(row(status="closed", status_notes="Lamp replaced.")))

    report = Report.objects.get()
    assert (report.status, report.outcome) == ("resolved", "answered")
    assert (report.closed_at, report.acknowledged_at) == (ANSWERED, ANSWERED)
    events = [(e.seq, e.kind, e.at, e.role, e.status, e.words) for e in report.events.all()]
    assert events == [
        (1, "received", ASKED, "sender", "received", ""),
        (2, "resolve", ANSWERED, "officer", "resolved", "Lamp replaced."),
    ]
    assert report.seq == 2


def test_a_closed_row_without_notes_says_that_there_was_no_answer() -> None:
    take(ready(row(status="closed")))

    assert Event.objects.get(kind="resolve").words != ""


def test_what_was_imported_before_is_left_alone() -> None:
    take(ready(row("A-1")), ready(row("A-2")))

    fresh = take(ready(row("A-2", description="Changed since")), ready(row("A-3")))

    assert fresh == 1
    assert sorted(Report.objects.values_list("source_id", "text")) == [
        ("A-1", "Street light out"),
        ("A-2", "Street light out"),
        ("A-3", "Street light out"),
    ]
    assert Event.objects.count() == 3


def test_an_id_twice_in_one_batch_makes_one_report_of_the_first() -> None:
    fresh = take(ready(row("A-1", description="First")), ready(row("A-1", description="Second")))

    assert fresh == 1
    assert Report.objects.get().text == "First"


def test_nobody_gets_a_follow_up_code() -> None:
    take(ready(row()))

    assert not FollowCode.objects.exists()


def test_a_category_of_areas_takes_the_area_from_the_point_and_keeps_no_point() -> None:
    take(ready(row(), "noise"))

    report = Report.objects.get()
    assert report.area is not None
    assert report.area.code == "east"
    assert report.point is None
    assert report.visibility == "private"


def test_a_category_without_place_takes_a_row_without_point() -> None:
    take(ready(row(lat=None, long=None), "papers"))

    assert Report.objects.get().area is None


@pytest.mark.parametrize(
    ("changed", "category", "code"),
    [
        ({"lat": IN_THE_SEA.lat, "long": IN_THE_SEA.lon}, "lamp", "outside_city"),
        ({"lat": IN_THE_SEA.lat, "long": IN_THE_SEA.lon}, "noise", "outside_city"),
        ({"lat": None, "long": None}, "lamp", "place_missing"),
        ({"lat": None, "long": None}, "noise", "place_missing"),
        ({"description": ""}, "lamp", "text_or_photo"),
        ({"address": "x" * 300}, "lamp", "landmark_too_long"),
    ],
)
def test_what_the_city_cannot_take_is_refused(
    changed: dict[str, Any], category: str, code: str
) -> None:
    with pytest.raises(BadIntake) as refused:
        ready(row(**changed), category)

    assert [problem.code for problem in refused.value.problems] == [code]


def test_three_rows_cost_as_many_queries_as_one() -> None:
    def queries(*batch: Import) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            take(*batch)
        return len(captured)

    one = queries(ready(row("A-1", status="closed")))
    three = queries(*(ready(row(f"B-{n}", status="closed")) for n in range(3)))

    assert one == three


def test_a_promise_runs_from_the_day_of_then() -> None:
    take(ready(row()))

    report = Report.objects.get()
    assert ASKED < report.resolve_by < ASKED + timedelta(days=30)
    assert report.first_resolve_by == report.resolve_by


def test_each_event_is_in_the_record_at_the_time_of_then() -> None:
    take(ready(row("A-1")), ready(row("A-2", status="closed", status_notes="Fixed")))

    first, second = Report.objects.order_by("source_id")
    told = [(one.type, one.time) for one in recorded.entries(second)]
    assert told == [("received", "2015-03-02T08:00:00Z"), ("resolve", "2015-03-09T16:00:00Z")]
    assert [one.type for one in recorded.entries(first)] == ["received"]
    for report in (first, second):
        recorded.assert_open(all_values(report), recorded.rule_of(report))
        assert set(all_values(report)) == recorded.rule_of(report).living
