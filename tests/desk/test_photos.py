"""A moderator looks at photos before everybody sees them."""

import re
from typing import Any
from urllib.parse import quote

import pytest
from django.urls import reverse

from hopthu.core.terms import HideReason
from hopthu.people.models import Staff
from hopthu.reports.models import Photo
from tests.desk.browsing import english, html, page, queries_of, report_with_photo, sign_in


def shown(response: Any) -> str | None:
    found = re.search(r'name="photo" value="(\w+)"', response.content.decode())
    return found.group(1) if found else None


def decide(staff: Staff, photo: Photo, decision: str, **more: str) -> Any:
    data = {"photo": photo.name, "state": "held", "decision": decision, **more}
    return sign_in(staff).post("/desk/photos", data)


def test_one_photo_after_another_the_oldest_first(dung: Staff) -> None:
    (report, first), (_, second) = report_with_photo(text="Ổ gà."), report_with_photo()
    client = sign_in(dung)

    seen = client.get("/desk/photos")

    assert shown(seen) == first.name
    assert "2 photos wait" in page(seen)
    assert "Ổ gà." in page(seen)
    assert report.number in html(seen)
    assert decide(dung, first, "publish").url == "/desk/photos"
    assert shown(client.get("/desk/photos")) == second.name
    assert decide(dung, second, "publish").status_code == 302
    assert "No photo waits to be looked at." in page(client.get("/desk/photos"))


def test_a_published_photo_is_for_everybody(dung: Staff) -> None:
    report, photo = report_with_photo()
    public_page = reverse("public:report", args=[report.number])
    before = photo.name in html(english().get(public_page))

    decide(dung, photo, "publish")

    assert (before, photo.name in html(english().get(public_page))) == (False, True)
    assert report.events.get(seq=2).staff == dung


def test_a_withheld_photo_keeps_its_reason(dung: Staff) -> None:
    report, photo = report_with_photo()

    decide(dung, photo, "withhold", reason=HideReason.PERSONAL_DATA)

    photo.refresh_from_db()
    assert (photo.state, photo.reason) == ("withheld", "personal_data")
    assert "Not shown to the public" in page(sign_in(dung).get(f"/desk/reports/{report.number}"))


@pytest.mark.parametrize("reason", ["", "ugly"])
def test_nothing_is_withheld_without_a_reason_of_the_list(dung: Staff, reason: str) -> None:
    _report, photo = report_with_photo()

    response = decide(dung, photo, "withhold", reason=reason)

    photo.refresh_from_db()
    assert (response.status_code, photo.state, shown(response)) == (422, "held", photo.name)
    assert 'id="reason-error"' in html(response)


def test_a_photo_can_wait(dung: Staff) -> None:
    (_, first), (_, second) = report_with_photo(), report_with_photo()
    client = sign_in(dung)

    later = re.search(r'href="(/desk/photos\?after=[^"]+)"', html(client.get("/desk/photos")))

    assert later is not None
    after = client.get(later.group(1))
    assert shown(after) == second.name
    last = re.search(r'href="(/desk/photos\?after=[^"]+)"', html(after))
    assert last is not None
    assert shown(client.get(last.group(1))) == first.name


def test_the_second_moderator_is_told_and_overrules_nobody(dung: Staff) -> None:
    _report, photo = report_with_photo()
    decide(dung, photo, "withhold", reason=HideReason.PERSONAL_DATA)
    client = sign_in(dung)

    client.post("/desk/photos", {"photo": photo.name, "state": "held", "decision": "publish"})

    photo.refresh_from_db()
    assert photo.state == "withheld"
    assert "Somebody else has decided about that photo already." in page(client.get("/desk/photos"))


def test_a_decision_can_be_taken_back_from_the_report(dung: Staff) -> None:
    report, photo = report_with_photo()
    decide(dung, photo, "publish")
    client = sign_in(dung)

    link = f"/desk/photos?photo={photo.name}"
    assert f'href="{link}"' in html(client.get(f"/desk/reports/{report.number}"))
    assert shown(client.get(link)) == photo.name
    decide(dung, photo, "withhold", state="published", reason=HideReason.PERSONAL_DATA)

    photo.refresh_from_db()
    assert photo.state == "withheld"


def test_photos_of_private_reports_wait_for_no_moderator(dung: Staff) -> None:
    _report, photo = report_with_photo(private=True)
    client = sign_in(dung)

    assert shown(client.get("/desk/photos")) is None
    assert client.get(f"/desk/photos?photo={photo.name}").status_code == 404
    assert decide(dung, photo, "publish").status_code == 404


@pytest.mark.parametrize("name", ["", "x", "0" * 32, "../../etc/passwd"])
def test_a_photo_that_there_is_not_is_not_found(dung: Staff, name: str) -> None:
    client = sign_in(dung)

    assert client.post("/desk/photos", {"photo": name, "state": "held"}).status_code == 404
    assert client.get("/desk/photos", {"photo": name}).status_code == 404


def test_only_a_moderator_decides(an: Staff) -> None:
    _report, photo = report_with_photo()

    assert decide(an, photo, "publish").status_code == 403


def test_more_photos_take_no_more_queries(dung: Staff) -> None:
    client, taken = sign_in(dung), []

    for more in (1, 2, 27):
        for _ in range(more):
            report_with_photo()
        taken.append(queries_of(client, "/desk/photos"))

    assert taken == [taken[0]] * 3


@pytest.mark.parametrize("name", ["\0", "../" * 3, "ảnh", "A" * 32])
def test_what_is_no_name_of_a_photo_leads_nowhere(dung: Staff, name: str) -> None:
    moderator = sign_in(dung)
    assert moderator.get(f"/desk/photos/{quote(name, safe='')}").status_code == 404
    assert moderator.get("/desk/photos", {"photo": name}).status_code == 404
    assert moderator.post("/desk/photos", {"photo": name}).status_code == 404
