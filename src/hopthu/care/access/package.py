"""The package as a ZIP, piece by piece: it is never whole in memory, however many photos it has."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.utils import timezone

from hopthu.care.access.holdings import FILE, Holdings, holdings
from hopthu.care.access.readme import readme
from hopthu.core.codes import format_number
from hopthu.reports.photos.storage import NoSuchPhoto, open_photo

PIECE: Final = 64 * 1024
"""Bytes that are read of a photo at once."""


def package(number: str, *, proof: str | None, at: datetime) -> Iterator[bytes]:
    """The file in pieces. All that the database knows is read before the first one.

    `proof` is `proof.json`; None where the city keeps no record. Raises `Report.DoesNotExist`.
    """
    # Read here and not in the pieces: those are asked for when the language is another again,
    # and a reader on a slow line must not keep the database waiting.
    texts = {"README.txt": readme(number, at=at, with_proof=proof is not None)}
    if proof is not None:
        texts["proof.json"] = proof
    return _pieces(texts, holdings(number, at=at), at)


def file_name(number: str) -> str:
    return f"report-{format_number(number)}.zip"


def _pieces(texts: dict[str, str], held: Holdings, at: datetime) -> Iterator[bytes]:
    out = _Out()
    with ZipFile(out, "w") as zip_file:
        for name, text in texts.items():
            zip_file.writestr(_info(name, at, ZIP_DEFLATED), text)
            yield out.taken()
        for place, photo in enumerate(held.photos):
            name = f"photos/{place + 1}.webp"
            yield from _photo(zip_file, out, _info(name, at, ZIP_STORED), photo)
            written = name in zip_file.namelist()
            held.told["photos"][place][FILE] = name if written else None
        # Last, as it says which of the files are there: one may be erased in this very moment.
        whole = json.dumps(held.told, ensure_ascii=False, indent=1)
        zip_file.writestr(_info("report.json", at, ZIP_DEFLATED), whole)
    yield out.taken()


def _photo(zip_file: ZipFile, out: "_Out", info: ZipInfo, photo: str) -> Iterator[bytes]:
    try:
        source = open_photo(photo, "large")
    except NoSuchPhoto:
        return
    with source, zip_file.open(info, "w") as target:
        while piece := source.read(PIECE):
            target.write(piece)
            yield out.taken()


def _info(name: str, at: datetime, compression: int) -> ZipInfo:
    info = ZipInfo(name, timezone.localtime(at).timetuple()[:6])
    info.compress_type = compression
    info.external_attr = 0o600 << 16
    return info


class _Out:
    """What a ZIP is written to, and taken from again: it cannot go back, so nothing is kept."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits in here: `taken` has it all."""

    def close(self) -> None:
        """There is nothing to close; what was written can still be taken."""

    def taken(self) -> bytes:
        data = b"".join(self._pieces)
        self._pieces.clear()
        return data
