"""A setting that holds a password may stand in a file: in one place, or loudly in none."""

from pathlib import Path

import pytest

from hopthu.project import env

SMTP = "smtps://me:secret@mail.example"


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    monkeypatch.delenv("HOPTHU_DATABASE_URL", raising=False)
    monkeypatch.setenv("HOPTHU_DATA", str(tmp_path))
    monkeypatch.setenv("HOPTHU_MAIL_FROM", "mailbox@city.example")
    monkeypatch.setenv("HOPTHU_ADDRESS", "https://mailbox.example")
    return monkeypatch


def test_it_is_read_from_the_file(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "smtp").write_text(f"{SMTP}\n")
    (tmp_path / "database").write_text("postgresql://hopthu:secret@db.example/city\n")
    environment.setenv("HOPTHU_SMTP_URL_FILE", str(tmp_path / "smtp"))
    environment.setenv("HOPTHU_DATABASE_URL_FILE", str(tmp_path / "database"))
    read = env.read()
    assert read.mail_server
    assert (read.mail_server.password, read.database["PASSWORD"]) == ("secret", "secret")


def test_in_both_places_it_is_refused(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    environment.setenv("HOPTHU_SMTP_URL", SMTP)
    environment.setenv("HOPTHU_SMTP_URL_FILE", str(tmp_path / "smtp"))
    with pytest.raises(env.WrongSetting, match="both set: one is enough"):
        env.read()


@pytest.mark.parametrize("text", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_said(
    environment: pytest.MonkeyPatch, tmp_path: Path, text: bytes | None
) -> None:
    if text:
        (tmp_path / "smtp").write_bytes(text)
    environment.setenv("HOPTHU_SMTP_URL_FILE", str(tmp_path / "smtp"))
    with pytest.raises(env.WrongSetting, match='"HOPTHU_SMTP_URL_FILE" invalid') as refused:
        env.read()
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("address", "why"),
    [("photos.example", "not an address"), ("https://mailbox.example/", "another host than")],
)
def test_photos_take_a_host_of_their_own(
    environment: pytest.MonkeyPatch, address: str, why: str
) -> None:
    environment.setenv("HOPTHU_PHOTO_ADDRESS", address)
    with pytest.raises(env.WrongSetting, match=why):
        env.read()
