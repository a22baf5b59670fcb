"""What becomes of a photo that somebody sends."""

import io
import os
import re
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from hopthu.core.limits import MAX_PHOTO_BYTES
from hopthu.reports.photos import pipeline
from hopthu.reports.photos.errors import (
    Broken,
    NotAPhoto,
    PhotoRefused,
    TookTooLong,
    TooLarge,
    TooManyPixels,
)
from hopthu.reports.photos.pipeline import render
from hopthu.reports.photos.rendered import Rendered, pack, unpack
from tests.reports.photos import pictures
from tests.reports.photos.pictures import BLUE, GREEN, RED, SECRET, WHITE, exif, saved


def opened(rendered: Rendered) -> Image.Image:
    return Image.open(io.BytesIO(rendered.large)).convert("RGB")


def about(picture: Image.Image, at: tuple[int, int], colour: tuple[int, int, int]) -> bool:
    seen = picture.getpixel(at)
    assert isinstance(seen, tuple)
    return all(abs(one - other) < 25 for one, other in zip(seen, colour, strict=True))


def test_a_photo_comes_back_as_two_webp_files() -> None:
    rendered = render(pictures.jpeg((3000, 1500)))

    large = Image.open(io.BytesIO(rendered.large))
    small = Image.open(io.BytesIO(rendered.small))
    assert (large.format, large.size, small.format, small.size) == (
        "WEBP",
        (2048, 1024),
        "WEBP",
        (480, 240),
    )
    assert (rendered.width, rendered.height) == (2048, 1024)


def test_a_small_photo_keeps_its_size() -> None:
    rendered = render(pictures.jpeg((300, 200)))

    assert (rendered.width, rendered.height) == (300, 200)
    assert Image.open(io.BytesIO(rendered.small)).size == (300, 200)


@pytest.mark.parametrize(
    "make",
    [
        pictures.jpeg_with_metadata,
        pictures.png_with_metadata,
        pictures.webp_with_metadata,
        pictures.heic_with_metadata,
    ],
)
def test_nothing_survives_but_the_picture(make: Callable[[], bytes]) -> None:
    sent = make()
    assert SECRET.encode() in sent
    assert Image.open(io.BytesIO(sent)).getexif().get_ifd(0x8825), "no place was planted"

    rendered = render(sent)

    for data in (rendered.large, rendered.small):
        assert SECRET.encode() not in data
        kept = Image.open(io.BytesIO(data))
        assert not kept.getexif()
        assert not {"exif", "xmp", "icc_profile"} & set(kept.info)
    assert about(opened(rendered), (10, 24), RED)
    assert about(opened(rendered), (54, 24), BLUE)


@pytest.mark.parametrize(
    ("orientation", "size", "red_at"),
    [
        (1, (64, 48), (8, 24)),
        (2, (64, 48), (56, 24)),
        (3, (64, 48), (56, 24)),
        (4, (64, 48), (8, 24)),
        (5, (48, 64), (24, 8)),
        (6, (48, 64), (24, 8)),
        (7, (48, 64), (24, 56)),
        (8, (48, 64), (24, 56)),
        (9, (64, 48), (8, 24)),
    ],
)
def test_a_turned_photo_stands_upright(
    orientation: int, size: tuple[int, int], red_at: tuple[int, int]
) -> None:
    rendered = render(saved(pictures.halves(), "JPEG", quality=95, exif=exif(orientation)))

    assert (rendered.width, rendered.height) == size
    assert about(opened(rendered), red_at, RED)


def test_a_turned_heic_is_turned_once() -> None:
    rendered = render(saved(pictures.halves(), "HEIF", exif=exif(6).tobytes()))

    assert (rendered.width, rendered.height) == (48, 64)
    assert about(opened(rendered), (24, 8), RED)


def test_bytes_behind_the_picture_are_left_behind() -> None:
    rendered = render(pictures.jpeg() + pictures.archive())

    for data in (rendered.large, rendered.small):
        assert b"PK\x03\x04" not in data
        assert SECRET.encode() not in data


def test_unusual_colours_become_usual_ones() -> None:
    deep = Image.new("I;16", (64, 48), 0x8000)
    grey = (128, 128, 128)
    cyan = saved(pictures.image(colour=(255, 0, 0, 0), mode="CMYK"), "JPEG", quality=95)

    assert about(opened(render(saved(deep, "PNG"))), (9, 9), grey)
    assert about(opened(render(cyan)), (9, 9), (0, 255, 255))
    assert about(opened(render(saved(pictures.image(colour=1, mode="1"), "PNG"))), (9, 9), WHITE)
    assert render(pictures.display_p3_like())


def test_what_was_transparent_is_white() -> None:
    palette = pictures.image(colour=0, mode="P")
    palette.putpalette([*RED, *GREEN])
    palette.paste(1, (32, 0, 64, 48))
    clear = pictures.image(colour=(*RED, 0), mode="RGBA")

    rendered = opened(render(saved(palette, "PNG", transparency=0)))

    assert about(rendered, (10, 24), WHITE)
    assert about(rendered, (54, 24), GREEN)
    assert about(opened(render(saved(clear, "WEBP", lossless=True))), (9, 9), WHITE)


def test_of_several_pictures_the_first_is_kept() -> None:
    red, blue = pictures.image(), pictures.image(colour=BLUE)
    moving = saved(red, "WEBP", save_all=True, append_images=[blue], duration=100, quality=90)
    multi = saved(red, "MPO", save_all=True, append_images=[blue])

    for sent in (moving, multi):
        rendered = render(sent)
        assert about(opened(rendered), (9, 9), RED)
        assert b"ANIM" not in rendered.large


@pytest.mark.parametrize(
    ("sent", "refusal"),
    [
        (b"", NotAPhoto),
        (b" ", NotAPhoto),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', NotAPhoto),
        (b"%PDF-1.7 ...", NotAPhoto),
        (pictures.archive(), NotAPhoto),
        (saved(pictures.image(), "TIFF"), NotAPhoto),
        (saved(pictures.image(), "BMP"), NotAPhoto),
        (saved(pictures.image(), "GIF"), NotAPhoto),
        (b"\xff\xd8\xff" + b"rubbish" * 9, Broken),
        (b"\x89PNG\r\n\x1a\n" + b"rubbish" * 9, Broken),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", Broken),
        (b"\x00\x00\x00\x18ftypheic" + b"rubbish" * 9, Broken),
        (pictures.jpeg((640, 480))[:2000], Broken),
        (saved(pictures.halves((640, 480)), "PNG")[:-90], Broken),
        (saved(pictures.halves((640, 480)), "WEBP")[:-200], Broken),
        (saved(pictures.halves((640, 480)), "HEIF")[:-200], Broken),
        (bytes(MAX_PHOTO_BYTES + 1), TooLarge),
    ],
)
def test_what_is_no_photo_is_refused_with_the_reason(
    sent: bytes, refusal: type[PhotoRefused]
) -> None:
    with pytest.raises(refusal):
        render(sent)


def test_a_bomb_of_pixels_is_refused_by_its_header() -> None:
    bomb = pictures.png_bomb(30_000)
    assert len(bomb) < 1_000_000
    render(pictures.jpeg())  # the darkroom is there

    started = time.monotonic()
    with pytest.raises(TooManyPixels):
        render(bomb)
    assert time.monotonic() - started < 2


def test_a_bomb_of_time_is_stopped_and_the_next_photo_goes_through() -> None:
    bomb = pictures.time_bomb()
    assert len(bomb) < 400_000

    with pytest.raises(TookTooLong):
        render(bomb)

    assert render(pictures.jpeg())


def test_a_killed_darkroom_is_opened_again() -> None:
    render(pictures.jpeg())
    assert pipeline._darkroom is not None
    pipeline._darkroom.process.kill()

    assert render(pictures.jpeg())


def test_the_darkroom_knows_nothing_of_the_city(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOPTHU_DATABASE_URL", "postgresql://user:password@host/db")
    render(pictures.jpeg())
    assert pipeline._darkroom is not None
    process = Path("/proc", str(pipeline._darkroom.process.pid))

    assert b"HOPTHU" not in (process / "environ").read_bytes()
    loaded = (process / "maps").read_text()
    assert "sqlite" not in loaded
    assert "psycopg" not in loaded


def test_the_darkroom_dies_with_a_killed_parent() -> None:
    program = textwrap.dedent("""
        import io, os, signal
        from PIL import Image
        from hopthu.reports.photos import pipeline
        photo = io.BytesIO()
        Image.new("RGB", (9, 9)).save(photo, "PNG")
        pipeline.render(photo.getvalue())
        print(pipeline._darkroom.process.pid, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    """)
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert ended.returncode == -signal.SIGKILL
    darkroom = int(re.findall(r"\d+", ended.stdout)[0])

    for _ in range(100):
        try:
            os.kill(darkroom, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("it lives on")


def test_an_answer_that_no_honest_decoder_gives_is_refused() -> None:
    honest = render(pictures.jpeg())
    smuggled = Image.open(io.BytesIO(honest.small))
    with_notes = saved(smuggled, "WEBP", exif=exif())

    for large in (with_notes, honest.large + b"PK", b"<svg/>", saved(smuggled, "PNG")):
        with pytest.raises(Broken):
            unpack(pack(Rendered(large, honest.small, honest.width, honest.height)))
    assert unpack(pack(honest)) == honest
    assert unpack(pack(honest)[:-1]) is None
    assert unpack(b"") is None
    with pytest.raises(Broken):
        unpack(b"\x63" + bytes(20))
