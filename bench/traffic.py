"""The requests that are measured, as the bytes that a browser would send."""

import io
import random
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

from PIL import Image

from bench.load import FRESH
from bench.seed import CATEGORIES, SEED, SOUTH, STEP, WEST
from hopthu.core.codes import format_number

PHOTO_SIZE: Final = 300_000
BOUNDARY: Final = "bench-0123456789"


@dataclass(frozen=True)
class Scenario:
    name: str
    requests: list[bytes]
    expect: bytes
    floor: list[bytes]
    """What the floor is sent for comparison."""
    writes: bool = False


def scenarios(port: int, numbers: list[str]) -> list[Scenario]:
    """All of them, for a server on `port` that has public reports with these `numbers`."""
    plain, photo = _receive(port, None), _receive(port, phone_photo())
    return [
        Scenario("receive", plain, b'id="report-id"', plain, writes=True),
        Scenario("receive with photo", photo, b'id="report-id"', photo, writes=True),
        Scenario("report page", _pages(port, numbers), b"</html>", _pages(port, numbers)),
        Scenario("list with filter", _lists(port), b"</html>", _lists(port)),
        Scenario("search", _searches(port), b"</html>", _searches(port)),
    ]


def get(port: int, path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode()


def _receive(port: int, photo: bytes | None) -> list[bytes]:
    """The last POST of the form, complete in itself; with a photo as without JavaScript."""
    dice = random.Random(SEED)  # noqa: S311  repeatable, not secret
    return [_last_post(port, fields, photo) for fields in (_fields(dice) for _ in range(16))]


def _fields(dice: random.Random) -> dict[str, str]:
    return {
        "page": "check",
        "submission": FRESH.decode(),
        "category": dice.choice(CATEGORIES),
        "lat": f"{SOUTH + dice.random() * STEP * 3:.5f}",
        "lon": f"{WEST + dice.random() * STEP * 4:.5f}",
        "landmark": "Gần cổng trường, đối diện chợ",
        "text": "Đèn đường trước nhà tôi không sáng đã ba đêm nay, trẻ em đi học về rất nguy hiểm. "
        f"Mong cơ quan sớm cho người xuống sửa. Trụ số {dice.randrange(1000)}.",
        "seen": "1",
    }


def _last_post(port: int, fields: dict[str, str], photo: bytes | None) -> bytes:
    if photo is None:
        body, kind = urlencode(fields).encode(), "application/x-www-form-urlencoded"
    else:
        body, kind = _multipart(fields, photo), f"multipart/form-data; boundary={BOUNDARY}"
    head = (
        f"POST /report/new HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Type: {kind}\r\n"
        f"Content-Length: {len(body)}\r\nSec-Fetch-Site: same-origin\r\n\r\n"
    )
    return head.encode() + body


def _multipart(fields: dict[str, str], photo: bytes) -> bytes:
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    file = 'Content-Disposition: form-data; name="photo"; filename="IMG_1.jpg"'
    parts.append(f"--{BOUNDARY}\r\n{file}\r\nContent-Type: image/jpeg\r\n\r\n".encode())
    return b"".join([*parts, photo, f"\r\n--{BOUNDARY}--\r\n".encode()])


def _pages(port: int, numbers: list[str]) -> list[bytes]:
    return [get(port, f"/reports/{format_number(number)}") for number in numbers]


def _lists(port: int) -> list[bytes]:
    """One filter, two and three: what a resident looks for in a ward."""
    paths = []
    for place, category in enumerate(CATEGORIES):
        area = f"w{place % 4}{place % 3}"
        paths += [
            f"/reports?category={category}",
            f"/reports?area={area}&status=open",
            f"/reports?category={category}&area={area}&status={('done', 'answered')[place % 2]}",
        ]
    return [get(port, path) for path in paths]


def _searches(port: int) -> list[bytes]:
    """Common words and rare ones, several words, a short word, without accents, and nothing."""
    words = ("đèn đường", "sầu riêng", "nap cong truong", "xe", "ghe cho cat", "ngập cầu sắt mưa")
    return [get(port, f"/reports?q={quote(text)}") for text in (*words, "không có gì như vậy")]


def phone_photo() -> bytes:
    """A photo as the form's own script sends it: 2048 × 1536, about 300 kB, full of detail."""
    dice = random.Random(SEED)  # noqa: S311  repeatable, not secret
    picture = Image.new("RGB", (2048, 1536), (120, 120, 110))
    for columns, share in ((8, 0.5), (32, 0.4), (128, 0.3), (512, 0.15)):
        rows = columns * 3 // 4
        noise = Image.frombytes("RGB", (columns, rows), dice.randbytes(columns * rows * 3))
        layer = noise.resize(picture.size, Image.Resampling.BICUBIC)
        picture = Image.blend(picture, layer, share)
    sizes = {quality: _jpeg(picture, quality) for quality in range(30, 95, 5)}
    return min(sizes.values(), key=lambda data: abs(len(data) - PHOTO_SIZE))


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=quality)
    return file.getvalue()
