"""Files that people send as photos, made here byte by byte: good ones, broken ones, bombs."""

import io
import struct
import zipfile
import zlib
from typing import Any

import pillow_heif
from PIL import Image, ImageCms, PngImagePlugin

pillow_heif.register_heif_opener()

SECRET = "SECRET-0912345678"
RED, GREEN, BLUE, WHITE = (200, 30, 30), (30, 160, 60), (30, 60, 200), (255, 255, 255)


def image(size: tuple[int, int] = (64, 48), colour: Any = RED, mode: str = "RGB") -> Image.Image:
    return Image.new(mode, size, colour)


def halves(size: tuple[int, int] = (64, 48)) -> Image.Image:
    """Red on the left, blue on the right: one sees how it was turned."""
    picture = image(size)
    picture.paste(BLUE, (size[0] // 2, 0, *size))
    return picture


def saved(picture: Image.Image, kind: str, **options: Any) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """Where it was taken, by whom, and which way up: what a phone writes into its photos."""
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x010E] = SECRET  # ImageDescription
    tags[0x8825] = {1: "N", 2: (10.0, 15.0, 30.0), 3: "E", 4: (105.0, 58.0, 20.0), 29: SECRET}
    return tags


def jpeg(size: tuple[int, int] = (64, 48)) -> bytes:
    return saved(halves(size), "JPEG", quality=90)


def noise_jpeg() -> bytes:
    """A photo that no other file is like, in any part of it."""
    return saved(Image.effect_noise((200, 150), 80).convert("RGB"), "JPEG")


def jpeg_with_metadata() -> bytes:
    return saved(halves(), "JPEG", exif=exif(), comment=SECRET, xmp=f"<x>{SECRET}</x>".encode())


def png_with_metadata() -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", SECRET)
    notes.add_itxt("XML:com.adobe.xmp", SECRET)
    return saved(halves(), "PNG", pnginfo=notes, exif=exif())


def webp_with_metadata() -> bytes:
    return saved(halves(), "WEBP", exif=exif(), xmp=f"<x>{SECRET}</x>".encode())


def heic_with_metadata() -> bytes:
    return saved(halves(), "HEIF", exif=exif().tobytes(), xmp=f"<x>{SECRET}</x>".encode())


def display_p3_like() -> bytes:
    """A profile that is not sRGB, as phones with wide colours write it."""
    return saved(
        image(colour=(120, 60, 200)),
        "JPEG",
        quality=95,
        icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes(),
    )


def archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("secret.txt", SECRET)
    return file.getvalue()


def png_bomb(side: int = 30_000) -> bytes:
    """A black square of `side` pixels: a few kilobytes here, gigabytes in memory."""
    rows = zlib.compressobj(9)
    row = bytes(1 + side // 8)
    data = b"".join(rows.compress(row) for _ in range(side)) + rows.flush()
    head = struct.pack("!IIBBBBB", side, side, 1, 0, 0, 0, 0)
    chunks = (b"IHDR" + head, b"IDAT" + data, b"IEND")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack("!I", len(chunk) - 4) + chunk + struct.pack("!I", zlib.crc32(chunk))
        for chunk in chunks
    )


def time_bomb() -> bytes:
    """A small JPEG within every limit of size, whose last scan is written 3,000 times over.

    Each scan is 59 bytes long and makes a decoder walk through all 36 Mpx again.
    """
    honest = saved(image((6_000, 6_000), 128, "L"), "JPEG", progressive=True)
    last_scan, end = honest[honest.rindex(b"\xff\xda") : -2], honest[-2:]
    return honest[:-2] + last_scan * 3_000 + end
