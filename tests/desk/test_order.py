"""One moderator puts an order forward at the desk, and somebody else confirms it."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from hopthu.core.codes import format_number
from hopthu.core.terms import Role, Step
from hopthu.people.models import Staff
from hopthu.reports.models import Proposal, Report
from tests.desk.browsing import Browser, english, field, html, offered, page, sign_in
from tests.makers import MONDAY, make_report, make_staff, take

ORDER = {
    "reason": "order",
    "issuer": "Tòa án nhân dân khu vực 3",
    "order": "12/2026/QĐ-TA",
    "ordered": "2026-11-13",
    "review": "2027-02-16",
    "words": "Theo quyết định của tòa án.",
}
LATER = MONDAY + timedelta(days=92)


@pytest.fixture
def report(an: Staff) -> Report:
    return make_report(text="Quán này lấn vỉa hè.")


def hide(staff: Staff, report: Report, **typed: str) -> Any:
    report.refresh_from_db()
    data = {"seen": report.seq, **ORDER, **typed}
    return sign_in(staff).post(f"/desk/reports/{report.number}/hide", data)


def decide(client: Browser, report: Report, decision: str) -> Any:
    return client.post(f"/desk/reports/{report.number}/order", {"decision": decision}, follow=True)


def public_page(report: Report, client: Client | None = None) -> str:
    reader = client or english()
    return page(reader.get(f"/reports/{format_number(report.number)}"))


def test_an_order_hides_nothing_before_somebody_else_confirms_it(
    report: Report, dung: Staff, giang: Staff
) -> None:
    sent = hide(dung, report)
    assert sent.status_code == 302
    assert "Quán này lấn vỉa hè." in public_page(report)

    own = page(sign_in(dung).get(f"/desk/reports/{report.number}"))
    assert "An order to hide this report waits to be confirmed" in own
    assert "Confirm: hide the report" not in own
    confirmed = decide(sign_in(giang), report, "confirm")

    assert "The order is confirmed, and the report is hidden." in page(confirmed)
    told = public_page(report)
    assert "Quán này lấn vỉa hè." not in told
    for words in (
        "Somebody outside the city's offices ordered it in writing",
        "Ordered by Tòa án nhân dân khu vực 3",
        "Number of the order 12/2026/QĐ-TA",
        "Day of the order 13 November 2026",
        "To be looked at again on 16 February 2027",
        "Theo quyết định của tòa án.",
    ):
        assert words in told.replace("&#x27;", "'"), words


def test_nobody_confirms_their_own_even_by_hand(report: Report, dung: Staff) -> None:
    hide(dung, report)

    refused = decide(sign_in(dung), report, "confirm")

    assert "You put this order forward: somebody else has to confirm it." in page(refused)
    assert "Quán này lấn vỉa hè." in public_page(report)


def test_who_writes_the_citys_notices_does_not_confirm(report: Report, dung: Staff) -> None:
    hide(dung, report)
    nga = make_staff("nga", (Role.MODERATOR, None), (Role.EDITOR, None))
    client = sign_in(nga)

    assert "Confirm: hide" not in page(client.get(f"/desk/reports/{report.number}"))
    refused = decide(client, report, "confirm")

    assert "cannot be the one who confirms" in page(refused)
    assert not Report.objects.get(pk=report.pk).is_hidden


def test_an_order_can_be_dropped(report: Report, dung: Staff, giang: Staff) -> None:
    hide(dung, report)

    assert "Nothing comes of the order." in page(decide(sign_in(giang), report, "drop"))
    assert not Proposal.objects.exists()
    again = decide(sign_in(giang), report, "confirm")
    assert "Somebody else has decided about that order already." in page(again)
    assert not Report.objects.get(pk=report.pk).is_hidden


@pytest.mark.parametrize(
    ("typed", "wrong", "words"),
    [
        ({"issuer": " "}, "issuer", "Say who ordered it."),
        ({"issuer": "Ủy ban nhân dân Thành phố Thử"}, "issuer", "A city cannot order itself"),
        ({"issuer": "Phòng Đô thị"}, "issuer", "A city cannot order itself"),
        ({"issuer": "x" * 201}, "issuer", "Please keep this to 200 characters."),
        ({"order": ""}, "order", "Give the public number of the order."),
        ({"order": "x" * 81}, "order", "Please keep this to 80 characters."),
        ({"ordered": ""}, "ordered", "Choose the day of the order."),
        ({"ordered": "hôm qua"}, "ordered", "Write the day as year-month-day"),
        ({"ordered": "2026-12-24"}, "ordered", "An order cannot be from a day that is still"),
        ({"review": ""}, "review", "Choose a day on which somebody looks at it again."),
        ({"review": "2026-11-16"}, "review", "Choose a day that is still to come."),
        ({"review": "2028-01-01"}, "review", "Choose a day within a year from now."),
        ({"words": " "}, "words", "Write what everybody will read."),
    ],
)
def test_what_is_wrong_with_an_order_is_said_beside_its_field(
    report: Report, dung: Staff, typed: dict[str, str], wrong: str, words: str
) -> None:
    response = hide(dung, report, **typed)

    assert response.status_code == 422
    assert 'aria-invalid="true"' in field(response, f"hide-{wrong}")
    assert words in page(response)
    for name, value in (ORDER | typed).items():
        kept = name in ("reason", "words") or not value.strip() or len(value) > 80
        assert kept or f'value="{value}"' in field(response, f"hide-{name}"), name
    assert not Proposal.objects.exists()


def test_a_second_order_waits_for_the_first(report: Report, dung: Staff, giang: Staff) -> None:
    hide(dung, report)

    response = hide(giang, report)

    assert response.status_code == 422
    assert "An order for this report waits already" in page(response)


def test_an_administrator_is_offered_to_hide_by_order_alone(report: Report, giang: Staff) -> None:
    form = html(sign_in(giang).get(f"/desk/reports/{report.number}")).split("/hide#what-to-do")[1]
    reasons = form.split("</fieldset>")[0]

    assert 'value="order"' in reasons
    assert 'value="threat"' not in reasons
    assert hide(giang, report, reason="threat").status_code == 403


def test_a_photo_is_not_withheld_by_order(report: Report, dung: Staff) -> None:
    assert 'value="order"' not in html(sign_in(dung).get("/desk/photos"))


def to_look_at_again(staff: Staff) -> str:
    return page(sign_in(staff).get("/desk/?of=again"))


def test_what_is_to_be_looked_at_again_is_in_the_queue(
    report: Report, dung: Staff, giang: Staff
) -> None:
    asked = make_report(text="Không phải quảng cáo.")
    take(asked, Step.HIDE, dung, reason="advertising", words="Quảng cáo.")
    assert format_number(asked.number) not in to_look_at_again(dung)

    take(asked, Step.ASK_REVIEW, words="Xin xem lại.")
    assert "Sender asks for another look" in to_look_at_again(dung)
    hide(dung, report)
    assert "Order to confirm" in to_look_at_again(dung)
    decide(sign_in(giang), report, "confirm")
    assert format_number(report.number) not in to_look_at_again(dung)
    with time_machine.travel(LATER, tick=False):
        again = to_look_at_again(dung)

    assert format_number(report.number) in again
    assert "Look again on 16 February 2027" in again


def test_the_day_of_an_order_comes_and_it_stays_or_is_shown(
    report: Report, dung: Staff, giang: Staff
) -> None:
    hide(dung, report)
    decide(sign_in(giang), report, "confirm")
    path = f"/desk/reports/{report.number}"
    with time_machine.travel(LATER, tick=False):
        client = sign_in(dung)
        assert "was to be looked at again on 16 February 2027" in page(client.get(path))
        assert {"show", "keep_hidden"} <= offered(client.get(path))

        data = {"seen": "9", "words": "Vụ án chưa xong."}
        without = client.post(f"{path}/keep_hidden", data)
        assert 'id="keep_hidden-date-error"' in html(without)
        client.post(f"{path}/keep_hidden", {**data, "date": "2027-05-16"})

        told = public_page(report)
        assert "Looked at once more: it stays hidden" in told
        assert "To be looked at again on 16 May 2027" in told
        assert "Vụ án chưa xong." in told
        assert "was to be looked at again" not in page(client.get(path))


def test_somebody_other_than_who_hid_it_decides_about_a_review(
    report: Report, dung: Staff, giang: Staff
) -> None:
    take(report, Step.HIDE, dung, reason="advertising", words="Quảng cáo.")
    take(report, Step.ASK_REVIEW, words="Xin xem lại.")
    path = f"/desk/reports/{report.number}"

    assert not {"show", "keep_hidden"} & offered(sign_in(dung).get(path))
    refused = sign_in(dung).post(f"{path}/show", {"seen": "9"})
    assert (refused.status_code, "somebody else decides" in page(refused)) == (403, True)
    client = sign_in(giang)
    assert {"show", "keep_hidden"} <= offered(client.get(path))
    assert client.post(f"{path}/show", {"seen": "9"}).status_code == 302

    assert "Quán này lấn vỉa hè." in public_page(report)
