"""An officer writes an internal note."""

from typing import Any

import pytest
from django.urls import reverse

from hopthu.people.models import Staff
from hopthu.reports.models import Note, Report
from tests.desk.browsing import english, field, html, page, sign_in
from tests.makers import make_report


def write(staff: Staff, report: Report, text: str) -> Any:
    return sign_in(staff).post(f"/desk/reports/{report.number}/note", {"note": text})


def test_a_note_stands_beside_the_report_with_its_writer(an: Staff) -> None:
    report = make_report()

    response = write(an, report, "Gọi tổ điện.\r\nHẹn 14 giờ.")

    note = Note.objects.get()
    assert response.url == f"/desk/reports/{report.number}#notes"
    assert (note.text, note.staff) == ("Gọi tổ điện.\nHẹn 14 giờ.", an)
    assert "An, 16 November 2026" in page(sign_in(an).get(f"/desk/reports/{report.number}"))


def test_the_box_says_that_the_resident_may_read_it(an: Staff) -> None:
    seen = page(sign_in(an).get(f"/desk/reports/{make_report().number}"))

    assert "The resident may one day read the notes about their report." in seen


def test_a_note_is_never_on_a_public_page(an: Staff) -> None:
    report = make_report()

    write(an, report, "Gọi tổ điện.")

    public_page = english().get(reverse("public:report", args=[report.number]))
    assert "Đèn đường hư" in html(public_page)
    assert "Gọi tổ điện." not in html(public_page)
    assert report.events.count() == 1


@pytest.mark.parametrize(("text", "status"), [("", 422), (" \u200b ", 422), ("x" * 4001, 422)])
def test_what_is_no_note_is_not_kept(an: Staff, text: str, status: int) -> None:
    response = write(an, make_report(), text)

    assert (response.status_code, Note.objects.count()) == (status, 0)
    assert 'aria-invalid="true"' in field(response, "note")
    assert text.strip(" ") in field(response, "note")


def test_an_officer_of_another_office_writes_none(binh: Staff) -> None:
    assert write(binh, make_report(), "Ghi chú.").status_code == 404
    assert Note.objects.count() == 0
