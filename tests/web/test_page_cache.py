"""Whole pages kept in memory."""

from django.http import HttpResponse
from django.test import RequestFactory

from hopthu.web.page_cache import PageCache, cached


def test_a_page_is_kept_under_its_version() -> None:
    pages = PageCache()
    pages.put("/a", "1", b"one")

    assert pages.get("/a", "1") == b"one"
    assert pages.get("/a", "2") is None
    assert pages.get("/b", "1") is None


def test_the_page_that_nobody_asked_for_goes_first() -> None:
    pages = PageCache(max_bytes=8)
    pages.put("/a", "1", b"aaa")
    pages.put("/b", "1", b"bbb")
    pages.get("/a", "1")

    pages.put("/c", "1", b"ccc")

    assert pages.get("/a", "1") == b"aaa"
    assert pages.get("/b", "1") is None


def test_a_newer_page_takes_the_place_of_the_older() -> None:
    pages = PageCache(max_bytes=4)
    for version in "123456":
        pages.put("/a", version, b"aaa")

    assert pages.get("/a", "6") == b"aaa"


def test_a_reader_who_has_the_page_gets_304_and_each_language_is_its_own() -> None:
    def ask(language: str, etag: str = "") -> HttpResponse:
        request = RequestFactory().get("/reports/X", headers={"If-None-Match": etag})
        request.LANGUAGE_CODE = language
        return cached(request, version="1-1", render=lambda: HttpResponse(language))

    first = ask("vi")

    assert first.content == b"vi"
    assert ask("vi", first["ETag"]).status_code == 304
    assert ask("km", first["ETag"]).content == b"km"


def test_what_is_not_found_is_not_kept() -> None:
    answers = iter([HttpResponse(status=404), HttpResponse(b"there now")])

    def ask() -> HttpResponse:
        request = RequestFactory().get("/reports/NEW")
        request.LANGUAGE_CODE = "vi"
        return cached(request, version="1-2", render=lambda: next(answers))

    assert ask().status_code == 404
    assert ask().content == b"there now"
