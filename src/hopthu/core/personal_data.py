"""Personal data in free text, as it is written in Viet Nam, pointed out before a report is sent.

A hint and no judge: the sender decides. It prefers to miss a few over crying wolf, so house
numbers, dates, sums, dossier numbers and hotlines (1800, 1900, 113) are left in peace. Names are
found by `hopthu.core.personal_names`.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from hopthu.core.digits import ascii_digits
from hopthu.core.personal_names import find_names


class Spot(NamedTuple):
    """`text[start:end]` looks like personal data."""

    start: int
    end: int
    kind: str
    """phone, email, identity_number, number_plate, bank_account or name."""


def spot_personal_data(text: str) -> list[Spot]:
    """What looks like personal data in a text that was cleaned, in order, without overlap.

    Where two kinds fit the same letters, the more certain one is told.
    """
    # One digit for another, so that every position stays what it was.
    plain = ascii_digits(text)
    spots: list[Spot] = []
    for kind, find in _KINDS.items():
        for start, end in find(plain):
            if all(end <= other.start or other.end <= start for other in spots):
                spots.append(Spot(start, end, kind))
    return sorted(spots)


_GAP = r"[ .\u00a0-]?"
_NOT_WITHIN = r"(?<![\dA-Z])(?:(?<!\d[-./,])|(?<=\d{9}[-./,]))"
"""Neither a dossier number nor a sum goes before; another telephone number may."""
_NOT_GOING_ON = rf"(?!{_GAP}\d)(?!/\w)"

_EMAIL = re.compile(
    r"(?<![\w.+-])[a-z0-9][\w.+-]{0,62}@(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24}(?!\w)",
    re.IGNORECASE | re.ASCII,
)

_MOBILE = rf"(?:0|(?:\+|00)?84{_GAP}|\(\+?84\){_GAP}0?)[35789](?:{_GAP}\d){{8}}"
_LANDLINE = rf"(?:\((?:0|\+?84{_GAP})2\d{{1,2}}\)|(?:0|\+84{_GAP})2\d)(?:{_GAP}\d){{7,8}}"
_PHONE = re.compile(
    rf"(?:{_NOT_WITHIN}|(?<=ĐT)|(?<=DT)|(?<=TEL))(?:{_MOBILE}|{_LANDLINE})(?!\d)(?!/(?!0\d{{8}})\w)"
)
"""Mobile: 03 05 07 08 09 and eight more digits; landline: 02 and nine more (the numbering plan of
Circular 22/2014/TT-BTTTT with the area codes of 2017)."""
_PHONE_LABEL = re.compile(r"(?:đt|dt|điện thoại|gọi|hotline|zalo|tel|phone)\W{0,4}$", re.IGNORECASE)
_OTHER_NUMBER = re.compile(
    r"(?<!\w)(?:mst|mã số thuế|mã số|mã hs|mã kh|mã khách hàng|hồ sơ|biên nhận|hợp đồng|hóa đơn|"
    r"hoá đơn|công tơ|đồng hồ(?: điện| nước)?|danh bộ|seri|serial|công văn|quyết định|phản ánh)"
    r"(?: số)?(?: là)?[ :.#]{0,3}$",
    re.IGNORECASE,
)
"""What is said right before a number that is nobody's telephone."""

_CITIZEN = re.compile(rf"{_NOT_WITHIN}0\d{{2}}{_GAP}[0-3](?:{_GAP}\d){{8}}{_NOT_GOING_ON}")
"""Twelve digits: province 001-096, sex and century, year of birth, six more (Circular
59/2021/TT-BCA, art. 4 and annex)."""
_LABELLED_IDENTITY = re.compile(
    r"(?<!\w)(?:cccd|cmnd|cmt|căn cước(?: công dân)?|chứng minh(?: nhân dân| thư)?|"
    r"định danh(?: cá nhân)?|hộ chiếu|passport)(?: số)?[ :.]{0,3}"
    rf"(?P<number>[A-Z]?\d(?:{_GAP}\d){{6,11}})(?!\d)",
    re.IGNORECASE,
)

_PLATE = re.compile(
    r"(?<![\w/])(?<!\d[-.])[1-9]\d[ -]?(?P<series>[A-ZĐ]{1,2}|[A-ZĐ]\d)(?P<gap> ?- ?|[ .])?"
    r"(?P<rest>\d{3}\.\d{2}|\d{4,5})(?![\w/])(?![.,-]\d)",
    re.IGNORECASE,
)
"""Province 11-99, series, four or (since 2010) five digits (Circular 79/2024/TT-BCA, annex)."""
_PLATE_LABEL = re.compile(
    r"(?<!\w)(?:xe|biển|bks|bs|ô tô)(?: số| máy| hơi| tải| mang| có| biển| kiểm soát)*[ :.]{0,3}$",
    re.IGNORECASE,
)

_ACCOUNT = re.compile(
    r"(?<!\w)(?:stk|tài khoản|số tk|tk|account|vietcombank|vcb|vietinbank|agribank|bidv|"
    r"techcombank|tcb|mb ?bank|acb|sacombank|vpbank|tpbank|hdbank|vib|shb|ocb|msb|momo)(?!\w)"
    rf"(?P<between>[^\d\n]{{0,30}})"
    r"(?P<number>\d{8,19}|\d{3,6}(?:[ .-]\d{3,6}){1,4}(?:[ .-]\d\d)?)"
    rf"{_NOT_GOING_ON}(?! ?(?:đ|vnd|triệu|tr)(?:\w|\b))",
    re.IGNORECASE,
)
_SUM = re.compile(r"\d{1,3}(?:\.\d{3})+")


def _emails(text: str) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in _EMAIL.finditer(text))


def _accounts(text: str) -> Iterator[tuple[int, int]]:
    for match in _ACCOUNT.finditer(text):
        is_sum = _SUM.fullmatch(match["number"])
        if not is_sum and not _PHONE_LABEL.search(match["between"]):
            yield match.span("number")


def _identity_numbers(text: str) -> Iterator[tuple[int, int]]:
    yield from (match.span("number") for match in _LABELLED_IDENTITY.finditer(text))
    for match in _CITIZEN.finditer(text):
        if 1 <= int(match[0][:3]) <= 96 and not _is_labelled(_OTHER_NUMBER, text, match.start()):
            yield match.span()


def _plates(text: str) -> Iterator[tuple[int, int]]:
    """Four digits (a flat: 12A-1203) or small letters and a blank (30k 50000) need a label."""
    for match in _PLATE.finditer(text):
        is_plain = len(match["rest"]) > 4 and (
            match["series"].isupper() or "-" in match[0] or "." in match[0]
        )
        if is_plain or _is_labelled(_PLATE_LABEL, text, match.start()):
            yield match.span()


def _phones(text: str) -> Iterator[tuple[int, int]]:
    for match in _PHONE.finditer(text):
        if _is_grouped_like_a_phone(match[0]) and not _is_labelled(
            _OTHER_NUMBER, text, match.start()
        ):
            yield match.span()


def _is_grouped_like_a_phone(number: str) -> bool:
    """03.12.2024 10:30 starts like a telephone number, and is none."""
    groups = [len(group) for group in re.findall(r"\d+", number)]
    if number[0] != "0" or len(groups) == 1:
        return True
    return min(groups) > 1 and (groups[0] > 2 or groups[1] > 2)


def _is_labelled(label: re.Pattern[str], text: str, start: int) -> bool:
    return bool(label.search(text[max(0, start - 30) : start]))


_KINDS = {
    "email": _emails,
    "bank_account": _accounts,
    "identity_number": _identity_numbers,
    "number_plate": _plates,
    "phone": _phones,
    "name": find_names,
}
"""The more certain first."""
