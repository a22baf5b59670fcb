"""`/map/city.pmtiles` and `/map/city.geojson`: streets that the operator put into the data folder.

Of the first a browser asks for the pieces that it shows (RFC 9110 §14: one range of bytes each).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from hopthu.public.data import data_response
from hopthu.web.page_cache import Page
from hopthu.web.street_map import sketch, street_map

PIECE = 64 * 1024
MAX_AGE = 86_400
SKETCH_AGE = 300

_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})", re.ASCII)


class NoSuchRange(Exception):
    """A range that begins behind the end."""


@dataclass(frozen=True)
class Span:
    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1


@require_safe
def basemap(request: HttpRequest) -> HttpResponseBase:
    path = street_map()
    if path is None:
        raise Http404
    size, etag = path.stat().st_size, _etag(path)
    if request.headers.get("If-None-Match") == etag:
        return _stamped(HttpResponse(status=304), etag)
    try:
        span = _asked(request, size, etag)
    except NoSuchRange:
        refused = HttpResponse(status=416)
        refused.headers["Content-Range"] = f"bytes */{size}"
        return refused
    return _stamped(_answer(request, path, size, span), etag)


@require_safe
def basemap_sketch(request: HttpRequest) -> HttpResponse:
    path = sketch()
    if path is None:
        raise Http404
    page = Page.of(path.read_bytes())
    return data_response(request, page, content_type="application/geo+json", max_age=SKETCH_AGE)


def _answer(request: HttpRequest, path: Path, size: int, span: Span | None) -> HttpResponseBase:
    whole = Span(0, size - 1)
    content = () if request.method == "HEAD" else _pieces(path, span or whole)
    response = StreamingHttpResponse(content, content_type="application/vnd.pmtiles")
    response.headers["Content-Length"] = str((span or whole).length)
    if span is not None:
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {span.first}-{span.last}/{size}"
    return response


def _asked(request: HttpRequest, size: int, etag: str) -> Span | None:
    """The range asked for; None where all of it is to be sent. Raises NoSuchRange."""
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or asked[0] == "bytes=-":
        return None
    if request.headers.get("If-Range", etag) != etag:
        return None
    first, last = asked.groups()
    if not first:
        span = Span(max(0, size - int(last)), size - 1)
    else:
        span = Span(int(first), min(int(last or size), size - 1))
        if last and int(last) < int(first):
            return None
    if span.length < 1:
        raise NoSuchRange
    return span


def _pieces(path: Path, span: Span) -> Iterator[bytes]:
    left = span.length
    with path.open("rb") as file:
        file.seek(span.first)
        while left > 0 and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece


def _etag(path: Path) -> str:
    found = path.stat()
    return f'"{found.st_mtime_ns:x}-{found.st_size:x}"'


def _stamped(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response.headers["ETag"] = etag
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = f"public, max-age={MAX_AGE}"
    return response
