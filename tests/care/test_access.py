"""Whoever holds the code gets all that the city holds about the report, and is told the rest."""

import io
import json
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.utils.translation import override

from hopthu.care.access.package import PIECE, package
from hopthu.care.access.parts import NOT_OF_A_REPORT, OMISSIONS, PARTS, SECTIONS, told
from hopthu.care.inventory import KINDS
from hopthu.core.terms import Role, Step
from hopthu.outbox.following.things import Thing
from hopthu.people.actors import NEIGHBOUR
from hopthu.people.queries import actor
from hopthu.reports.actions import write_note
from hopthu.reports.actions.contacts import leave_contact
from hopthu.reports.actions.photos import add_upload
from hopthu.reports.models import Photo, Report
from hopthu.reports.photos import storage
from tests import followers, makers
from tests.makers import MONDAY
from tests.reports.photos.pictures import jpeg
from tools import privacy

ROOT = Path(__file__).resolve().parents[2]
LATER = MONDAY + timedelta(hours=1)


def about_a_report() -> set[str]:
    """Every field of the inventory that may say something about a report."""
    return {
        f"{model} {name}"
        for kind in KINDS
        for model, names in kind.fields.items()
        for name in names.split()
        if model not in NOT_OF_A_REPORT
    }


def pieces(report: Report, *, proof: str | None = None) -> Iterator[bytes]:
    return package(report.number, proof=proof, at=LATER)


def opened(report: Report, *, proof: str | None = None) -> ZipFile:
    zip_file = ZipFile(io.BytesIO(b"".join(pieces(report, proof=proof))))
    assert zip_file.testzip() is None
    return zip_file


def held(report: Report) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(opened(report).read("report.json"))
    return answer


def report_with_photos(count: int = 1, **more: Any) -> Report:
    tokens = tuple(add_upload(jpeg(), at=MONDAY).token for _ in range(count))
    return makers.make_report(uploads=tokens, **more)


@pytest.mark.django_db
def test_who_follows_the_report_is_not_told_to_its_sender(sealing: Path) -> None:
    report = makers.make_report(email="an@example.vn", language="vi")
    followers.begin()
    followers.follow(Thing(number=report.number), email="binh@example.vn")
    makers.take(report, Step.START, makers.make_officer())
    assert followers.tell() == 1
    assert [(one["topic"], one["seq"]) for one in held(report)["letters"]] == [
        ("report", 1),
        ("report", 2),
    ]


def test_every_field_about_a_report_is_told_or_left_out_with_a_reason() -> None:
    answered = [
        f"{one.model} {name}" for one in (*PARTS, *OMISSIONS) for name in one.fields.split()
    ]

    assert set(answered) == about_a_report()
    assert [one for one, times in Counter(answered).items() if times > 1] == []
    assert all(str(omission.why) for omission in OMISSIONS)
    assert {part.model for part in PARTS} == set(SECTIONS.values())


def test_the_document_is_the_list() -> None:
    assert (ROOT / "docs/access.md").read_text() == privacy.access_page()


@pytest.mark.django_db
def test_each_part_stands_in_the_file_under_its_own_name(city: None, sealing: Path) -> None:
    report = report_with_photos()
    leave_contact(report, email="lan@example.vn", language="vi")
    officer = makers.make_officer()
    write_note(report, text="Gọi thợ.", actor=actor(officer), at=MONDAY)
    makers.take(report, Step.ANSWER, officer, words="Thợ đến ngày mai.")

    told_of = held(report)

    assert list(told_of["report"]) == list(told(SECTIONS["report"]))
    assert {len(told_of[name]) for name in ("photos", "notes", "letters")} == {1}
    for section in ("events", "photos", "notes", "letters"):
        for row in told_of[section]:
            assert set(row) - {"file"} == set(told(SECTIONS[section])), section


@pytest.mark.django_db
def test_it_tells_words_steps_notes_and_photos_that_nobody_else_sees(city: None) -> None:
    report = report_with_photos(2, text="Cột đèn nghiêng.", landmark="Trước chợ")
    officer = makers.make_officer()
    write_note(report, text="Đã hẹn thợ.", actor=actor(officer), at=MONDAY)
    makers.take(report, Step.ASK, officer, words="Cột số mấy?")

    zip_file = opened(report, proof='{"a": 1}')

    told_of = json.loads(zip_file.read("report.json"))
    assert told_of["report"]["text"] == "Cột đèn nghiêng."
    assert (told_of["report"]["category"], told_of["report"]["area"]) == ("lamp", "east")
    assert [(row["kind"], row["words"]) for row in told_of["events"]] == [
        ("received", ""),
        ("ask", "Cột số mấy?"),
    ]
    assert [note["text"] for note in told_of["notes"]] == ["Đã hẹn thợ."]
    assert zip_file.read("proof.json") == b'{"a": 1}'
    assert [photo["state"] for photo in told_of["photos"]] == ["held", "held"]
    for row, photo in zip(told_of["photos"], Photo.objects.order_by("id"), strict=True):
        assert zip_file.read(row["file"]) == storage.path(photo.name, "large").read_bytes()


@pytest.mark.django_db
def test_nothing_of_others_is_in_it(city: None, sealing: Path) -> None:
    """Names of staff, the address itself, the code's fingerprint, another resident's report."""
    officer = makers.make_staff("khanhlinh", (Role.OFFICER, "works"))
    makers.make_report(text="Lời của người khác.")
    report = makers.make_report()
    leave_contact(report, email="lan@example.vn", language="vi")
    write_note(report, text="Một ghi chú.", actor=actor(officer), at=MONDAY)
    makers.take(report, Step.ASSIGN, officer, person=officer.pk)
    for _ in range(3):
        makers.take(report, Step.SUPPORT, NEIGHBOUR)

    zip_file = opened(report)
    whole = " ".join(zip_file.read(name).decode() for name in zip_file.namelist())

    for secret in ("khanhlinh", "Khanhlinh", "Lời của người khác", "lan@example", "argon2"):
        assert secret not in whole
    told_of = json.loads(zip_file.read("report.json"))
    assert (told_of["contact_held"], told_of["report"]["supports"]) == (True, 3)
    assert "support" not in {row["kind"] for row in told_of["events"]}


@pytest.mark.django_db
def test_what_was_covered_or_erased_shows_as_a_mark(city: None) -> None:
    moderator = makers.make_staff("mai", (Role.MODERATOR, None))
    covered = makers.make_report(text="Gọi 0912345678 nhé.")
    makers.take(covered, Step.REDACT, moderator, passage="0912345678", words="Số điện thoại.")

    told_of = held(covered)

    assert told_of["report"]["text"] == "Gọi █████ nhé."
    assert told_of["report"]["redacted"] is True
    assert told_of["events"][-1]["kind"] == "redact"
    assert told_of["events"][-1]["words"] == "Số điện thoại."


@pytest.mark.django_db
def test_a_photo_that_goes_in_this_very_moment_is_not_promised(city: None) -> None:
    report = report_with_photos(2)
    first, second = Photo.objects.order_by("id")

    stream = pieces(report)
    storage.delete(first.name)
    zip_file = ZipFile(io.BytesIO(b"".join(stream)))

    told_of = json.loads(zip_file.read("report.json"))
    assert [row["file"] for row in told_of["photos"]] == [None, "photos/2.webp"]
    assert "photos/1.webp" not in zip_file.namelist()
    assert zip_file.read("photos/2.webp") == storage.path(second.name, "large").read_bytes()


@pytest.mark.django_db
def test_it_is_never_whole_in_memory(city: None) -> None:
    report = report_with_photos()
    photo = Photo.objects.get()
    storage.path(photo.name, "large").write_bytes(b"x" * 20 * PIECE)

    longest = max(map(len, pieces(report)))

    assert PIECE <= longest < 2 * PIECE


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["vi", "en", "km"])
def test_the_readme_explains_every_part_in_the_readers_language(city: None, language: str) -> None:
    report = makers.make_report()
    with override(language):
        words = [str(part.what) for part in PARTS] + [str(one.why) for one in OMISSIONS]
        stream = pieces(report)
    readme = ZipFile(io.BytesIO(b"".join(stream))).read("README.txt").decode()

    in_one_line = "".join(readme.split())
    assert [one for one in words if "".join(one.split()) not in in_one_line] == []
    assert ("everything that the city holds" in readme) is (language == "en")
    assert max(map(len, readme.splitlines())) <= 400
