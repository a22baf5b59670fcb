"""Faces are covered before anybody sees a photo, and before anything of it is on a disk."""

import hashlib
import io
import subprocess
import sys
import textwrap
import time
from functools import cache
from pathlib import Path

import pytest
from PIL import Image

from hopthu.reports.photos import faces
from hopthu.reports.photos.boxes import Box, Pixels
from hopthu.reports.photos.errors import Broken
from hopthu.reports.photos.pipeline import cover, render
from hopthu.reports.photos.rendered import Rendered, pack, unpack
from tests.reports.photos import pictures
from tests.reports.photos.pictures import saved

PEOPLE = Path(__file__).parent / "people"
MODEL = Path(faces.__file__).parent / "centerface"
FACE = Pixels(84, 42, 143, 121)
"""Where the face is in `astronaut.jpg`: from the hair to the chin, from cheek to cheek."""


@cache
def astronaut() -> Image.Image:
    """A portrait that NASA made (`people/README.md`)."""
    return Image.open(PEOPLE / "astronaut.jpg").convert("RGB")


def street(size: tuple[int, int] = (2048, 1536)) -> Image.Image:
    """Rough enough that nothing in it is flat, and no face."""
    return Image.effect_noise(size, 60).convert("RGB")


def with_faces(*places: tuple[int, int, int]) -> Image.Image:
    """A street with portraits in it: left, top, and how wide the face in it shall be."""
    picture = street()
    for left, top, width in places:
        scale = width / (FACE.right - FACE.left)
        portrait = astronaut().resize([round(side * scale) for side in astronaut().size])
        picture.paste(portrait, (left, top))
    return picture


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def is_flat(part: Image.Image) -> bool:
    return all(high - low <= 24 for low, high in part.getextrema())  # type: ignore[misc]


def middle(face: Pixels, scale: float = 1, left: int = 0, top: int = 0) -> tuple[int, ...]:
    """Eyes, nose and mouth."""
    box = (face.left + 4, face.top + 8, face.right - 4, face.bottom - 4)
    return tuple(round(edge * scale) + off for edge, off in zip(box, (left, top) * 2, strict=True))


def test_a_face_is_covered_in_both_pictures() -> None:
    portrait = astronaut()
    assert not is_flat(portrait.crop(middle(FACE)))  # type: ignore[arg-type]

    rendered = render(saved(portrait, "JPEG", quality=90))

    assert rendered.faces == 1
    for data in (rendered.large, rendered.small):
        seen = opened(data)
        assert seen.size == portrait.size
        assert is_flat(seen.crop(middle(FACE)))  # type: ignore[arg-type]
        assert not is_flat(seen.crop((0, 180, 240, 240))), "the rest is as it was"


@pytest.mark.parametrize("width", [24, 40, 90, 220, 480])
def test_faces_of_every_size_are_found(width: int) -> None:
    rendered = render(saved(with_faces((300, 100, width)), "JPEG", quality=90))

    scale = width / (FACE.right - FACE.left)
    assert rendered.faces == 1
    assert is_flat(opened(rendered.large).crop(middle(FACE, scale, 300, 100)))  # type: ignore[arg-type]


def test_several_faces_are_counted_once_each_wherever_windows_meet() -> None:
    places = [(0, 0, 60), (560, 500, 70), (1200, 300, 120), (1850, 1200, 40)]

    rendered = render(saved(with_faces(*places), "JPEG", quality=90))

    assert rendered.faces == len(places)


def test_a_turned_photo_is_turned_before_faces_are_looked_for() -> None:
    sent = saved(astronaut().rotate(90, expand=True), "JPEG", exif=pictures.exif(6))

    assert render(sent).faces == 1


@pytest.mark.parametrize("make", [pictures.jpeg, pictures.noise_jpeg, pictures.heic_with_metadata])
def test_where_nobody_is_nothing_is_covered(make: object) -> None:
    assert render(make()).faces == 0  # type: ignore[operator]


def test_a_twelve_megapixel_heic_is_ready_in_time() -> None:
    photo = saved(with_faces((900, 500, 80)).resize((4032, 3024)), "HEIF", quality=60)
    render(pictures.jpeg())  # the darkroom is there

    started = time.monotonic()
    rendered = render(photo)

    assert time.monotonic() - started < 6
    assert (rendered.width, rendered.faces) == (2048, 1)


BROKEN = """
    import io, sys
    from PIL import Image
    from hopthu.reports.photos import decode, faces
    {fault}
    photo = io.BytesIO()
    Image.new("RGB", (900, 700), "red").save(photo, "PNG")
    rendered = decode.rebuild(photo.getvalue())
    print(rendered.width, rendered.faces)
"""


@pytest.mark.parametrize(
    "fault",
    [
        "faces.MODEL = faces.MODEL.with_name('gone.onnx')",
        "faces.NEEDED = 1000",
        "faces._STEP = 1; faces._SIDE = 641",
    ],
)
def test_a_photo_is_kept_and_marked_where_faces_cannot_be_looked_for(fault: str) -> None:
    program = textwrap.dedent(BROKEN).format(fault=fault)

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert done.stdout.split() == ["900", "None"], done.stderr


def test_boxes_are_painted_into_both_pictures() -> None:
    before = render(saved(street((1000, 800)), "JPEG"))

    covered = cover(before.large, [Box(100, 100, 300, 200), Box(900, 900, 100, 100)])

    for data in (covered.large, covered.small):
        seen = opened(data)
        wide, high = seen.size
        assert is_flat(seen.crop((wide // 8, high // 8, wide * 3 // 8, high * 2 // 8)))
        assert is_flat(seen.crop((wide * 93 // 100, high * 93 // 100, wide, high)))
        assert not is_flat(seen.crop((wide // 2, 0, wide, high // 2)))
    assert (covered.width, covered.height) == (before.width, before.height)


def test_nothing_but_a_picture_of_our_own_is_painted() -> None:
    with pytest.raises(Broken):
        cover(pictures.jpeg(), [])


def test_how_many_faces_crosses_the_border_of_the_process() -> None:
    plain = render(pictures.jpeg())

    for found in (None, 0, 7):
        one = Rendered(plain.large, plain.small, plain.width, plain.height, found)
        assert unpack(pack(one)) == one


def test_the_web_process_loads_no_imaging_library_and_no_model() -> None:
    program = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "hopthu.project.settings"
import django; django.setup()
import hopthu.desk.urls, hopthu.public.urls
print({"PIL", "onnxruntime", "pillow_heif"} & set(sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert done.stdout.strip() == "set()", done.stderr


def test_the_model_is_the_reviewed_file() -> None:
    readme = (MODEL / "README.md").read_text()
    (model,) = MODEL.glob("*.onnx")

    assert hashlib.sha256(model.read_bytes()).hexdigest() in readme
    assert "MIT License" in (MODEL / "LICENSE").read_text()
