"""An invented city and its invented reports, the same ones for the same seed.

python -m bench.seed city            sets the city up in the configured database
python -m bench.seed reports N SKIP  writes N Open311 rows (NDJSON) after the first SKIP, to be
                                     read by `hopthu import reports`
"""

import json
import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any, TextIO

SEED = 20_261_116
NEWEST = datetime(2026, 11, 1, tzinfo=UTC)
WEST, SOUTH, STEP = 106.0, 10.0, 0.02
COLUMNS, ROWS = 4, 3
"""Twelve square wards of about 2 km."""

GROUPS = {
    "land": ["land-use", "building"],
    "urban": ["road", "pavement", "drain", "lamp", "tree", "sign"],
    "environment": ["rubbish", "water", "smoke", "dead-animal"],
    "order": ["noise", "parking"],
}
CATEGORIES = [category for members in GROUPS.values() for category in members]
BODIES = ["works", "environment", "land", "police", "office"]

_WHAT = (
    "Đèn đường không sáng", "Ổ gà lớn giữa đường", "Nắp cống bị vỡ", "Rác chất thành đống",
    "Cây nghiêng sắp đổ", "Nước ngập sau mưa", "Dây điện thòng xuống thấp", "Vỉa hè bị lấn chiếm",
    "Khói đốt rác khét lẹt", "Loa kẹo kéo mở suốt đêm", "Biển báo bị che khuất", "Cống bốc mùi",
)  # fmt: skip
_WHERE = (
    "trước cổng trường tiểu học", "gần chợ", "đầu hẻm", "cạnh cầu sắt", "sau trạm y tế",
    "đối diện công viên", "ngay ngã tư", "dọc bờ kênh", "trước nhà văn hóa", "chân cầu vượt",
)  # fmt: skip
_MORE = (
    "Đã ba ngày nay chưa ai đến xem.", "Trẻ em đi học qua đây rất nguy hiểm.",
    "Tối qua đã có người té xe.", "Mong cơ quan sớm cho người xuống sửa.",
    "Bà con trong xóm ai cũng lo.", "Mỗi lần mưa lớn lại như vậy.", "Xe máy phải đi vòng qua lề.",
)  # fmt: skip
_RARE = ("sầu riêng", "ghe chở cát", "bến phà", "lò gạch", "vườn ươm", "tượng đài")
_ANSWER = "Đơn vị đã đến kiểm tra và xử lý xong. Cảm ơn ông/bà đã báo."


def rows() -> Iterator[dict[str, Any]]:
    """Reports without end, the oldest first over two years: 70 % closed, one in 500 rare."""
    dice = random.Random(SEED)  # noqa: S311  repeatable, not secret
    number = 0
    while True:
        number += 1
        at = NEWEST - timedelta(minutes=dice.randrange(2 * 365 * 24 * 60))
        text = f"{dice.choice(_WHAT)} {dice.choice(_WHERE)}, số {dice.randrange(400)}. "
        text += " ".join(dice.sample(_MORE, dice.randrange(1, 4)))
        if dice.random() < 0.002:
            text += f" Chỗ này gần {dice.choice(_RARE)}."
        closed = dice.random() < 0.7
        yield {
            "service_request_id": f"bench-{number}",
            "status": "closed" if closed else "open",
            "status_notes": _ANSWER if closed else "",
            "service_code": dice.choice(CATEGORIES),
            "description": text,
            "requested_datetime": at.isoformat(),
            "updated_datetime": (at + timedelta(hours=dice.randrange(1, 300))).isoformat(),
            "address": f"{dice.randrange(300)} đường số {dice.randrange(40)}",
            "lat": round(SOUTH + dice.random() * STEP * ROWS, 5),
            "long": round(WEST + dice.random() * STEP * COLUMNS, 5),
        }


def write_rows(file: TextIO, count: int, skip: int) -> None:
    for row in islice(rows(), skip, skip + count):
        file.write(json.dumps(row, ensure_ascii=False) + "\n")


def make_city() -> None:
    """Twelve wards, four groups of fourteen categories, five bodies."""
    import django

    django.setup()
    from hopthu.bodies import actions
    from hopthu.bodies.translated import Translated

    def name(words: str) -> Translated:
        return Translated(vi=words, en=words, km=words)

    actions.configure_city(
        name=name("Thành phố Đo"),
        kind=name("thành phố"),
        about=name("Để đo"),
        jurisdiction_id="bench.example",
        emergency_numbers=[{"number": "114", "name": name("Cứu hỏa")}],
    )
    for code, shape in _wards():
        actions.put_area(code, name=name(f"Phường {code[1:]}"), shape=shape)
    for body in BODIES:
        actions.put_body(body, name=name(f"Cơ quan {body}"), phone="0270 000 000")
    for group, members in GROUPS.items():
        actions.put_group(group, name=name(f"Nhóm {group}"), icon="road")
        for category in members:
            actions.put_category(category, group=group, name=name(f"Loại {category}"), icon="lamp")
    for body, group in zip(BODIES, GROUPS, strict=False):
        actions.put_rule(body=body, group=group)
    actions.put_rule(body=BODIES[-1])


def _wards() -> Iterator[tuple[str, dict[str, Any]]]:
    for column in range(COLUMNS):
        for row in range(ROWS):
            west, south = WEST + column * STEP, SOUTH + row * STEP
            east, north = west + STEP, south + STEP
            ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
            yield f"w{column}{row}", {"type": "Polygon", "coordinates": [ring]}


if __name__ == "__main__":
    if sys.argv[1] == "city":
        make_city()
    else:
        write_rows(sys.stdout, int(sys.argv[2]), int(sys.argv[3]))
