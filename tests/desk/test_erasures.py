"""Two administrators decide what is deleted for good."""

from datetime import timedelta
from typing import Any

import pytest

from hopthu.bodies.models import City
from hopthu.bodies.queries import forget
from hopthu.core.terms import Role
from hopthu.desk import throttle
from hopthu.people import second_step
from hopthu.people.models import Staff
from hopthu.reports.actions import erasing
from hopthu.reports.models import ErasureRequest, Report
from tests.desk.browsing import field, html, page, queries_of, sign_in
from tests.desk.test_signin_throttle import Clock
from tests.makers import MONDAY, PASSWORD, give_app, make_report, make_staff

WORDS = "Theo yêu cầu của người gửi."


@pytest.fixture
def hoa(city: None) -> Staff:
    return make_staff("hoa", (Role.ADMINISTRATOR, None))


@pytest.fixture
def asked(city: None) -> ErasureRequest:
    return request_about(make_report(text="Trước nhà bà Tư."))


def request_about(report: Report, *, hours: int = 0) -> ErasureRequest:
    at = MONDAY + timedelta(hours=hours)
    return erasing.ask_as_sender(report, erasing.Wish(scope="report"), at=at)


def send(staff: Staff, asked: ErasureRequest, do: str, **typed: str) -> Any:
    """From the page as it stands now."""
    asked.refresh_from_db()
    stamp = asked.proposed_at.isoformat() if asked.proposed_at else ""
    data = {"do": do, "proposed": stamp, **typed}
    return sign_in(staff).post(f"/desk/erasures/{asked.pk}", data)


def propose(staff: Staff, asked: ErasureRequest, verdict: str = "erase") -> Any:
    return send(staff, asked, "propose", verdict=verdict, words=WORDS)


def decide(staff: Staff, asked: ErasureRequest, again: str | None = None) -> Any:
    """With a code that was not used before, or with what is given instead."""
    code = give_app(staff).recovery_codes[0] if again is None else again
    return send(staff, asked, "decide", again=code)


def test_one_proposes_another_decides_and_it_is_gone(
    asked: ErasureRequest, giang: Staff, hoa: Staff
) -> None:
    assert propose(giang, asked).url == "/desk/erasures"
    seen = page(sign_in(hoa).get(f"/desk/erasures/{asked.pk}"))

    assert decide(hoa, asked).url == "/desk/erasures"

    assert "Agree, and delete it for good" in seen
    assert WORDS in seen
    assert Report.objects.get().text == ""
    assert "Nothing waits here." in page(sign_in(hoa).get("/desk/erasures"))


def test_who_proposed_is_offered_no_decision_and_is_refused_one(
    asked: ErasureRequest, giang: Staff
) -> None:
    propose(giang, asked)

    shown = html(sign_in(giang).get(f"/desk/erasures/{asked.pk}"))
    response = send(giang, asked, "decide")

    assert 'value="decide"' not in shown
    assert "Somebody else of the administrators decides." in shown
    assert response.status_code == 409
    assert "You proposed it: somebody else has to decide." in page(response)
    assert Report.objects.get().text != ""


def test_a_session_alone_deletes_nothing(asked: ErasureRequest, giang: Staff, hoa: Staff) -> None:
    propose(giang, asked)
    app = give_app(hoa)
    second_step.take(hoa.pk, app.code(), at=MONDAY)

    for typed in ("", "000000x", PASSWORD, app.code()):
        response = decide(hoa, asked, typed)

        assert response.status_code == 422
        assert "This code does not fit, or was used already." in page(response)
        assert 'aria-invalid="true"' in field(response, "again")
        assert 'value=""' in field(response, "again"), "a code never comes back"
        throttle.forget()
    assert Report.objects.get().text != ""
    assert decide(hoa, asked, app.recovery_codes[0]).status_code == 302


def test_a_code_is_not_there_to_be_guessed(
    asked: ErasureRequest, giang: Staff, hoa: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "time", Clock())
    propose(giang, asked)
    app = give_app(hoa)

    guesses = [decide(hoa, asked, "000000x").status_code for _ in range(5)]

    assert guesses == [422] * 4 + [429]
    assert decide(hoa, asked, app.recovery_codes[0]).status_code == 429
    assert ErasureRequest.objects.get().is_open


def test_in_an_invented_city_the_password_does(
    asked: ErasureRequest, giang: Staff, hoa: Staff
) -> None:
    City.objects.update(demo=True)
    forget()
    propose(giang, asked)

    refused = decide(hoa, asked, "guessed")
    done = decide(hoa, asked, PASSWORD)

    assert refused.status_code == 422
    assert "This is not your password." in page(refused)
    assert done.status_code == 302
    assert Report.objects.get().text == ""


def test_sending_back_needs_no_code(asked: ErasureRequest, giang: Staff, hoa: Staff) -> None:
    propose(giang, asked)

    assert send(hoa, asked, "send_back").status_code == 302

    assert ErasureRequest.objects.get().proposal == ""


def test_an_old_tab_decides_nothing_that_it_did_not_show(
    asked: ErasureRequest, giang: Staff, hoa: Staff
) -> None:
    propose(giang, asked, "refuse")
    old = {"do": "decide", "proposed": ErasureRequest.objects.get().proposed_at.isoformat()}  # type: ignore[union-attr]
    send(giang, asked, "send_back")

    response = sign_in(hoa).post(f"/desk/erasures/{asked.pk}", old)

    assert response.status_code == 409
    assert "A colleague was first." in page(response)
    assert ErasureRequest.objects.get().is_open


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"words": WORDS}, "verdict"), ({"verdict": "refuse", "words": " "}, "words")],
)
def test_what_is_missing_is_told_beside_the_field_and_nothing_is_lost(
    asked: ErasureRequest, giang: Staff, typed: dict[str, str], field: str
) -> None:
    response = send(giang, asked, "propose", **typed)

    assert response.status_code == 422
    assert f'id="{field}-error"' in html(response)
    assert typed["words"].strip() in html(response)


def test_the_most_urgent_stands_first_and_a_late_one_is_late(
    giang: Staff, asked: ErasureRequest
) -> None:
    first = request_about(make_report(), hours=-24 * 7)

    response = html(sign_in(giang).get("/desk/erasures"))

    assert response.index(f"/desk/erasures/{first.pk}") < response.index(
        f"/desk/erasures/{asked.pk}"
    )
    assert 'class="queue-late"' in response
    assert "(2)" in response, "the number stands in the navigation"


def test_only_administrators_come_in(
    asked: ErasureRequest, an: Staff, chi: Staff, dung: Staff, em: Staff
) -> None:
    for staff in (an, chi, dung, em):
        client = sign_in(staff)
        assert client.get("/desk/erasures").status_code == 403
        assert client.get(f"/desk/erasures/{asked.pk}").status_code == 403
        assert send(staff, asked, "propose", verdict="erase", words=WORDS).status_code == 403
        assert "/desk/erasures" not in html(client.get("/desk/"))


def test_a_private_report_is_decided_about_without_being_read(giang: Staff) -> None:
    private = make_report("noise", text="Hàng xóm ồn.", point=None, area="east")
    asked = request_about(private)

    response = sign_in(giang).get(f"/desk/erasures/{asked.pk}")

    assert "only the office in charge reads it" in page(response)
    assert "Hàng xóm ồn." not in html(response)


def test_words_that_are_gone_already_are_told(giang: Staff, hoa: Staff, dung: Staff) -> None:
    report = make_report(text="Trước nhà bà Tư.")
    wish = erasing.Wish(scope="passage", passage="bà Tư")
    asked = erasing.ask_as_sender(report, wish, at=MONDAY)
    propose(giang, asked)
    Report.objects.update(text="Trước nhà.")

    response = decide(hoa, asked)

    assert response.status_code == 409
    assert "These words do not stand in the report exactly like that." in page(response)
    assert ErasureRequest.objects.get().is_open


def test_an_unknown_request_is_not_found(giang: Staff) -> None:
    assert sign_in(giang).get("/desk/erasures/999999").status_code == 404


def test_the_list_takes_as_many_queries_for_three_as_for_one(
    giang: Staff, asked: ErasureRequest
) -> None:
    client = sign_in(giang)
    one = queries_of(client, "/desk/erasures")
    request_about(make_report())
    request_about(make_report())

    assert queries_of(client, "/desk/erasures") == one
