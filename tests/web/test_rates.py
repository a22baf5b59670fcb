"""What one network gets when it asks for too much, and that its neighbours do not notice."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hopthu.core.codes import format_number
from hopthu.reports.models import Report
from hopthu.web import rates
from tests import makers
from tests.public.wizard import errors, fields, whole
from tests.reports.photos.pictures import jpeg

pytestmark = pytest.mark.django_db

THERE, ELSEWHERE = "203.0.113.7", "198.51.100.1"


def from_(address: str) -> Client:
    return Client(REMOTE_ADDR=address, headers={"accept-language": "en"})


def photo(client: Client) -> tuple[int, str]:
    file = SimpleUploadedFile("a.jpg", jpeg(), content_type="image/jpeg")
    response = client.post("/report/photo", {"photo": file})
    return response.status_code, response.content.decode()


def test_photos_have_a_limit_that_says_when_to_come_again(
    city: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rates._uploads, "free", 2)
    client = from_(THERE)
    assert [photo(client)[0] for _ in range(2)] == [201, 201]

    status, words = photo(client)

    assert status == 429
    assert "Please add this one again" in words
    assert photo(from_(ELSEWHERE))[0] == 201


def test_in_a_form_such_a_photo_costs_nothing_else_that_was_typed(
    city: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rates._uploads, "free", 0)
    file = SimpleUploadedFile("a.jpg", jpeg(), content_type="image/jpeg")
    response = from_(THERE).post("/report/new", whole(text="Hố sâu.", photo=file))

    assert "add this one again" in errors(response)["photo"]  # type: ignore[arg-type]
    assert fields(response)["text"] == ["Hố sâu."]  # type: ignore[arg-type]


def follow(client: Client, number: str, code: str) -> int:
    return client.post("/follow", {"number": number, "code": code}).status_code


def test_codes_are_tried_slowly_from_one_network(
    city: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rates._wrong_codes, "free", 2)
    received = makers.send_report()
    client = from_(THERE)
    tries = [follow(client, makers.make_report().number, received.follow_code) for _ in range(4)]

    assert tries == [422, 422, 429, 429]
    assert follow(from_(ELSEWHERE), received.report.number, received.follow_code) == 303


def support(report: Report, client: Client) -> str:
    response = client.post(f"/reports/{format_number(report.number)}/support")
    return response.headers["Location"].partition("?")[2]


def test_one_voice_a_day_counts_from_one_network(city: None) -> None:
    report, other = makers.make_report(), makers.make_report()

    said = [support(report, from_(f"203.0.113.{last}")) for last in range(1, 6)]

    assert said == ["counted=1"] + ["counted=before"] * 4
    assert support(report, from_(ELSEWHERE)) == "counted=1"
    assert support(other, from_(THERE)) == "counted=1"
    report.refresh_from_db()
    assert report.supports == 2


def test_who_is_not_counted_is_told_so_kindly(city: None) -> None:
    report = makers.make_report()
    support(report, from_(THERE))

    page = from_(THERE).get(f"/reports/{format_number(report.number)}?counted=before")

    assert "Your network was counted today" in page.content.decode()
    assert "Counted. Thank you." not in page.content.decode()


def test_voices_rank_nothing(city: None) -> None:
    older, newer = makers.make_report(text="Cũ."), makers.make_report(text="Mới.")
    for last in range(5):
        support(older, from_(f"203.{last}.113.7"))

    html = from_(THERE).get("/reports").content.decode()

    assert html.index(format_number(newer.number)) < html.index(format_number(older.number))


def test_the_bench_alone_can_switch_it_off(city: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates._Switch, "on", True)
    monkeypatch.setattr(rates._uploads, "free", 0)
    assert photo(from_(THERE))[0] == 429

    rates.switch_off()

    assert photo(from_(THERE))[0] == 201
