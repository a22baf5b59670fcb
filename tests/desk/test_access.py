"""Who may open which page."""

import re
from uuid import UUID

import pytest
from django.urls import URLPattern

from hopthu.core.terms import Role, Step
from hopthu.desk.urls import urlpatterns
from hopthu.people.models import Staff
from hopthu.reports.models import Report
from tests.desk.browsing import english, page, report_with_photo, sign_in
from tests.makers import make_report, make_staff, take

PUBLIC_REPORT, FOREIGN, PRIVATE, FOREIGN_PRIVATE, UNROUTED, HIDDEN = (
    "a report of An's office",
    "a report of another office",
    "a private report of An's office",
    "a private report of another office",
    "a private report that no office has",
    "a hidden report of An's office",
)
COMING_IN = {"invitation", "signin", "signin_code", "signin_passkey", "signout"}
PAGES = {
    "/desk/": "an binh chi dung em giang",
    "/desk/new": "an binh chi",
    "/desk/photos": "dung",
    "/desk/invitations": "giang",
    PUBLIC_REPORT: "an binh chi dung em giang",
    FOREIGN: "an binh chi dung em giang",
    PRIVATE: "an",
    FOREIGN_PRIVATE: "binh",
    UNROUTED: "chi",
    HIDDEN: "an chi dung giang",
}
"""Page → user names of those who may open it: officers an and binh of two offices, dispatcher chi,
moderator dung, editor em, administrator giang."""


@pytest.fixture
def reports(
    an: Staff, binh: Staff, chi: Staff, dung: Staff, em: Staff, giang: Staff
) -> dict[str, Report]:
    unrouted = make_report(private=True)
    Report.objects.filter(pk=unrouted.pk).update(body=None)
    hidden = make_report()
    take(hidden, Step.HIDE, dung, reason="test", words="Thử.")
    return {
        PUBLIC_REPORT: make_report(),
        FOREIGN: make_report("papers", point=None),
        PRIVATE: make_report(private=True),
        FOREIGN_PRIVATE: make_report("papers", point=None, private=True),
        UNROUTED: unrouted,
        HIDDEN: hidden,
    }


@pytest.mark.parametrize("what", PAGES)
def test_each_page_opens_for_those_it_is_for(reports: dict[str, Report], what: str) -> None:
    report = reports.get(what)
    path = f"/desk/reports/{report.number}" if report else what
    statuses = {
        staff.username: sign_in(staff).get(path).status_code for staff in Staff.objects.all()
    }

    others = 404 if report else 403
    may = PAGES[what].split()
    assert statuses == {name: 200 if name in may else others for name in statuses}


def test_a_private_report_and_none_at_all_look_the_same(reports: dict[str, Report]) -> None:
    client = sign_in(Staff.objects.get(username="binh"))
    private = client.get(f"/desk/reports/{reports[PRIVATE].number}")
    none = client.get("/desk/reports/00000000")

    assert private.status_code == none.status_code == 404
    assert page(private) == page(none)


@pytest.mark.parametrize("step", ["accept", "note", "answer"])
def test_what_one_may_not_open_one_cannot_change(reports: dict[str, Report], step: str) -> None:
    client = sign_in(Staff.objects.get(username="binh"))
    report = reports[PRIVATE]

    response = client.post(
        f"/desk/reports/{report.number}/{step}", {"seen": 1, "words": "x", "note": "x"}
    )

    report.refresh_from_db()
    assert (response.status_code, report.seq, report.notes.count()) == (404, 1, 0)


def test_without_signing_in_every_page_asks_for_it(city: None) -> None:
    filled = {"number": "7KQ2M9XD", "step": "accept", "token": "x", "name": "0" * 32, "pk": "1"}
    filled["opening"] = str(UUID(int=0))
    paths = [
        re.sub(r"<(?:int:|uuid:)?(\w+)>", r"{\1}", f"/desk/{pattern.pattern}").format(**filled)
        for pattern in urlpatterns
        if isinstance(pattern, URLPattern) and pattern.name not in COMING_IN
    ]

    assert len(paths) == 24
    for path in paths:
        assert english().get(path).url == f"/desk/sign-in?next={path}"


def test_whoever_has_no_role_is_told_so(city: None) -> None:
    assert sign_in(make_staff("moi")).get("/desk/").status_code == 403


def test_a_moderator_of_an_office_reads_none_of_its_private_reports(city: None) -> None:
    client = sign_in(make_staff("mai", (Role.MODERATOR, "works")))

    assert client.get(f"/desk/reports/{make_report(private=True).number}").status_code == 404


def test_the_navigation_offers_only_what_one_may_open(an: Staff, dung: Staff) -> None:
    officer, moderator = sign_in(an).get("/desk/"), sign_in(dung).get("/desk/")

    assert 'href="/desk/new"' in officer.content.decode()
    assert 'href="/desk/photos"' not in officer.content.decode()
    assert 'href="/desk/new"' not in moderator.content.decode()
    assert 'href="/desk/photos"' in moderator.content.decode()


PHOTO_VIEWERS = {
    "held": "an chi dung",
    "published": "an binh chi dung em giang",
    "withheld": "an chi dung",
}


@pytest.mark.parametrize("state", PHOTO_VIEWERS)
def test_a_photo_is_for_those_who_have_to_do_with_its_report(
    an: Staff, binh: Staff, chi: Staff, dung: Staff, em: Staff, giang: Staff, state: str
) -> None:
    _report, photo = report_with_photo()
    type(photo).objects.update(state=state)

    seen = {
        staff.username
        for staff in Staff.objects.all()
        if sign_in(staff).get(f"/desk/photos/{photo.name}").status_code == 200
    }

    assert seen == set(PHOTO_VIEWERS[state].split())


def test_a_photo_of_a_private_report_is_for_its_office_alone(
    an: Staff, binh: Staff, chi: Staff, dung: Staff
) -> None:
    _report, photo = report_with_photo(private=True)

    seen = {
        staff.username
        for staff in Staff.objects.all()
        if sign_in(staff).get(f"/desk/photos/{photo.name}?size=small").status_code == 200
    }

    assert seen == {"an"}
