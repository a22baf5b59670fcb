"""Data for scripts: the same for every reader, so it may be kept, and packed for the way."""

import hashlib

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers

from hopthu.web.page_cache import Page

WORTH_PACKING = 1_000
"""Bytes."""


def for_anybody(response: HttpResponseBase) -> HttpResponseBase:
    """Data that scripts of other sites may read too, and that may be another a moment later."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def data_response(
    request: HttpRequest, page: Page, *, content_type: str, max_age: int
) -> HttpResponse:
    """The data, kept by readers for `max_age` seconds; 304 if the reader has just that."""
    # Weak: packed and unpacked are the same data.
    etag = f'W/"{hashlib.sha256(page.plain).hexdigest()[:20]}"'
    response = HttpResponse(page.plain, content_type=content_type)
    accepted = request.headers.get("Accept-Encoding", "")
    if len(page.plain) > WORTH_PACKING and "gzip" in accepted:
        response = HttpResponse(page.gzipped, content_type=content_type)
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Cache-Control"] = f"public, max-age={max_age}"
    response.headers["ETag"] = etag
    patch_vary_headers(response, ("Accept-Encoding",))
    return get_conditional_response(request, etag=etag, response=response) or response
