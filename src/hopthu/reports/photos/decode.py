"""From a stranger's file to two clean pictures. Runs in the forks of the darkroom only.

The kind of file is told by its first bytes, never by its name, from a closed list; the number of
pixels is read from the header before anything is decoded. Faces are painted over before anything
is written anywhere. What is kept is drawn anew from pixels: no metadata, thumbnail, second picture
or trailing byte has a way into it.
"""

import io
from collections.abc import Sequence
from typing import Final

import pillow_heif
from PIL import Image, ImageCms, MpoImagePlugin, WebPImagePlugin

from hopthu.core.limits import MAX_PHOTO_BYTES, MAX_PHOTO_PIXELS
from hopthu.reports.photos.boxes import Box
from hopthu.reports.photos.errors import Broken, NotAPhoto, PhotoRefused, TooLarge, TooManyPixels
from hopthu.reports.photos.faces import find_faces
from hopthu.reports.photos.painting import paint_boxes, paint_faces
from hopthu.reports.photos.rendered import LARGE, SMALL, Rendered

QUALITY: Final = 80
METHOD: Final = 0
"""Effort of the WebP encoder, 0 to 6. One detailed photo of 2048 × 1536 at quality 80, libwebp 1.6,
CPU milliseconds, kilobytes and PSNR: method 0: 56, 290, 37.6 dB · 1: 73, 286, 37.6 · 2: 107, 304,
37.5 · 4: 230, 271, 37.5. More effort buys next to nothing here, and a resident waits for it."""

_WHITE: Final = (255, 255, 255)
_HEIF_BRANDS: Final = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
)
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""By EXIF orientation (Exif 2.32 §4.6.4, tag 0x0112): what makes the picture stand upright."""
_ORIENTATION: Final = 0x0112
_SRGB: Final = ImageCms.createProfile("sRGB")

_LATE: Final = (MpoImagePlugin, WebPImagePlugin)
"""Imported by name because Pillow would do it late, and a fork can open no more files."""

pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
Image.MAX_IMAGE_PIXELS = None  # `_open` counts them itself and refuses instead of warning


def rebuild(data: bytes) -> Rendered:
    """Two pictures drawn anew from the pixels of `data`. Raises a `PhotoRefused`."""
    try:
        return _rebuild(data)
    except PhotoRefused:
        raise
    except Exception as error:  # whatever a decoder makes of a broken file
        raise Broken from error


def paint(data: bytes, boxes: Sequence[Box]) -> Rendered:
    """A large picture of our own once more, with `boxes` painted over. Raises `Broken`."""
    try:
        picture = Image.open(io.BytesIO(data), formats=["WEBP"]).convert("RGB")
    except Exception as error:
        raise Broken from error
    paint_boxes(picture, boxes)
    return _rendered(picture, faces=None)


def _rebuild(data: bytes) -> Rendered:
    image = _open(data)
    orientation = _orientation(image)
    profile = image.info.get("icc_profile")
    image.draft(None, (LARGE, LARGE))  # a large JPEG is decoded at ½, ¼ or ⅛ where that is enough
    image.load()
    large = _upright(_srgb(_shrunk(_smooth(image), LARGE), profile), orientation)
    return _rendered(large, faces=_cover_faces(large))


def _cover_faces(picture: Image.Image) -> int | None:
    """Paint over the faces, and return how many there are; None where nobody could look for them.

    Whatever goes wrong here, the photo is kept: a moderator looks, who is told.
    """
    try:
        faces = find_faces(picture)
    except Exception:
        return None
    paint_faces(picture, faces)
    return len(faces)


def _rendered(large: Image.Image, *, faces: int | None) -> Rendered:
    """Both files of a picture in which everything is covered that has to be."""
    return Rendered(
        large=_webp(large),
        small=_webp(_shrunk(large, SMALL)),
        width=large.width,
        height=large.height,
        faces=faces,
    )


def _open(data: bytes) -> Image.Image:
    if len(data) > MAX_PHOTO_BYTES:
        raise TooLarge
    image = Image.open(io.BytesIO(data), formats=[_kind(data)])
    if image.width * image.height > MAX_PHOTO_PIXELS:
        raise TooManyPixels
    return image


def _kind(data: bytes) -> str:
    """Pillow's name of the format, told by the first bytes."""
    if data[:3] == b"\xff\xd8\xff":
        return "JPEG"
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        return "HEIF"
    raise NotAPhoto


def _orientation(image: Image.Image) -> int:
    """1 to 8; 1 where nothing is said, or nothing that can be read."""
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # a broken note about the photo does not break the photo
        return 1


def _smooth(image: Image.Image) -> Image.Image:
    """In a mode that can be resized: neither a palette nor 16 bits nor black-and-white."""
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode.startswith("I"):
        return image.point(lambda value: value / 256).convert("L")
    return image if image.mode in {"RGB", "CMYK", "L"} else image.convert("RGB")


def _shrunk(image: Image.Image, side: int) -> Image.Image:
    if max(image.size) <= side:
        return image
    scale = side / max(image.size)
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    return image.resize(size, Image.Resampling.BICUBIC, reducing_gap=1.1)


def _srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as every screen shows them, on white where the photo was transparent."""
    if image.mode == "RGBA":
        paper = Image.new("RGB", image.size, _WHITE)
        paper.paste(image, mask=image.getchannel("A"))
        image = paper
    if profile and b"sRGB" not in profile and "sRGB".encode("utf-16-be") not in profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            image = ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB") or image
        except (ImageCms.PyCMSError, OSError):
            pass  # a profile that does not fit its photo is dropped
    return image if image.mode == "RGB" else image.convert("RGB")


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    """`image` turned, on a fresh canvas that never knew the file."""
    turn = _TURNS.get(orientation)
    pixels = image if turn is None else image.transpose(turn)
    canvas = Image.new("RGB", pixels.size)
    canvas.paste(pixels)
    return canvas


def _webp(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "WEBP", quality=QUALITY, method=METHOD)
    return file.getvalue()
