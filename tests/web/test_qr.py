"""QR codes are the ones that a whole encoder makes."""

import re

import segno
from hypothesis import given
from hypothesis import strategies as st

from hopthu.web.qr import modules, qr

LINK = "https://hopthu.example.vn/follow#7KQ2-M9XD-1234567890123456"
texts = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=90)


def whole(text: str) -> list[bytes]:
    code = segno.make(text.encode(), mode="byte", error="m", micro=False, mask=3)
    return [bytes(row) for row in code.matrix]


@given(texts)
def test_each_is_the_one_that_a_whole_encoder_makes(text: str) -> None:
    assert modules(text) == whole(text)


def test_every_digit_of_a_code_counts() -> None:
    assert modules(LINK) == whole(LINK)
    assert modules(LINK[:-1] + "7") == whole(LINK[:-1] + "7") != modules(LINK)


def test_it_is_drawn_as_it_is() -> None:
    drawn = str(qr(LINK))
    side = len(modules(LINK))

    assert f'viewBox="0 0 {side + 8} {side + 8}"' in drawn
    dark = set()
    for x, y, length in re.findall(r"M(\d+) (\d+)\.5h(\d+)", drawn):
        dark |= {(int(x) - 4 + step, int(y) - 4) for step in range(int(length))}
    assert dark == {(x, y) for y, row in enumerate(modules(LINK)) for x in range(side) if row[x]}
