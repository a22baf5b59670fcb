"""Whole pages kept in memory, each under the version of what it shows.

A page is asked for with the version that the database has now; an older one is never served, and
the least used pages go first. Where words were struck out or erased, all that was kept from before
goes, as each page would otherwise stay in memory until somebody asks for it again.
"""

import gzip
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sized
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version as installed_version
from typing import Generic, TypeVar

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.http import quote_etag

MAX_BYTES = 24 * 1024 * 1024
"""Of page bodies, in each web process."""


LONGEST_ADDRESS = 200
"""Characters; longer addresses are made up by somebody, and not worth keeping."""


@dataclass(frozen=True)
class Page:
    """A body as it is and gzipped: it is compressed once, not for every reader."""

    plain: bytes
    gzipped: bytes

    @classmethod
    def of(cls, body: bytes) -> "Page":
        return cls(body, gzip.compress(body, compresslevel=6, mtime=0))

    def __len__(self) -> int:
        return len(self.plain) + len(self.gzipped)


Kept = TypeVar("Kept", bound=Sized)


class PageCache(Generic[Kept]):
    """Holds pages, or whatever else tells its size in bytes."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self._pages: OrderedDict[Hashable, tuple[str, Kept]] = OrderedDict()
        self._bytes = 0
        self._max_bytes = max_bytes
        self._generation: Hashable = None
        self._lock = threading.Lock()

    def keep_only(self, generation: Hashable) -> None:
        """Drop everything that is not of `generation`: nobody may be able to read it any more."""
        with self._lock:
            if generation != self._generation:
                self._generation = generation
                self._clear()

    def get(self, key: Hashable, version: str) -> Kept | None:
        with self._lock:
            page = self._pages.get(key)
            if page is None or page[0] != version:
                return None
            self._pages.move_to_end(key)
            return page[1]

    def put(self, key: Hashable, version: str, page: Kept, generation: Hashable = None) -> None:
        """Keep `page`, unless it is of another generation than the one that is kept by now."""
        with self._lock:
            if generation not in (None, self._generation):
                return
            self._drop(key)
            self._pages[key] = (version, page)
            self._bytes += len(page)
            while self._bytes > self._max_bytes:
                self._drop(next(iter(self._pages)))

    def clear(self) -> None:
        with self._lock:
            self._clear()

    def _clear(self) -> None:
        self._pages.clear()
        self._bytes = 0

    def _drop(self, key: Hashable) -> None:
        old = self._pages.pop(key, None)
        if old is not None:
            self._bytes -= len(old[1])


pages: PageCache[Page] = PageCache()


def cached(
    request: HttpRequest,
    *,
    version: str,
    render: Callable[[], HttpResponse],
    generation: Hashable = None,
) -> HttpResponse:
    """The page at this address and language as of `version`; 304 if the reader has that one.

    Only for pages that are the same for everybody. `render` is called when the page is not kept.
    All pages of another `generation` are dropped; one without is of none.
    """
    if generation is not None:
        pages.keep_only(generation)
    language = request.LANGUAGE_CODE
    version = f"{_release()}-{version}"
    etag = quote_etag(f"{version}-{language}")
    if request.headers.get("If-None-Match") == etag:
        return _stamped(HttpResponse(status=304), etag)
    address = request.get_full_path()
    page = pages.get((address, language), version)
    if page is None:
        response = render()
        if response.status_code != 200:
            return response
        page = Page.of(response.content)
        if len(address) <= LONGEST_ADDRESS:
            pages.put((address, language), version, page, generation)
    return _stamped(_in_accepted_encoding(request, page), etag)


@cache
def _release() -> str:
    """Which software made a page: after an upgrade no reader keeps one that fits old styles."""
    return f"{installed_version('hopthu')}-{getattr(staticfiles_storage, 'manifest_hash', '')}"


def _in_accepted_encoding(request: HttpRequest, page: Page) -> HttpResponse:
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(page.plain)
    return HttpResponse(page.gzipped, headers={"Content-Encoding": "gzip"})


def _stamped(response: HttpResponse, etag: str) -> HttpResponse:
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ("Accept-Encoding",))
    return response
