"""A city cannot order itself to hide a report, whatever it calls itself."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from hopthu.core.orders import LONGEST, Order, OrderFault, is_own, order_fault, review_fault

TODAY = date(2026, 11, 16)
DAY = timedelta(days=1)
CITY = {"Thành phố Sông Mây", "Song May City", "ក្រុងសុងម៉ៃ"}
OWN = {*CITY, "Phòng Quản lý đô thị", "Urban Management Office", "UBND Phường 1"}
ORDER = Order("Tòa án nhân dân khu vực 3", "12/2026/QĐ-TA", TODAY - DAY, TODAY + 90 * DAY)


@pytest.mark.parametrize(
    "issuer",
    [
        "Thành phố Sông Mây",
        "THÀNH PHỐ SÔNG MÂY",
        "thanh pho song may",
        "Sông Mây",
        "UBND TP. Sông Mây",
        "UBND TP Sông  Mây,",
        "Ủy ban nhân dân thành phố Sông Mây",
        "Uỷ ban nhân dân thành phố",
        "Chủ tịch UBND thành phố",
        "UBND",
        "Hội đồng nhân dân thành phố Sông Mây",
        "Phòng Quản lý đô thị",
        "Phòng Quản lý Đô thị – Thành phố",
        "Trưởng phòng Quản lý đô thị",
        "Quản lý đô thị",
        "The Urban Management Office of Song May City",
        "Ủy ban nhân dân phường 1",
        "អគ្គលេខាធិការក្រុងសុងម៉ៃ",
    ],
)
def test_its_own_names_are_found_whole_and_in_part(issuer: str) -> None:
    assert is_own(issuer, OWN)


@pytest.mark.parametrize(
    "issuer",
    [
        "Tòa án nhân dân khu vực 3",
        "Toà án nhân dân thành phố Sông Mây",
        "Viện kiểm sát nhân dân thành phố Sông Mây",
        "Bộ Thông tin và Truyền thông",
        "Ủy ban nhân dân tỉnh Vĩnh Long",
        "Ủy ban nhân dân thành phố Cần Thơ",
        "Công an tỉnh",
        "Ủy ban nhân dân phường 12",
        "តុលាការក្រុងសុងម៉ៃ",
    ],
)
def test_others_are_outside(issuer: str) -> None:
    assert not is_own(issuer, OWN)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({}, None),
        ({"issuer": "UBND TP. Sông Mây"}, OrderFault.SELF_ISSUED),
        ({"day": TODAY}, None),
        ({"day": TODAY + DAY}, OrderFault.FROM_THE_FUTURE),
        ({"review_on": TODAY}, OrderFault.REVIEW_PAST),
        ({"review_on": TODAY + DAY}, None),
        ({"review_on": TODAY + LONGEST}, None),
        ({"review_on": TODAY + LONGEST + DAY}, OrderFault.REVIEW_TOO_LATE),
    ],
)
def test_what_is_wrong_with_an_order(change: dict[str, object], fault: OrderFault | None) -> None:
    order = replace(ORDER, **change)  # type: ignore[arg-type]

    assert order_fault(order, own_names=OWN, today=TODAY) is fault


def test_a_review_is_ahead_and_within_a_year() -> None:
    assert review_fault(TODAY - DAY, today=TODAY) is OrderFault.REVIEW_PAST
    assert review_fault(TODAY + 30 * DAY, today=TODAY) is None
    assert review_fault(date.max, today=TODAY) is OrderFault.REVIEW_TOO_LATE


def test_an_issuer_of_signs_alone_or_a_nameless_office_matches_nothing() -> None:
    assert not is_own("…", OWN)
    assert not is_own("Tỉnh", {""})
