"""An order from outside, two people, and another look: what hiding takes, and what it leaves."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from hopthu.core import lifecycle
from hopthu.core.orders import Order
from hopthu.core.terms import Need, Role, Step
from hopthu.core.text import TextTooLong
from hopthu.people.models import Staff
from hopthu.people.queries import actor
from hopthu.reports.actions import BadGiven
from hopthu.reports.actions.orders import NoProposal, confirm, drop, propose
from hopthu.reports.models import Proposal, Report
from tests import makers, recorded
from tests.makers import MONDAY, erase, make_report, make_staff, take

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ORDER = Order("Tòa án nhân dân khu vực 3", "12/2026/QĐ-TA", date(2026, 11, 13), date(2027, 2, 16))
WORDS = "Theo quyết định của tòa án."
TOLD = {
    "issuer": "Tòa án nhân dân khu vực 3",
    "order": "12/2026/QĐ-TA",
    "ordered": "2026-11-13",
    "review": "2027-02-16",
}


@pytest.fixture
def mai(city: None) -> Staff:
    return make_staff("mai", (Role.MODERATOR, None))


@pytest.fixture
def tam(city: None) -> Staff:
    return make_staff("tam", (Role.ADMINISTRATOR, None))


def put_forward(report: Report, by: Staff, order: Order | None = ORDER) -> Proposal:
    return propose(report, actor=actor(by), order=order, words=WORDS, at=MONDAY)


def hidden_by_order(mai: Staff, tam: Staff) -> Report:
    report = make_report()
    put_forward(report, mai)
    return confirm(report, actor=actor(tam), at=MONDAY)


def test_an_order_hides_once_a_second_person_has_confirmed_it(mai: Staff, tam: Staff) -> None:
    report = make_report()

    put_forward(report, mai)
    report.refresh_from_db()
    assert (report.visibility, report.seq) == ("public", 1)
    confirm(report, actor=actor(tam), at=MONDAY + DAY)

    report.refresh_from_db()
    assert (report.visibility, report.hide_reason, report.order) == ("hidden", "order", ORDER)
    assert (report.hidden_by, report.hide_proposed_by) == (tam, mai)
    entry = recorded.entries(report)[-1]
    assert recorded.facts(entry) == {"reason": "order", **TOLD}
    assert set(TOLD) | {"reason", "order"} <= recorded.documented("hide")
    assert not Proposal.objects.exists()


def test_an_administrator_may_put_it_forward_and_a_moderator_confirm(
    mai: Staff, tam: Staff
) -> None:
    report = make_report()

    put_forward(report, tam)
    confirm(report, actor=actor(mai), at=MONDAY)

    report.refresh_from_db()
    assert report.is_hidden


def test_nobody_confirms_their_own_order(mai: Staff) -> None:
    report = make_report()
    put_forward(report, mai)

    with pytest.raises(BadGiven) as refused:
        confirm(report, actor=actor(mai), at=MONDAY)

    assert (refused.value.need, refused.value.code) == (Need.SECOND_PERSON, "same_person")
    report.refresh_from_db()
    assert not report.is_hidden


def test_an_editor_of_notices_is_not_the_one_who_confirms(mai: Staff) -> None:
    report = make_report()
    both = make_staff("nga", (Role.MODERATOR, None), (Role.EDITOR, None))
    put_forward(report, mai)

    with pytest.raises(BadGiven) as refused:
        confirm(report, actor=actor(both), at=MONDAY)

    assert refused.value.code == "editor"


@pytest.mark.parametrize(
    "issuer", ["Thành phố Thử", "UBND TP. Thử", "Phòng Đô thị", "van phong", "Phòng Đô thị (en)"]
)
def test_a_city_cannot_order_itself(mai: Staff, tam: Staff, issuer: str) -> None:
    report = make_report()

    with pytest.raises(BadGiven) as refused:
        put_forward(report, mai, replace(ORDER, issuer=issuer))
    assert (refused.value.need, refused.value.code) == (Need.ORDER, "self_issued")

    # Nor by any other way in than the proposal.
    with pytest.raises(BadGiven) as refused:
        take(
            report,
            Step.HIDE,
            tam,
            reason="order",
            words=WORDS,
            order=replace(ORDER, issuer=issuer),
            second_person=mai.pk,
        )
    assert refused.value.code == "self_issued"
    report.refresh_from_db()
    assert (report.visibility, Proposal.objects.count()) == ("public", 0)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"day": date(2026, 11, 17)}, "from_the_future"),
        ({"review_on": date(2026, 11, 16)}, "review_past"),
        ({"review_on": date(2030, 1, 1)}, "review_too_late"),
    ],
)
def test_the_days_of_an_order_have_to_fit(mai: Staff, change: dict[str, object], code: str) -> None:
    with pytest.raises(BadGiven) as refused:
        put_forward(make_report(), mai, replace(ORDER, **change))  # type: ignore[arg-type]

    assert refused.value.code == code


def test_without_an_order_there_is_nothing_to_confirm(mai: Staff) -> None:
    report = make_report()

    with pytest.raises(lifecycle.Missing) as missing:
        put_forward(report, mai, None)
    assert missing.value.need is Need.ORDER
    with pytest.raises(lifecycle.Missing) as missing:
        take(report, Step.HIDE, mai, reason="order", words=WORDS)
    assert missing.value.need is Need.ORDER
    with pytest.raises(NoProposal):
        confirm(report, actor=actor(mai), at=MONDAY)
    with pytest.raises(NoProposal):
        drop(report)


def test_an_officer_puts_no_order_forward(mai: Staff) -> None:
    with pytest.raises(lifecycle.NotForRole):
        put_forward(make_report(), makers.make_officer())


def test_words_that_are_too_long_are_refused_before_anything_is_kept(mai: Staff) -> None:
    with pytest.raises(TextTooLong):
        propose(make_report(), actor=actor(mai), order=ORDER, words="x" * 5000, at=MONDAY)
    assert not Proposal.objects.exists()


def test_one_order_waits_at_a_time_and_can_be_dropped(mai: Staff, tam: Staff) -> None:
    report = make_report()
    put_forward(report, mai)

    with pytest.raises(BadGiven) as refused:
        put_forward(report, tam)
    assert refused.value.code == "waits_already"
    drop(report)

    report.refresh_from_db()
    assert report.visibility == "public"
    put_forward(report, tam)


def test_a_report_hidden_for_another_reason_leaves_no_order_waiting(mai: Staff) -> None:
    report = make_report()
    put_forward(report, mai)

    take(report, Step.HIDE, mai, reason="threat", words="Đe dọa.")

    assert not Proposal.objects.exists()
    report.refresh_from_db()
    assert (report.order, report.review_on) == (None, None)


def test_covered_words_are_covered_in_an_order_that_waits_too(mai: Staff) -> None:
    report = make_report(text="Nhà bà Tư.")
    propose(report, actor=actor(mai), order=ORDER, words="Vì bà Tư.", at=MONDAY)

    take(report, Step.REDACT, mai, passage="bà Tư", words="Tên người.")

    assert Proposal.objects.get().words == "Vì █████."


def test_erasing_leaves_no_order_waiting(mai: Staff, tam: Staff) -> None:
    report = make_report()
    put_forward(report, mai)

    erase(report, tam)

    assert not Proposal.objects.exists()


def test_an_order_that_is_looked_at_again_gets_a_new_day(mai: Staff, tam: Staff) -> None:
    report = hidden_by_order(mai, tam)
    later = MONDAY + 92 * DAY

    with pytest.raises(lifecycle.Missing) as missing:
        take(report, Step.KEEP_HIDDEN, mai, later, words="Vẫn còn hiệu lực.")
    assert missing.value.need is Need.DATE
    with pytest.raises(BadGiven) as refused:
        take(report, Step.KEEP_HIDDEN, mai, later, words="Còn.", date=date(2026, 12, 1))
    assert (refused.value.need, refused.value.code) == (Need.DATE, "review_past")
    take(report, Step.KEEP_HIDDEN, mai, later, words="Còn.", date=date(2027, 5, 1))

    report.refresh_from_db()
    assert report.review_on == date(2027, 5, 1)
    assert recorded.facts(recorded.entries(report)[-1]) == {"review": "2027-05-01"}


def test_shown_again_nothing_is_left_of_the_order(mai: Staff, tam: Staff) -> None:
    report = hidden_by_order(mai, tam)
    take(report, Step.ASK_REVIEW, words="Đèn vẫn hư.")

    take(report, Step.SHOW, make_staff("nga", (Role.MODERATOR, None)))

    report.refresh_from_db()
    assert (report.visibility, report.order, report.review_on) == ("public", None, None)
    assert (report.hidden_by, report.hide_proposed_by, report.review_asked_at) == (None,) * 3
    take(report, Step.HIDE, mai, reason="test", words="Thử.")
    take(report, Step.ASK_REVIEW)


@pytest.mark.parametrize("who", ["mai", "tam"])
def test_neither_of_the_two_who_hid_it_decides_about_the_review(
    mai: Staff, tam: Staff, who: str
) -> None:
    report = hidden_by_order(mai, tam)
    take(report, Step.ASK_REVIEW)

    for step in (Step.SHOW, Step.KEEP_HIDDEN):
        with pytest.raises(lifecycle.OwnDecision):
            take(report, step, Staff.objects.get(username=who), words="Không.", date=ORDER.day)


def test_a_sender_asks_once_and_somebody_else_decides(mai: Staff, tam: Staff) -> None:
    report = make_report()
    take(report, Step.HIDE, mai, reason="advertising", words="Quảng cáo.")

    take(report, Step.ASK_REVIEW, words="Tôi không bán gì cả.")
    with pytest.raises(lifecycle.AlreadyUsed):
        take(report, Step.ASK_REVIEW)
    report.refresh_from_db()
    assert report.review_waits
    take(report, Step.KEEP_HIDDEN, tam, words="Có số điện thoại bán hàng.")

    report.refresh_from_db()
    assert (report.review_waits, report.visibility) == (False, "hidden")
    types = [entry.type for entry in recorded.entries(report)]
    assert types == ["received", "hide", "ask_review", "keep_hidden"]
    with pytest.raises(lifecycle.AlreadyUsed):
        take(report, Step.ASK_REVIEW)
