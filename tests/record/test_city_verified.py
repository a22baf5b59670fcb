"""The whole of it: a city's reports, its log, and what `hopthu verify` says of both.

The values are those of `/record/values.ndjson`, the proof is the one that the sender downloads.
"""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from hopthu.bodies.models import Area, Body, Category
from hopthu.core.orders import Order
from hopthu.core.terms import CallReason, Role, Step
from hopthu.public.proof import proof
from hopthu.record import sequencer
from hopthu.reports.actions.openings import record_opening
from hopthu.reports.models import Event, Report
from tests.makers import MONDAY, erase, make_officer, make_report, make_staff, take
from tests.record.checking.town import check

pytestmark = pytest.mark.django_db


ORDERED: dict[str, Any] = {
    "reason": "order",
    "order": Order("Tòa án khu vực 3", "12/QĐ", date(2026, 11, 13), date(2026, 12, 16)),
}


@pytest.fixture
def lived_in(record: Path, city: None) -> Path:
    """A city in which most things have happened to reports."""
    officer, moderator = make_officer(), make_staff("mai", (Role.MODERATOR, None))
    answered, hidden, ordered, struck, erased, _ = (make_report() for _ in range(6))
    take(answered, Step.ANSWER, officer, words="Mai sẽ thay bóng.")
    take(answered, Step.ADD_WORDS, words="Cảm ơn.")
    take(hidden, Step.HIDE, moderator, reason="threat", words="Đe dọa.")
    take(struck, Step.REDACT, passage="ba đêm")
    chief = make_staff("tam", (Role.ADMINISTRATOR, None))
    take(hidden, Step.ASK_REVIEW, words="Không có lời đe dọa nào.")
    take(hidden, Step.KEEP_HIDDEN, chief, words="Có, ở dòng hai.")
    take(ordered, Step.HIDE, chief, words="Theo lệnh.", second_person=moderator.pk, **ORDERED)
    take(ordered, Step.KEEP_HIDDEN, moderator, words="Vẫn còn.", date=date(2027, 1, 8))
    record_opening(
        answered.number,
        body_id=answered.body_id or 0,
        reason=CallReason.PLACE,
        words="Không thấy cột đèn.",
        staff_id=officer.pk,
        at=MONDAY,
    )
    private = make_report("noise", point=None, area="east")
    record_opening(
        private.number,
        body_id=private.body_id or 0,
        reason=CallReason.ACCESS,
        words="Hẹn giờ tới đo.",
        staff_id=officer.pk,
        at=MONDAY,
    )
    erase(erased, chief)
    return record


def publish(record: Path) -> None:
    """What the city serves: the log's files, and the values that it tells now."""
    while sequencer.run(MONDAY):
        pass
    told = Client().get("/record/values.ndjson").getvalue()
    (record / "values.ndjson").write_bytes(told)


def test_a_city_that_keeps_its_word(lived_in: Path) -> None:
    publish(lived_in)
    status, said = check(lived_in)
    assert status == 0, said
    assert any(line.startswith("Values of 7 reports: ") for line in said)


def test_a_text_edited_in_the_database(lived_in: Path) -> None:
    report = make_report()
    Report.objects.filter(pk=report.pk).update(text="Đèn sáng.")
    publish(lived_in)
    assert check(lived_in) == (1, [f"report {report.number}: text is not what the log fixed"])


def test_an_answer_edited_in_the_database(lived_in: Path) -> None:
    event = Event.objects.get(kind=Step.ANSWER)
    Event.objects.filter(pk=event.pk).update(words="Chúng tôi chưa nói gì.")
    publish(lived_in)
    where = f"report {event.report.number}: words.{event.seq}"
    assert check(lived_in) == (1, [f"{where} is not what the log fixed"])


@pytest.mark.parametrize(
    ("edited", "says"),
    [
        ({"status": "in_progress"}, 'status is shown as "in_progress", and is "received"'),
        ({"category": "wires"}, 'category is shown as "wires", and is "lamp"'),
        ({"area": "west"}, 'area is shown as "west", and is "east"'),
        ({"body": "office"}, 'body is shown as "office", and is "works"'),
        ({"body": None}, 'body is shown as nothing, and is "works"'),
        ({"private": True}, "private is shown as true, and is nothing"),
        ({"resolve_by": MONDAY}, 'due is shown as "2026-11-16T02:00:00Z", and is '),
        ({"first_resolve_by": MONDAY}, 'first_due is shown as "2026-11-16T02:00:00Z", and is '),
        ({"supports": 3}, "supports is shown as 3, and is nothing"),
    ],
)
def test_how_a_report_stands_edited_in_the_database(
    lived_in: Path, edited: dict[str, Any], says: str
) -> None:
    report = make_report()
    rows = {"category": Category.objects, "area": Area.objects, "body": Body.objects}
    found = {
        name: rows[name].get(code=value) if name in rows and value else value
        for name, value in edited.items()
    }
    Report.objects.filter(pk=report.pk).update(**found)
    publish(lived_in)
    status, said = check(lived_in)
    assert status == 1
    assert any(line.startswith(f"report {report.number}: {says}") for line in said), said


@pytest.mark.parametrize(
    ("edited", "says"),
    [
        ({"outcome": "done"}, 'outcome is shown as "done", and is "answered"'),
        ({"status": "declined", "decline_reason": "law"}, 'status is shown as "declined", and is'),
        ({"closed_at": MONDAY + timedelta(days=1)}, 'closed is shown as "2026-11-17T02:00:00Z"'),
        ({"disputes": 2}, "disagrees is shown as true, and is nothing"),
    ],
)
def test_how_a_report_was_closed_edited_in_the_database(
    lived_in: Path, edited: dict[str, Any], says: str
) -> None:
    report = make_report()
    take(report, Step.RESOLVE, make_officer("binh"), outcome="answered", words="Đã trả lời.")
    Report.objects.filter(pk=report.pk).update(**edited)
    publish(lived_in)
    status, said = check(lived_in)
    assert status == 1
    assert any(line.startswith(f"report {report.number}: {says}") for line in said), said


@pytest.mark.parametrize(
    ("edited", "says"),
    [
        ({"order_issuer": "Tòa án khác"}, 'issuer is shown as "Tòa án khác", and is "Tòa án khu'),
        ({"order_number": "13/QĐ"}, 'order is shown as "13/QĐ", and is "12/QĐ"'),
        ({"ordered_on": date(2026, 11, 1)}, 'ordered is shown as "2026-11-01", and is "2026-11-13'),
        ({"review_on": date(2030, 1, 1)}, 'review is shown as "2030-01-01", and is "2027-01-08"'),
        ({"review_on": None}, 'review is shown as nothing, and is "2027-01-08"'),
    ],
)
def test_an_order_edited_in_the_database(lived_in: Path, edited: dict[str, Any], says: str) -> None:
    report = Report.objects.get(hide_reason="order")
    Report.objects.filter(pk=report.pk).update(**edited)
    publish(lived_in)
    status, said = check(lived_in)
    assert status == 1
    assert any(line.startswith(f"report {report.number}: {says}") for line in said), said


@pytest.mark.parametrize(
    ("edited", "says"),
    [
        ({"kind": Step.CONFIRM}, 'step 2 is shown as {"type": "confirm", '),
        ({"role": Role.SENDER}, 'step 2 is shown as {"type": "resolve", '),
        ({"data": {}}, 'step 2 is shown as {"type": "resolve", '),
    ],
)
def test_a_step_edited_in_the_database(lived_in: Path, edited: dict[str, Any], says: str) -> None:
    report = make_report()
    take(report, Step.RESOLVE, make_officer("binh"), outcome="answered", words="Đã trả lời.")
    event = Event.objects.get(report=report, seq=2)
    # The database lets nobody change it: it is taken away, and another put in its place.
    Event.objects.filter(pk=event.pk).delete()
    for name, value in edited.items():
        setattr(event, name, value)
    event.save(force_insert=True)
    publish(lived_in)
    status, said = check(lived_in)
    assert status == 1
    assert any(line.startswith(f"report {report.number}: {says}") for line in said), said


def test_a_report_deleted_in_the_database(lived_in: Path) -> None:
    report = make_report()
    Event.objects.filter(report=report).delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM reports_report WHERE id = %s", [report.pk])
    publish(lived_in)
    where = f"report {report.number}"
    assert check(lived_in) == (1, [f"{where}: it is in the log and not in values.ndjson"])


def test_a_proof_still_proves_the_words_after_the_city_hid_the_report(lived_in: Path) -> None:
    report = make_report()
    publish(lived_in)
    kept = lived_in.parent / "proof.json"
    kept.write_text(proof(report))
    moderator = make_staff("nga", (Role.MODERATOR, None))
    take(report, Step.HIDE, moderator, reason="threat", words="Đe dọa.")
    publish(lived_in)
    status, said = check(lived_in, receipts=[kept])
    assert status == 0, said
    assert f"receipt {kept}: report {report.number}, 1 entry, 3 values" in said
