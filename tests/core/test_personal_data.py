"""Personal data is pointed out as people write it here, and nothing else is."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopthu.core.text import clean, spot_personal_data


def spotted(text: str) -> list[tuple[str, str]]:
    return [(text[spot.start : spot.end], spot.kind) for spot in spot_personal_data(text)]


@pytest.mark.parametrize(
    "number",
    [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "091-234-5678",
        "091 234 56 78",
        "09 1234 5678",
        "0351234567",
        "0701234567",
        "+84912345678",
        "+84 912 345 678",
        "(+84) 912 345 678",
        "84912345678",
        "0084912345678",
        "(0294) 3862 123",
        "0294 3862123",
        "02943.862.123",
        "028 3829 5678",
        "(028) 38295678",
        "+84 28 3829 5678",
        "០៩១២៣៤៥៦៧៨",
    ],
)
def test_a_telephone_number_is_spotted(number: str) -> None:
    for around in ("{}", "Gọi {} gặp tôi", "SĐT:{}.", "(đt {})", "zalo-{},", "a\n{}\nb"):
        assert spotted(around.format(number)) == [(number, "phone")]


@pytest.mark.parametrize("text", ["SĐT{}", "ĐT{}", "sdt{}", "TEL{}"])
def test_a_telephone_number_right_behind_its_label_is_spotted(text: str) -> None:
    assert spotted(text.format("0912345678")) == [("0912345678", "phone")]


@pytest.mark.parametrize("between", [" ", ", ", "-", "/", " - ", " hoặc "])
def test_two_telephone_numbers_are_two(between: str) -> None:
    text = f"0912345678{between}0987654321"

    assert spotted(text) == [("0912345678", "phone"), ("0987654321", "phone")]


@pytest.mark.parametrize(
    "text",
    ["nguyen.van-a+x@gmail.com", "A1@tinh.vinhlong.gov.vn", "x_y@mail.example"],
)
def test_an_email_address_is_spotted(text: str) -> None:
    assert spotted(f"Thư: {text}.") == [(text, "email")]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("{}", "084203001234"),
        ("số {} của tôi", "084 203 001 234"),
        ("{}", "0842 0300 1234"),
        ("CCCD: {}", "079.203.001.234"),
        ("CMND {}", "334567890"),
        ("chứng minh nhân dân số {}", "334 567 890"),
        ("căn cước công dân {}", "084203001234"),
        ("Hộ chiếu {}", "C1234567"),
    ],
)
def test_an_identity_number_is_spotted(text: str, number: str) -> None:
    assert spotted(text.format(number)) == [(number, "identity_number")]


@pytest.mark.parametrize(
    ("text", "plate"),
    [
        ("xe {} đậu", "84A-123.45"),
        ("{}", "51F-12345"),
        ("{}", "84-B1 123.45"),
        ("{}", "59X1-23456"),
        ("{}", "29B1 12345"),
        ("{}", "84b1-123.45"),
        ("{}", "29MĐ-123.45"),
        ("biển số {}", "52N2-1234"),
        ("xe máy {} chạy ẩu", "84b112345"),
        ("ô tô biển số: {}", "51a 12345"),
        ("BKS {},", "64C 1234"),
    ],
)
def test_a_number_plate_is_spotted(text: str, plate: str) -> None:
    assert spotted(text.format(plate)) == [(plate, "number_plate")]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("STK {} Vietcombank", "0123456789"),
        ("Vietcombank {}", "1012345678"),
        ("số tài khoản: {}", "19036789012345"),
        ("TK: {}", "1903 6789 0123 45"),
        ("chuyển vào tài khoản BIDV chi nhánh {}", "7401 0000 123456"),
        ("momo {}", "0912345678"),
    ],
)
def test_a_bank_account_is_spotted(text: str, number: str) -> None:
    assert spotted(text.format(number)) == [(number, "bank_account")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("{} lấn chiếm vỉa hè", "ông Nguyễn Văn Ba"),
        ("{} xây nhà", "Ông Nguyễn Văn Ba"),
        ("đề nghị {} dọn", "Ông Nguyễn Văn Bình"),
        ("{}", "ÔNG TRẦN VĂN TÈO"),
        ("nhà {} nuôi heo", "bà Tám"),
        ("gặp {}.", "anh Hai"),
        ("của {},", "chị Thạch Thị Sa Rươl"),
        ("hỏi {}", "chú Tư"),
        ("{} dạy thêm", "cô Lan"),
        ("kế bên {}", "bác Christopher"),
    ],
)
def test_a_person_who_is_named_is_spotted(text: str, name: str) -> None:
    assert spotted(text.format(name)) == [(name, "name")]


@pytest.mark.parametrize(
    "text",
    [
        # addresses
        "số 12/34/56 đường Nguyễn Huệ, phường 3",
        "hẻm 0912/34 Lê Lợi, tổ 5, khóm 8",
        "căn hộ 12A-1203, lô B2, tầng 15",
        "quốc lộ 53, km 12+300, cột điện 471/12/5A",
        "tọa độ 9.934712, 106.345312",
        # dates, times, years
        "ngày 03.12.2024 10:30 và 03/12/2024 lúc 10h30",
        "từ 05-09-2024 0830 đến 2024-12-31",
        "từ 2020 đến 2024, khoảng 20h30-21h00",
        "tháng 09.2024 - 12.2024",
        # money and amounts
        "bị phạt 500.000.000 đồng, giá 30k 50000, 0.912.345.678 đồng",
        "tài khoản bị trừ 1.500.000.000 đồng",
        "vay Agribank 200000000 đồng",
        "khoảng 1000000 lượt, 0913 m",
        # papers
        "hồ sơ H63.15-240123-0012 và 000.00.16.H61-230512-0045",
        "mã hồ sơ 0301234567, biên nhận số 0912345678",
        "MST: 0301234567, mã số thuế 0312345678-001",
        "Quyết định 1234/QĐ-UBND, công văn 0912345678/UBND",
        "mã khách hàng PB09012345678, số danh bộ 0842030012",
        "phản ánh 7KQ2-M9XD, đồng hồ nước 0912345678",
        # hotlines
        "đã gọi 1900 1234, 18001090, 113, 114, 115, 1022",
        # not an address of e-mail
        "giá @ 5k, a@b, @hopthu",
        # crowds, offices, relatives, places and heroes
        "Bà con khu phố 3, anh chị, cô chú, thầy cô",
        "BÀ CON KHU PHỐ 3 KÊU CỨU, CHÚ Ý",
        "anh Công an phường, ông Chủ tịch, bà Trưởng ấp, Cô Giáo, bác Sĩ",
        "đường Bà Triệu, chợ Bà Chiểu, cầu Ông Lãnh, Ao Bà Om, hẻm 5 đường Ông Ích Khiêm",
        "12 Bà Huyện Thanh Quan, Hai Bà Trưng, tượng đài Bác Hồ",
        "tỉnh Bà Rịa, xã Bà Điểm, nước Anh Quốc, lớp tiếng Anh Văn",
        "trường THCS Nguyễn Du, công viên Lê Văn Tám, đường Phạm Ngũ Lão",
        "bà A và ông B tranh nhau chỗ đậu",
        "",
    ],
)
def test_what_is_nobody_s_data_is_left_in_peace(text: str) -> None:
    assert spotted(text) == []


def test_several_kinds_are_told_in_reading_order_without_overlap() -> None:
    text = "Ông Lê Văn Tám, CCCD 084203001234, xe 84A-123.45, gọi 0912345678, tam@gmail.com"

    assert spotted(text) == [
        ("Ông Lê Văn Tám", "name"),
        ("084203001234", "identity_number"),
        ("84A-123.45", "number_plate"),
        ("0912345678", "phone"),
        ("tam@gmail.com", "email"),
    ]


pieces = st.sampled_from(
    [
        "0",
        "9",
        "12",
        "345",
        ".",
        "-",
        " ",
        "84",
        "A",
        "ông ",
        "Nguyễn ",
        "STK ",
        "@",
        "a.b",
        "xe ",
        "Đ",
    ]
)


@given(st.lists(pieces, max_size=40).map("".join) | st.text(max_size=60))
def test_spots_lie_within_the_text_one_after_the_other(text: str) -> None:
    text = clean(text, limit=4_000)
    spots = spot_personal_data(text)

    ends = [end for spot in spots for end in (spot.start, spot.end)]
    assert ends == sorted(ends)
    assert all(spot.start < spot.end <= len(text) for spot in spots)


@pytest.mark.parametrize(
    "piece",
    ["0", "09 ", "a.", "a@", "ông ", "Ông A ", "STK ", "84A-", "tài khoản ", "1.", "xe số "],
)
def test_no_text_within_the_limit_takes_long(piece: str) -> None:
    text = (piece * 4_000)[:4_000]

    begun = perf_counter()
    spot_personal_data(text)

    assert perf_counter() - begun < 0.25
