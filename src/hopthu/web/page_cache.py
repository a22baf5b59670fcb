"""Whole pages kept in memory, each under the version of what it shows.

A page is asked for with the version that the database has now; an older one is never served, and
the least used pages go first.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

from django.http import HttpRequest, HttpResponse
from django.utils.http import quote_etag

MAX_BYTES = 24 * 1024 * 1024
"""Of page bodies, in each web process."""


class PageCache:
    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self._pages: OrderedDict[Hashable, tuple[str, bytes]] = OrderedDict()
        self._bytes = 0
        self._max_bytes = max_bytes
        self._lock = threading.Lock()

    def get(self, key: Hashable, version: str) -> bytes | None:
        with self._lock:
            page = self._pages.get(key)
            if page is None or page[0] != version:
                return None
            self._pages.move_to_end(key)
            return page[1]

    def put(self, key: Hashable, version: str, body: bytes) -> None:
        with self._lock:
            self._drop(key)
            self._pages[key] = (version, body)
            self._bytes += len(body)
            while self._bytes > self._max_bytes:
                self._drop(next(iter(self._pages)))

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self._bytes = 0

    def _drop(self, key: Hashable) -> None:
        old = self._pages.pop(key, None)
        if old is not None:
            self._bytes -= len(old[1])


pages = PageCache()


def cached(
    request: HttpRequest, *, version: str, render: Callable[[], HttpResponse]
) -> HttpResponse:
    """The page at this address and language as of `version`; 304 if the reader has that one.

    Only for pages that are the same for everybody. `render` is called when the page is not kept.
    """
    language = request.LANGUAGE_CODE
    etag = quote_etag(f"{version}-{language}")
    if request.headers.get("If-None-Match") == etag:
        return _stamped(HttpResponse(status=304), etag)
    key = (request.get_full_path(), language)
    body = pages.get(key, version)
    if body is None:
        response = render()
        if response.status_code != 200:
            return response
        body = response.content
        pages.put(key, version, body)
    return _stamped(HttpResponse(body), etag)


def _stamped(response: HttpResponse, etag: str) -> HttpResponse:
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "no-cache"
    return response
