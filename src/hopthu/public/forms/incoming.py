"""Reading a form with photos that may be far too large, without losing the rest of it."""

import tempfile
from typing import IO

from django.core.exceptions import (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError

from hopthu.core.limits import MAX_PHOTO_BYTES, MAX_PHOTOS

MAX_REQUEST = (MAX_PHOTOS + 1) * MAX_PHOTO_BYTES
"""Beyond this nothing is read at all."""
IN_MEMORY = 1024 * 1024


class TooMuch(Exception):
    """A request that cannot be read: too large, too many fields or files, or garbled."""


class PhotoHandler(FileUploadHandler):
    """Keeps each file up to the limit of a photo and drops what goes beyond it.

    A file that was cut is one byte longer than the limit, so that it is refused by its size while
    the other fields of the form are kept.
    """

    file_name: str
    _file: IO[bytes]

    def new_file(self, *args: object, **kwargs: object) -> None:
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]
        # Without a name on the disk: gone with the request, whatever happens.
        self._file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
        self._left = MAX_PHOTO_BYTES + 1

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002
        self._file.write(raw_data[: self._left])
        self._left -= min(self._left, len(raw_data))

    def file_complete(self, file_size: int) -> UploadedFile:  # noqa: ARG002
        size = self._file.tell()
        self._file.seek(0)
        return UploadedFile(self._file, self.file_name, self.content_type, size)

    def drop(self) -> None:
        """What came of a file that broke off."""
        if hasattr(self, "_file"):
            self._file.close()


def read(request: HttpRequest) -> None:
    """Make `request.POST` and `request.FILES` ready. Raises TooMuch."""
    length = request.headers.get("Content-Length", "0")
    if not length.isdecimal() or int(length) > MAX_REQUEST:
        raise TooMuch
    handler = PhotoHandler(request)
    request.upload_handlers = [handler]
    try:
        request.POST  # noqa: B018  read here, so that everything after it may rely on it
    except (
        RequestDataTooBig,
        TooManyFieldsSent,
        TooManyFilesSent,
        MultiPartParserError,
    ) as error:
        handler.drop()
        raise TooMuch from error
