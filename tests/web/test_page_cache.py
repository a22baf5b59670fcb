"""Whole pages kept in memory."""

import gzip

from django.http import HttpResponse
from django.test import RequestFactory

from hopthu.web.page_cache import Page, PageCache, cached

A, B, C, ONE = (Page.of(body) for body in (b"aaa", b"bbb", b"ccc", b"one"))


def test_a_page_is_kept_under_its_version() -> None:
    pages: PageCache[Page] = PageCache()
    pages.put("/a", "1", ONE)

    assert pages.get("/a", "1") == ONE
    assert pages.get("/a", "2") is None
    assert pages.get("/b", "1") is None


def test_the_page_that_nobody_asked_for_goes_first() -> None:
    pages: PageCache[Page] = PageCache(max_bytes=2 * len(A))
    pages.put("/a", "1", A)
    pages.put("/b", "1", B)
    pages.get("/a", "1")

    pages.put("/c", "1", C)

    assert pages.get("/a", "1") == A
    assert pages.get("/b", "1") is None


def test_a_newer_page_takes_the_place_of_the_older() -> None:
    pages: PageCache[Page] = PageCache(max_bytes=len(A))
    for version in "123456":
        pages.put("/a", version, A)

    assert pages.get("/a", "6") == A


def test_pages_of_another_generation_are_dropped_whoever_asks_for_what() -> None:
    pages: PageCache[Page] = PageCache()
    pages.keep_only(1)
    pages.put("/a", "1", A, 1)

    pages.keep_only(1)
    assert pages.get("/a", "1") == A
    pages.keep_only(2)
    assert pages.get("/a", "1") is None


def test_a_page_that_was_begun_before_is_not_kept_after() -> None:
    pages: PageCache[Page] = PageCache()
    pages.keep_only(2)

    pages.put("/a", "1", A, 1)

    assert pages.get("/a", "1") is None


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


def test_a_kept_page_is_sent_compressed_to_whoever_can_read_that() -> None:
    def ask(encoding: str) -> HttpResponse:
        request = RequestFactory().get("/reports/GZ", headers={"Accept-Encoding": encoding})
        request.LANGUAGE_CODE = "vi"
        return cached(request, version="1", render=lambda: HttpResponse(b"words " * 100))

    assert ask("").content == b"words " * 100
    assert gzip.decompress(ask("gzip, br").content) == b"words " * 100
    assert ask("gzip")["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in ask("")["Vary"]
