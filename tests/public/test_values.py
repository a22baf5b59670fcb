"""`/record/values.ndjson`: what the city tells of every report."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hopthu.core.terms import Role, Step
from hopthu.reports.models import Report
from hopthu.reports.queries import disclosure
from hopthu.reports.values import of_report
from tests import makers, recorded
from tests.makers import take

pytestmark = pytest.mark.django_db


def lines(client: Client) -> list[Any]:
    response = client.get("/record/values.ndjson")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/x-ndjson; charset=utf-8"
    return [json.loads(line) for line in response.getvalue().splitlines()]


def test_without_reports_it_is_empty(city: None, client: Client) -> None:
    assert lines(client) == []


def test_every_report_has_its_line_also_those_that_are_not_shown(
    city: None, client: Client
) -> None:
    moderator = makers.make_staff("mai", (Role.MODERATOR, None))
    shown, hidden = makers.make_report(), makers.make_report()
    private = makers.make_report("noise", point=None, area="east")
    take(hidden, Step.HIDE, moderator, reason="test", words="Thử.")

    told = lines(client)

    assert [(one["report"], one["seq"]) for one in told] == [
        (shown.number, 1),
        (hidden.number, 2),
        (private.number, 1),
    ]
    assert [sorted(one["values"]) for one in told] == [["place", "text", "time.1"], [], []]
    recorded.assert_open(told[0]["values"], recorded.rule_of(shown))


def test_however_many_reports_the_queries_are_as_many(city: None, client: Client) -> None:
    counted = []
    for _ in range(2):
        makers.make_report()
        take(makers.make_report(), Step.ADD_WORDS, words="Vẫn hư.")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            lines(client)
        counted.append(len(queries))

    assert counted[0] == counted[1]


def test_it_goes_on_where_a_part_ends(
    city: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = [makers.make_report() for _ in range(5)]
    monkeypatch.setattr(disclosure, "AT_ONCE", 2)

    assert [one["report"] for one in lines(client)] == [report.number for report in reports]


def test_a_report_that_moves_meanwhile_is_told_as_it_stood_at_one_moment(
    city: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = makers.make_report(), makers.make_report(text="Trước nhà bà Tư.")
    steps = iter([Step.REDACT])

    def read_while_somebody_strikes(report: Report) -> Any:
        if next(steps, None):
            take(second, Step.REDACT, passage="bà Tư")
        return of_report(report)

    monkeypatch.setattr(f"{disclosure.__name__}.of_report", read_while_somebody_strikes)

    told = {one["report"]: one for one in lines(client)}

    assert told.keys() == {first.number, second.number}
    assert told[second.number]["seq"] == 2
    assert told[second.number]["values"]["text"]["value"] == "Trước nhà █████."
    recorded.assert_open(told[second.number]["values"], recorded.rule_of(second))


def test_to_ask_for_the_head_reads_no_report(
    city: None, client: Client, django_assert_num_queries: Any
) -> None:
    makers.make_report()

    with django_assert_num_queries(1):  # the version of the set-up
        response = client.head("/record/values.ndjson")

    assert response.headers["Content-Type"] == "application/x-ndjson; charset=utf-8"


def test_a_packed_answer_says_the_same(city: None, client: Client) -> None:
    makers.make_report()

    response = client.get("/record/values.ndjson", headers={"Accept-Encoding": "gzip"})

    assert response.headers["Content-Encoding"] == "gzip"
