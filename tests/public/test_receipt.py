"""`/reports/<number>/receipt.tlog-proof`: that a step is in the record."""

from pathlib import Path

import pytest
from django.test import Client

from hopthu.core.codes import format_number
from hopthu.core.entries import parse_entry
from hopthu.core.terms import Step
from hopthu.core.tlog_proofs import parse_receipt
from hopthu.record import sequencer
from hopthu.reports.models import Report
from tests import makers
from tests.makers import MONDAY, take

pytestmark = pytest.mark.django_db


def address(report: Report) -> str:
    return f"/reports/{format_number(report.number)}/receipt.tlog-proof"


def test_once_the_log_has_it_the_receipt_proves_it(log: Path, client: Client) -> None:
    report = makers.make_report()
    take(report, Step.ACCEPT, makers.make_officer())
    sequencer.run(MONDAY)

    first, second = client.get(address(report)), client.get(address(report), {"seq": 2})

    assert first.headers["Content-Type"] == "text/plain; charset=utf-8"
    name = f"{format_number(report.number)}-1.tlog-proof"
    assert first.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    proofs = [parse_receipt(one.content) for one in (first, second)]
    for proof in proofs:
        proof.check()
    told = [parse_entry(proof.entry) for proof in proofs]
    assert [(one.report, one.seq, one.type) for one in told] == [
        (report.number, 1, "received"),
        (report.number, 2, "accept"),
    ]


def test_before_the_log_has_it_one_asks_again(city: None, client: Client) -> None:
    response = client.get(address(makers.make_report()))

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "2"
    assert response.content.startswith(b"not in the log yet")


@pytest.mark.parametrize("seq", ["0", "-1", "x", "1.5", "9" * 40, "0" * 10 + "1" * 5_000, "٣"])
def test_what_is_no_step_is_refused(city: None, client: Client, seq: str) -> None:
    response = client.get(address(makers.make_report()), {"seq": seq})

    assert response.status_code == 400
    assert response.content == b"seq: not the number of a step\n"


def test_a_step_or_report_that_nobody_knows_is_not_found(city: None, client: Client) -> None:
    assert client.get(address(makers.make_report()), {"seq": 2}).status_code == 404
    assert client.get("/reports/7KQ2-M9XD/receipt.tlog-proof").status_code == 404
