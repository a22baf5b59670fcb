"""A moderator covers places of a photo: number plates, faces that the program missed."""

import hashlib
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from PIL import Image

from hopthu.core.terms import HideReason
from hopthu.people.models import Staff
from hopthu.reports.actions.photos import purge_uploads
from hopthu.reports.models import Photo, Report
from hopthu.reports.photos import storage
from hopthu.reports.photos.boxes import MAX_BOXES
from hopthu.reports.queries.disclosure import disclosed
from hopthu.reports.queries.reading import published_photo
from hopthu.web.marks import Marks, Tool
from tests.desk.browsing import english, html, page, report_with_photo, sign_in
from tests.makers import MONDAY
from tests.recorded import assert_open, entries, rule_of

LEFT_HALF = "0,0,500,1000"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.PHOTOS = tmp_path / "photos"
    return tmp_path / "photos"


def send(staff: Staff, photo: Photo, *boxes: str, decision: str = "publish", **more: str) -> Any:
    photo.refresh_from_db()
    data = {"photo": photo.name, "state": photo.state, "decision": decision, "box": list(boxes)}
    return sign_in(staff).post("/desk/photos", data | more)


def picture(name: str, size: storage.Size = "large") -> Image.Image:
    with storage.open_photo(name, size) as file:
        return Image.open(io.BytesIO(file.read())).convert("RGB")


def is_flat(part: Image.Image) -> bool:
    bands: Any = part.getextrema()
    return all(high - low <= 12 for low, high in bands)


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


def commits(report: Report) -> list[str]:
    return [one.type for one in entries(report)]


def test_what_was_marked_is_painted_over_and_everybody_sees_the_rest(
    dung: Staff, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    report, photo = report_with_photo()
    before = photo.name

    with django_capture_on_commit_callbacks(execute=True):
        # The middle of the photo is where red meets blue.
        assert send(dung, photo, "250,0,500,1000").status_code == 302

    photo.refresh_from_db()
    assert (photo.state, published_photo(photo.name)) == ("published", photo)
    for size in storage.SIZES:
        covered = picture(photo.name, size)
        assert is_flat(covered.crop((20, 4, 44, 44)))
        assert covered.getpixel((4, 24)) != covered.getpixel((60, 24)), "the rest is as it was"
    assert files(folder) == {f"{photo.name}-{size}.webp" for size in storage.SIZES}
    assert before != photo.name, "no browser shows a kept picture under the same address"
    assert Photo.objects.count() == 1
    assert commits(report) == ["received", "photo.replaced"]


def test_the_record_commits_to_the_covered_bytes_and_to_nothing_before(dung: Staff) -> None:
    report, photo = report_with_photo()
    send(dung, photo)
    shown = disclosed(report.number).values[f"photo.{photo.pk}"]

    send(dung, photo, LEFT_HALF)

    photo.refresh_from_db()
    told = disclosed(report.number).values
    with storage.open_photo(photo.name, "large") as file:
        sha256 = hashlib.sha256(file.read()).hexdigest()
    value = told[f"photo.{photo.pk}"]["value"]
    assert value == {"sha256": sha256, "width": 64, "height": 48}
    assert value != shown["value"]
    assert commits(report) == ["received", "photo.published", "photo.replaced"]
    assert_open(told, rule_of(report))
    assert set(told) == rule_of(report).owed
    assert f"photo.{photo.pk}" not in report.events.get(seq=2).salts


def test_the_public_is_told_that_a_part_was_covered(dung: Staff) -> None:
    report, photo = report_with_photo()
    send(dung, photo, LEFT_HALF)

    seen = page(english().get(reverse("public:report", args=[report.number])))

    assert "A part of a photo was covered" in seen


def test_a_withheld_photo_is_shown_once_it_is_covered(dung: Staff) -> None:
    report, photo = report_with_photo()
    send(dung, photo)
    send(dung, photo, decision="withhold", reason=HideReason.PERSONAL_DATA)

    send(dung, photo, LEFT_HALF)

    photo.refresh_from_db()
    assert (photo.state, photo.reason) == ("published", "")
    assert set(disclosed(report.number).values) == rule_of(report).owed


def test_the_old_files_go_even_if_the_process_is_killed_in_between(
    dung: Staff, folder: Path
) -> None:
    _report, photo = report_with_photo()
    before = photo.name

    send(dung, photo, LEFT_HALF)  # in a test's transaction nothing that follows a commit is done

    assert f"{before}-large.webp" in files(folder)
    assert purge_uploads(at=MONDAY + timedelta(hours=1)) == 1
    photo.refresh_from_db()
    assert files(folder) == {f"{photo.name}-{size}.webp" for size in storage.SIZES}


def test_who_comes_second_covers_nothing_and_leaves_nothing(dung: Staff, folder: Path) -> None:
    _report, photo = report_with_photo()
    stale = {"photo": photo.name, "state": "held", "decision": "publish", "box": [LEFT_HALF]}
    send(dung, photo)
    client = sign_in(dung)

    client.post("/desk/photos", stale)

    assert "Somebody else has decided about that photo already." in page(client.get("/desk/photos"))
    photo.refresh_from_db()
    assert files(folder) == {f"{photo.name}-{size}.webp" for size in storage.SIZES}
    assert Photo.objects.count() == 1


@pytest.mark.parametrize(
    "box", ["", "x", "1,2,3", "0,0,0,10", "900,0,200,10", "-1,0,10,10", "0,0,1001,1", "١,0,9,9,9"]
)
def test_a_box_that_no_page_sends_covers_and_shows_nothing(dung: Staff, box: str) -> None:
    _report, photo = report_with_photo()

    response = send(dung, photo, LEFT_HALF, box)

    photo.refresh_from_db()
    assert (response.status_code, photo.state) == (422, "held")
    assert "The marked places could not be read." in page(response)


def test_more_boxes_than_anybody_draws_are_refused(dung: Staff) -> None:
    _report, photo = report_with_photo()

    response = send(dung, photo, *(f"{left},0,1,1" for left in range(151)))

    assert response.status_code == 422


def test_a_shown_photo_is_not_covered_with_nothing(dung: Staff) -> None:
    report, photo = report_with_photo()
    send(dung, photo)

    response = send(dung, photo)

    assert response.status_code == 422
    assert "Mark what has to be covered." in page(response)
    assert commits(report) == ["received", "photo.published"]


def test_marks_stay_while_a_reason_is_missing(dung: Staff) -> None:
    _report, photo = report_with_photo()

    response = send(dung, photo, "12,34,56,78", "0,0,83,111", decision="withhold")

    assert response.status_code == 422
    text = html(response)
    assert '<input type="hidden" form="decide" name="box" value="12,34,56,78">' in text
    ticked = [one for one in text.split("<input") if 'value="0,0,83,111"' in one]
    assert ["checked" in one for one in ticked] == [True]


@pytest.mark.parametrize(
    ("width", "height", "rows", "columns"),
    [(64, 48, 9, 12), (1536, 2048, 12, 9), (2048, 2048, 12, 12), (2048, 90, 1, 12)],
)
def test_the_squares_of_the_grid_cover_the_whole_photo(
    width: int, height: int, rows: int, columns: int
) -> None:
    grid = Tool("", width, height).rows()
    cells = [cell.box for row in grid for cell in row]

    assert [len(row) for row in grid] == [columns] * rows
    assert sum(box.width * box.height for box in cells) == 1000 * 1000
    assert len(cells) <= MAX_BOXES
    assert Tool("", width, height, Marks(tuple(cells))).drawn() == []


@pytest.mark.parametrize(
    ("faces", "said"),
    [
        (None, "The program could not look for faces in this photo"),
        (0, "The program found no face."),
        (1, "The program covered 1 face."),
        (3, "The program covered 3 faces."),
    ],
)
def test_the_moderator_is_told_what_the_program_did(
    dung: Staff, faces: int | None, said: str
) -> None:
    report_with_photo()
    Photo.objects.update(faces=faces)

    assert said in page(sign_in(dung).get("/desk/photos"))


def test_where_faces_could_not_be_looked_for_a_moderator_is_first(dung: Staff, an: Staff) -> None:
    report, photo = report_with_photo()
    Photo.objects.update(faces=None)
    address = f"/desk/photos/{photo.name}"

    assert sign_in(an).get(address).status_code == 404
    assert address not in html(sign_in(an).get(f"/desk/reports/{report.number}"))
    assert sign_in(dung).get(address).status_code == 200
    send(dung, photo)
    assert sign_in(an).get(address).status_code == 200


def test_an_office_sees_the_photos_of_its_private_reports_in_any_case(an: Staff) -> None:
    _report, photo = report_with_photo(private=True)
    Photo.objects.update(faces=None)

    assert sign_in(an).get(f"/desk/photos/{photo.name}").status_code == 200


def test_only_a_moderator_covers(an: Staff) -> None:
    _report, photo = report_with_photo()

    assert send(an, photo, LEFT_HALF).status_code == 403
