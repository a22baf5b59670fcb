"""Names of people in Vietnamese text: a form of address and capitalised words after it.

Vietnamese names its streets, markets and bridges after people as well ("đường Ông Ích Khiêm",
"chợ Bà Chiểu"), and addresses crowds ("bà con", "anh chị"): these are no person of today.
"""

import re
from collections.abc import Iterator
from itertools import takewhile

_ADDRESSED = re.compile(
    r"(?<!\w)(?P<title>(?i:ông|bà|anh|chị|cô|chú|bác|thầy))[ \u00a0]+"
    r"(?P<words>[^\W\d_]+(?:[ \u00a0]+[^\W\d_]+){0,3})"
)
_NOBODY = re.compile(
    r"(?:con|ngoại|nội|già|chủ|chị|em|ấy|ta|này|kia|bà|cô|chú|bác|thầy|giáo|sĩ|trưởng|phó|"
    r"ý|bỏ|quốc|hồ|rịa|nà|đen|chiểu|trưng|triệu|huyện|công an|cảnh sát|cán bộ|giám đốc|bí thư|"
    r"dân phòng|bảo vệ|tổ trưởng)(?!\w)",
    re.IGNORECASE,
)
"""After a form of address: crowds, offices and relatives, places and heroes of long ago."""
_PLACE_BEFORE = re.compile(
    r"(?:\d\w?|(?<!\w)(?:đường|phố|hẻm|ngõ|chợ|cầu|kênh|rạch|sông|ao|hồ|núi|đồi|chùa|đình|miếu|"
    r"đền|lăng|xã|phường|ấp|khóm|thôn|huyện|tỉnh|trường|thcs|thpt|công viên|tượng đài|hai|"
    r"nước|tiếng|vàm|xóm|bến|khu|cống|đập|vịnh|mũi|hòn|đảo))[ ,]*$",
    re.IGNORECASE,
)


def find_names(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each form of address with the name behind it."""
    for match in _ADDRESSED.finditer(text):
        words = list(takewhile(lambda word: word[0].isupper(), match["words"].split()))
        if not words or all(len(word) == 1 for word in words):
            continue
        start = match.start("words")
        if _NOBODY.match(text, start) or _is_place(text, match, len(words)):
            continue
        yield match.start(), _end_of(text, start, len(words))


def _is_place(text: str, match: re.Match[str], words: int) -> bool:
    """A capital "Bà" within a sentence is a part of a name, mostly of a place."""
    before = text[max(0, match.start() - 20) : match.start()]
    if _PLACE_BEFORE.search(before):
        return match["title"][0].isupper() or before.rstrip()[-1:].isalpha()
    goes_on = before.rstrip(" \u00a0")[-1:].isalpha()
    return goes_on and match["title"].istitle() and words == 1


def _end_of(text: str, start: int, words: int) -> int:
    found = re.compile(rf"(?:[^\W\d_]+[ \u00a0]*){{{words}}}").match(text, start)
    return start + len(found[0].rstrip()) if found else start
