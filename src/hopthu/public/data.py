"""Data for scripts: the same for every reader, so it may be kept, and packed for the way."""

import gzip
import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

WORTH_PACKING = 1_000
"""Bytes."""


def data_response(
    request: HttpRequest, body: bytes, *, content_type: str, max_age: int
) -> HttpResponse:
    """`body`, kept by readers for `max_age` seconds; 304 if the reader has just that."""
    # Weak: packed and unpacked are the same data.
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:20]}"'
    response = HttpResponse(body, content_type=content_type)
    if len(body) > WORTH_PACKING and "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(gzip.compress(body, 6), content_type=content_type)
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Cache-Control"] = f"public, max-age={max_age}"
    response.headers["ETag"] = etag
    patch_vary_headers(response, ("Accept-Encoding",))
    return get_conditional_response(request, etag=etag, response=response) or response
