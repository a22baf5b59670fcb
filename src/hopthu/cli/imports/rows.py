"""Rows of a file of any size: one JSON object a line, or one array of them; gzipped or not."""

import codecs
import gzip
import io
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MAX_ROW = 1_000_000
"""Characters of one row; far more than a report with all its fields may have."""
_CHUNK = 1 << 16
_GZIP = b"\x1f\x8b"


class NoRows(SystemExit):
    """The file cannot be read as rows at all; the message says why."""


@dataclass(frozen=True)
class Unreadable:
    """Stands where a row should be."""

    why: str
    text: str
    """How it begins."""


Row = Mapping[str, Any] | Unreadable


class _Text:
    """The file's text piece by piece; of a broken gzip all that comes before the break."""

    def __init__(self, file: io.BufferedReader) -> None:
        is_gzip = file.peek(2).startswith(_GZIP)
        self._bytes = gzip.GzipFile(fileobj=file) if is_gzip else file
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def read(self) -> str:
        """Some of it; nothing at the end."""
        while True:
            piece = self._bytes.read1(_CHUNK)
            text = self._decoder.decode(piece, final=not piece)
            if text or not piece:
                return text


class RowFile:
    """Iterates over the rows, and knows how much of the file has been read."""

    def __init__(self, path: Path) -> None:
        self._file = _open(path)
        self._size = max(1, os.fstat(self._file.fileno()).st_size)
        self._text = _Text(self._file)

    @property
    def share(self) -> float:
        """Of the file's bytes, 0 to 1."""
        return min(1.0, self._file.tell() / self._size)

    def __iter__(self) -> Iterator[Row]:
        try:
            yield from self._rows()
        except (OSError, EOFError) as error:
            # A broken gzip: what came before it is kept, as the import can be run again.
            yield Unreadable(f"the file ends early: {error}", "")

    def __enter__(self) -> "RowFile":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def _rows(self) -> Iterator[Row]:
        start = self._text.read()
        if start.lstrip("\ufeff \t\r\n").startswith("["):
            yield from _array(start, self._text)
        else:
            yield from _lines(start, self._text)


def _open(path: Path) -> io.BufferedReader:
    try:
        return path.open("rb")
    except OSError as error:
        raise NoRows(f"hopthu: {path}: {error.strerror}") from error


def _lines(start: str, rest: _Text) -> Iterator[Row]:
    for line in _split(start.lstrip("\ufeff"), rest):
        if len(line) > MAX_ROW:
            yield Unreadable("a row of more than a million characters", line[:200])
        elif line.strip():
            yield _row(line)


def _split(buffer: str, rest: _Text) -> Iterator[str]:
    """Lines; of one that is too long only its beginning."""
    skipping = False
    while True:
        *lines, buffer = buffer.split("\n")
        for line in lines:
            if not skipping:
                yield line
            skipping = False
        if len(buffer) > MAX_ROW:
            if not skipping:
                yield buffer
            buffer, skipping = "", True
        chunk = rest.read()
        if not chunk:
            if not skipping:
                yield buffer
            return
        buffer += chunk


def _row(text: str) -> Row:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return Unreadable("not JSON", text[:200])
    return _object(value)


def _object(value: object) -> Row:
    return value if isinstance(value, dict) else Unreadable("not an object", repr(value)[:200])


def _array(buffer: str, rest: _Text) -> Iterator[Row]:
    """The values of one array, each read as soon as it is whole."""
    decoder = json.JSONDecoder()
    buffer = buffer.lstrip("\ufeff \t\r\n")[1:]
    while True:
        buffer = buffer.lstrip(" \t\r\n,")
        if buffer.startswith("]"):
            return
        try:
            value, end = decoder.raw_decode(buffer)
            # A number may go on in the next chunk.
            whole = end < len(buffer)
        except (ValueError, RecursionError):
            whole = False
        if whole:
            buffer = buffer[end:]
            yield _object(value)
            continue
        chunk = rest.read() if len(buffer) <= MAX_ROW else ""
        if not chunk:
            yield Unreadable("the array ends early, or is not JSON from here on", buffer[:200])
            return
        buffer += chunk
