"""Requests whose text is UTF-8, whatever they say of it themselves.

Django takes the encoding of addresses and forms from the head of a request, and asks all of
Python's codecs for it. Some of those are for no text at all and fail, others make halves of letters
that nothing can be written with; and parameters that are garbled break the reading of the head,
before there is a page that could say so. Browsers send what our pages are written in (HTML,
"Constructing the entry list"): UTF-8.
"""

from collections.abc import Mapping
from typing import Any, BinaryIO

from django.core.files.uploadedfile import UploadedFile
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http.multipartparser import MultiPartParserError
from django.http.request import QueryDict
from django.utils.datastructures import MultiValueDict


class Utf8Request(WSGIRequest):
    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        """The kind alone; what else a form needs, its reader looks up in the head again."""
        kind, _, _ = str(meta.get("CONTENT_TYPE", "")).partition(";")
        self.content_type, self.content_params = kind.strip().lower(), {}

    def parse_file_upload(
        self,
        META: Mapping[str, Any],  # noqa: N803  Django's name
        post_data: BinaryIO,
    ) -> tuple[QueryDict, MultiValueDict[str, UploadedFile]]:
        """Raises MultiPartParserError, also for heads of parts that Django does not expect."""
        try:
            return super().parse_file_upload(META, post_data)
        except (LookupError, TypeError, ValueError) as error:
            raise MultiPartParserError("a part that cannot be read") from error


class Utf8Handler(WSGIHandler):
    """Django, answering those."""

    request_class = Utf8Request
