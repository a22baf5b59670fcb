"""The form of a backup: a plain tar, which begins with what it is and ends with its hashes.

`backup.json` comes first: a file without it is none of ours. `manifest.json` comes last, with size
and SHA-256 of every file before it: a file without it was cut. Any `tar` opens one by hand.

NotABackup   the file is something else, or of a version of the program that is not known here
Damaged      it was cut, or something in it is not what was written
Exists       there is a file of that name already
"""

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

from hopthu.care.refusals import Refused
from hopthu.record import durable

FORMAT: Final = "hopthu backup v1"
ABOUT: Final = "backup.json"
MANIFEST: Final = "manifest.json"
_MOST_JSON: Final = 256 * 1024 * 1024
"""Bytes of the manifest: a line a photo, of millions of them."""
_CHUNK: Final = 1024 * 1024


class NotABackup(Refused):
    """Something else, or of a newer program."""


class Damaged(Refused):
    """Not what was written."""


class Exists(Refused):
    """A backup is never written over another one."""


class Writer:
    """Adds files to a backup that is being written."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self._files: dict[str, dict[str, Any]] = {}

    def add(self, name: str, path: Path) -> None:
        """Raises OSError."""
        with path.open("rb") as file:
            self._write(name, file, os.fstat(file.fileno()).st_size)

    def add_bytes(self, name: str, data: bytes) -> None:
        self._write(name, io.BytesIO(data), len(data))

    def close(self) -> None:
        self.add_bytes(MANIFEST, json.dumps({"files": self._files}).encode())

    def _write(self, name: str, file: IO[bytes], size: int) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        hashed = _Hashing(file)
        self._tar.addfile(info, hashed)
        self._files[name] = {"size": size, "sha256": hashed.sha256.hexdigest()}


@contextmanager
def writing(path: Path, about: Mapping[str, Any]) -> Iterator[Writer]:
    """A new backup at `path`: there and durable once this is left, or not there at all.

    Raises `Exists` and OSError.
    """
    if path.exists():
        raise Exists(f"{path} is there already; choose another name")
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    draft = Path(name)
    try:
        with open(descriptor, "wb") as file:
            with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
                writer = Writer(tar)
                writer.add_bytes(ABOUT, json.dumps({"format": FORMAT, **about}).encode())
                yield writer
                writer.close()
            file.flush()
            os.fsync(file.fileno())
        try:
            path.hardlink_to(draft)
        except FileExistsError as error:
            raise Exists(f"{path} is there already; choose another name") from error
    finally:
        draft.unlink(missing_ok=True)
    durable.sync_folder(path.parent)


def unpack(path: Path, folder: Path) -> dict[str, Any]:
    """Put all files of a backup under `folder`, each checked; gives what `backup.json` says.

    Raises `NotABackup`, `Damaged`, OSError.
    """
    try:
        with tarfile.open(path, mode="r:") as tar:
            return _unpack(path, tar, folder)
    except tarfile.ReadError as error:
        raise _unreadable(path, error) from error
    except (EOFError, tarfile.TarError) as error:
        raise Damaged(f"{path} is damaged: {error}") from error


def _unpack(path: Path, tar: tarfile.TarFile, folder: Path) -> dict[str, Any]:
    about = _about(path, tar)
    found: dict[str, dict[str, Any]] = {ABOUT: _hash_of(about)}
    for member in tar:
        if member.name == MANIFEST:
            _check(path, found, _read(tar, member))
            told: dict[str, Any] = json.loads(about)
            return told
        if member.name != ABOUT:
            found[member.name] = _place(path, tar, member, folder)
    raise Damaged(f"{path} was cut or is damaged: it has no end")


def _about(path: Path, tar: tarfile.TarFile) -> bytes:
    first = tar.next()
    if first is None or first.name != ABOUT:
        raise NotABackup(f"{path} is no backup of Hopthu")
    data = _read(tar, first)
    with suppress(ValueError, AttributeError):
        if json.loads(data).get("format") == FORMAT:
            return data
    raise NotABackup(f"{path} is no backup that this version of Hopthu knows")


def _read(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = tar.extractfile(member)
    if file is None or member.size > _MOST_JSON:
        raise Damaged(f"damaged: {member.name} is no file")
    return file.read()


def _place(
    path: Path, tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path
) -> dict[str, Any]:
    name = PurePosixPath(member.name)
    file = tar.extractfile(member) if member.isfile() else None
    if file is None or name.is_absolute() or ".." in name.parts:
        raise Damaged(f"{path} is damaged: {member.name!r:.80} has no place in a backup")
    target = folder.joinpath(*name.parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    sha256, size = hashlib.sha256(), 0
    with target.open("xb") as copy:
        while chunk := file.read(_CHUNK):
            copy.write(chunk)
            sha256.update(chunk)
            size += len(chunk)
        copy.flush()
        os.fsync(copy.fileno())
    return {"size": size, "sha256": sha256.hexdigest()}


def _check(path: Path, found: Mapping[str, Any], manifest: bytes) -> None:
    try:
        expected = json.loads(manifest)["files"]
    except (ValueError, KeyError, TypeError) as error:
        raise Damaged(f"{path} is damaged: its manifest cannot be read") from error
    for name in sorted(expected.keys() | found.keys()):
        if expected.get(name) != found.get(name):
            raise Damaged(f"{path} is damaged: {name} is not what was backed up")


def _hash_of(data: bytes) -> dict[str, Any]:
    return {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def _unreadable(path: Path, error: Exception) -> Refused:
    """tarfile says the same of a file that was cut and of one that never was a tar."""
    with path.open("rb") as file:
        if not file.read(len(ABOUT)).startswith(ABOUT.encode()):
            return NotABackup(f"{path} is no backup of Hopthu")
    return Damaged(f"{path} was cut or is damaged: {error}")


class _Hashing(io.RawIOBase):
    """Reads on, and hashes what it reads."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.sha256 = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.sha256.update(data)
        return data
