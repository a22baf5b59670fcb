"""QR codes are the ones that a whole encoder makes."""

import io
import re
from base64 import b64decode

import segno
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from hopthu.web.qr import qr

LINK = "https://hopthu.example.vn/follow#7KQ2-M9XD-1234567890123456"
texts = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=90)


def whole(text: str) -> list[bytes]:
    """Row by row, a byte for each module with the border around them: 1 is dark."""
    code = segno.make(text.encode(), mode="byte", error="m", micro=False, mask=3)
    return [bytes(row) for row in code.matrix_iter(border=4)]


def drawn(text: str) -> list[bytes]:
    """What a browser shows, read by somebody else's PNG decoder."""
    image = re.search(r'src="data:image/png;base64,([^"]+)"', qr(text))
    assert image
    picture = Image.open(io.BytesIO(b64decode(image[1])))
    picture.load()
    width, height = picture.size
    return [bytes(int(picture.getpixel((x, y)) == 0) for x in range(width)) for y in range(height)]


@given(texts)
def test_each_is_the_one_that_a_whole_encoder_makes(text: str) -> None:
    assert drawn(text) == whole(text)


def test_every_digit_of_a_code_counts() -> None:
    assert drawn(LINK) == whole(LINK)
    assert drawn(LINK[:-1] + "7") == whole(LINK[:-1] + "7") != drawn(LINK)


def test_its_size_is_told_before_it_is_loaded() -> None:
    side = len(whole(LINK))

    assert f'width="{side}" height="{side}"' in qr(LINK)
