"""Whatever a request says of its own text, it is read as UTF-8, and nothing breaks."""

import pytest

from tests.wsgi import ask

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain; charset=utf-8",
        "text/plain; charset=hex",
        "text/plain; charset=utf-7",
        "text/plain; charset=unicode_escape",
        "text/plain; charset=idna",
        "text/plain; charset*=utf-8''%00",
        "text/plain; a*=nowhere'en'b",
        "text/plain; a*=b; a*0=c",
        ";;=;",
        "\xff; charset=\xff",
    ],
)
def test_an_address_is_utf8_in_any_case(kind: str) -> None:
    status, text = ask("/reports?q=%C4%91%C3%A8n+%2B2AA-\\ud800", kind=kind)
    assert status == 200
    assert 'value="đèn +2AA-\\ud800"' in text


@pytest.mark.parametrize("charset", ["utf-16", "hex", "latin-1", "nowhere"])
def test_a_form_is_utf8_in_any_case(charset: str) -> None:
    status, text = ask("/follow", body="number=đèn".encode(), kind=f"{FORM}; charset={charset}")
    assert status == 422
    assert 'value="đèn"' in text


@pytest.mark.parametrize(
    "head",
    [
        "form-data; name=a; filename*=nowhere'en'b",
        "form-data; name=a; filename*=utf-8''b; filename*0=c",
        "form-data; name*=utf-8''%00%FF; filename*=utf-7''%2B2AA-",
        "form-data; name=a; filename=b\r\nContent-Transfer-Encoding: base64",
    ],
)
@pytest.mark.parametrize("path", ["/follow", "/letters?area=east", "/report/new", "/desk/sign-in"])
def test_a_part_with_an_odd_head_gets_a_kind_page(path: str, head: str) -> None:
    body = f"--x\r\nContent-Disposition: {head}\r\n\r\n\xff=\r\n--x--\r\n".encode("latin-1")
    status, text = ask(path, body=body, kind="multipart/form-data; boundary=x")
    assert status in {200, 400, 403, 404, 413, 422}
    assert "<h1" in text


def test_a_cookie_that_spells_what_no_database_takes_opens_nothing() -> None:
    nothing = r"\000" * 8
    status, _ = ask("/desk/", head={"HTTP_COOKIE": f'desk="{nothing}"'})
    assert status == 302
