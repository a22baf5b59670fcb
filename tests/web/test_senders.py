"""Where a request comes from: told apart, and not told who it is."""

import threading
import time

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from hopthu.project.env import WrongSetting, read
from hopthu.web import senders


def mark(peer: str, forwarded: str | None = None) -> bytes | None:
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return senders.mark(RequestFactory().get("/", REMOTE_ADDR=peer, headers=headers))


@pytest.fixture
def proxy(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOPTHU_PROXIES", "127.0.0.1, ::1,10.0.0.0/8")
    settings.PROXIES = read().proxies


def test_one_network_is_one_sender() -> None:
    assert mark("203.0.113.7") == mark("203.0.113.200") == mark("::ffff:203.0.113.9")
    assert mark("203.0.113.7") != mark("203.0.114.7")
    assert mark("2001:db8:1:2::3") == mark("2001:db8:1:ffff::9")
    assert mark("2001:db8:1::") != mark("2001:db8:2::")


def test_the_mark_says_nothing_without_the_key_of_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    before = mark("203.0.113.7")

    monkeypatch.setattr(senders, "_key", senders.DailyKey())

    assert before is not None
    assert mark("203.0.113.7") not in (None, before)


def test_the_key_is_another_one_every_day(monkeypatch: pytest.MonkeyPatch) -> None:
    key, now = senders.DailyKey(), [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    today = key.mark("x")
    now[0] += senders.KEY_LIFE

    assert key.mark("x") == today
    now[0] += 1
    assert key.mark("x") != today


def test_what_anybody_writes_into_the_header_counts_for_nothing() -> None:
    assert mark("203.0.113.7", "198.51.100.1") == mark("203.0.113.7")


def test_behind_our_proxy_its_word_counts(proxy: None) -> None:
    assert mark("127.0.0.1", "198.51.100.1") == mark("198.51.100.1")
    assert mark("::1", "203.0.113.7, 198.51.100.1, 10.1.2.3") == mark("198.51.100.1")
    assert mark("203.0.113.7", "198.51.100.1") == mark("203.0.113.7")


def test_a_proxy_of_ours_is_nobody_itself(proxy: None) -> None:
    """It would be everybody."""
    assert mark("10.1.2.3") is None
    assert mark("10.1.2.3", "10.9.9.9") is None


@pytest.mark.parametrize("forwarded", ["", "unknown", "nobody, ,", "198.51.100.1:80", "x" * 9000])
def test_a_header_that_cannot_be_read_names_nobody(proxy: None, forwarded: str) -> None:
    assert mark("127.0.0.1", forwarded) is None


def test_a_proxy_that_is_not_named_is_nobody_and_is_told_of_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []
    monkeypatch.setattr(senders.logger, "warning", told.append)
    monkeypatch.setattr(senders, "_told", threading.Event())

    assert mark("127.0.0.1", "198.51.100.1") is mark("127.0.0.1", "198.51.100.2") is None

    (line,) = told
    assert "HOPTHU_PROXIES" in line
    assert "198.51" not in line


@pytest.mark.parametrize("wrong", ["localhost", "10.0.0.1/8", "10.0.0.0/33", "*"])
def test_a_wrong_proxy_stops_the_start(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setenv("HOPTHU_PROXIES", wrong)

    with pytest.raises(WrongSetting, match="HOPTHU_PROXIES"):
        read()
