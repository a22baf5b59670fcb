"""A second verifier, written from the specifications of C2SP and RFC 6962 alone.

It knows nothing of this program and must import nothing of it (`test_independent_verifier.py`):
what it accepts, a stranger's tools accept. The plainest reading of a rule, not a quick one.

    log = read_log(fetch, vkeys, witnesses)       fetch(path) -> bytes, e.g. of files in a folder
    entry = read_proof(text, vkeys, witnesses)

https://c2sp.org/signed-note  tlog-checkpoint  tlog-cosignature  tlog-tiles  tlog-proof
"""

import base64
import hashlib
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class Refused(Exception):
    """Something is not as the specifications want it."""


@dataclass(frozen=True)
class Head:
    origin: str
    size: int
    root: bytes
    signers: tuple[str, ...]
    """Names of the log's keys that signed."""
    witnesses: dict[str, int]
    """Names of the witnesses that cosigned, with their times."""


@dataclass(frozen=True)
class VerifiedLog:
    head: Head
    entries: list[bytes]


def read_log(
    fetch: Callable[[str], bytes], vkeys: Sequence[str], witnesses: Sequence[str] = ()
) -> VerifiedLog:
    """Checkpoint, every tile and every bundle. Raises `Refused`."""
    head = read_checkpoint(fetch("checkpoint"), vkeys, witnesses)
    entries: list[bytes] = []
    for index, width in _parts(head.size):
        entries += _bundle(fetch(f"tile/entries/{_path(index, width)}"), width)
    hashes = [hashlib.sha256(b"\x00" + entry).digest() for entry in entries]
    _require(_mth(hashes) == head.root, "the entries do not have the root of the checkpoint")
    _tiles(fetch, hashes)
    return VerifiedLog(head, entries)


def read_checkpoint(data: bytes, vkeys: Sequence[str], witnesses: Sequence[str] = ()) -> Head:
    """tlog-checkpoint, "Note text"; signed-note, "Format" and "Signatures"."""
    try:
        note = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused("a note is UTF-8") from error
    controls = any(ord(letter) < 0x20 and letter != "\n" for letter in note)
    _require(not controls, "a note has no control characters")
    text, blank, signatures = note.rpartition("\n\n")
    _require(bool(blank) and signatures.endswith("\n"), "text, blank line, signature lines")
    text += "\n"
    signed = [_signature(line) for line in signatures[:-1].split("\n")]
    lines = text.split("\n")
    _require(len(lines) >= 4 and all(lines[:-1]), "three lines or more, none empty")
    _require(lines[1].isascii() and lines[1].isdigit(), "the size is decimal")
    _require(lines[1] == str(int(lines[1])), "the size has no leading zeroes")
    root = _base64(lines[2])
    _require(len(root) == 32, "the root hash has 32 bytes")
    signers = tuple(name for name in map(_log_signer(text, signed), vkeys) if name)
    _require(bool(signers), "no signature of a known key")
    times = dict(filter(None, (_cosigner(text, signed, vkey) for vkey in witnesses)))
    return Head(lines[0], int(lines[1]), root, signers, times)


def read_proof(text: str, vkeys: Sequence[str], witnesses: Sequence[str] = ()) -> bytes:
    """tlog-proof: gives the entry, which our logs put into the extra data. Raises `Refused`."""
    front, blank, checkpoint = text.partition("\n\n")
    _require(bool(blank), "an empty line before the checkpoint")
    lines = front.split("\n")
    _require(lines.pop(0) == "c2sp.org/tlog-proof@v1", "the first line names the format")
    _require(lines[0].startswith("extra "), "the entry is in the extra data")
    entry = _base64(lines.pop(0).removeprefix("extra "))
    _require(bool(lines) and lines[0].startswith("index "), "then comes the index")
    index = lines.pop(0).removeprefix("index ")
    _require(index.isascii() and index.isdigit(), "the index is decimal")
    _require(index == str(int(index)), "the index has no leading zeroes")
    head = read_checkpoint(checkpoint.encode(), vkeys, witnesses)
    _require(int(index) < head.size, "the index lies in the tree")
    path = [_base64(line) for line in lines]
    leaf = hashlib.sha256(b"\x00" + entry).digest()
    root = _root_from_path(leaf, int(index), head.size, path)
    _require(not path and root == head.root, "the path leads to the root")
    return entry


def _root_from_path(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """RFC 6962 section 2.1.1 read backwards: the last hash is of the widest range. Empties `path`.

    PATH(m, D[n]) = PATH(m, D[0:k]) : MTH(D[k:n])           for m < k
                  = PATH(m - k, D[k:n]) : MTH(D[0:k])       for m >= k
    """
    if size == 1:
        return leaf
    k = _largest_power_below(size)
    _require(bool(path), "the path has too few hashes")
    sibling = path.pop()
    if index < k:
        return _node(_root_from_path(leaf, index, k, path), sibling)
    return _node(sibling, _root_from_path(leaf, index - k, size - k, path))


def _tiles(fetch: Callable[[str], bytes], hashes: list[bytes]) -> None:
    """tlog-tiles, "Merkle Tree": each level's hashes are the roots of full tiles below."""
    level = 0
    while hashes:
        above = []
        for index, width in _parts(len(hashes)):
            part = hashes[index * 256 : index * 256 + width]
            path = f"tile/{level}/{_path(index, width)}"
            _require(fetch(path) == b"".join(part), f"{path} has other hashes")
            if width == 256:
                above.append(_mth(part))
        hashes, level = above, level + 1


def _parts(count: int) -> list[tuple[int, int]]:
    """Index and width of the tiles that `count` hashes fill."""
    parts = [(index, 256) for index in range(count // 256)]
    return parts + ([(count // 256, count % 256)] if count % 256 else [])


def _path(index: int, width: int) -> str:
    digits = str(index)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    path = "/".join(["x" + group for group in groups[:-1]] + groups[-1:])
    return path if width == 256 else f"{path}.p/{width}"


def _bundle(data: bytes, width: int) -> list[bytes]:
    """tlog-tiles, "Log entries"."""
    entries = []
    while data:
        _require(len(data) >= 2, "a length has two bytes")
        (length,) = struct.unpack(">H", data[:2])
        _require(len(data) >= 2 + length, "an entry is cut short")
        entries.append(data[2 : 2 + length])
        data = data[2 + length :]
    _require(len(entries) == width, f"a bundle of {width} has {len(entries)} entries")
    return entries


def _mth(hashes: list[bytes]) -> bytes:
    """RFC 6962 section 2.1, of leaf hashes."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    k = _largest_power_below(len(hashes))
    return _node(_mth(hashes[:k]), _mth(hashes[k:]))


def _largest_power_below(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _signature(line: str) -> tuple[str, bytes, bytes]:
    """— <key name> base64(32-bit key ID || signature)."""
    dash, _, rest = line.partition(" ")
    name, _, blob = rest.partition(" ")
    _require(dash == "—" and bool(name) and "+" not in name, "a signature line")
    data = _base64(blob)
    _require(len(data) > 4, "a signature has a key ID and more")
    return name, data[:4], data[4:]


def _key(vkey: str, kind: int) -> tuple[str, bytes, bytes]:
    """Name, key ID, public key."""
    name, key_id, encoded = vkey.strip().split("+", 2)
    typed = _base64(encoded)
    _require(typed[0] == kind and len(typed) == 33, f"an Ed25519 key of type {kind}")
    right = hashlib.sha256(name.encode() + b"\n" + typed).digest()[:4]
    _require(right.hex() == key_id, "the ID of the key")
    return name, right, typed[1:]


def _log_signer(text: str, signed: list[tuple[str, bytes, bytes]]) -> Callable[[str], str | None]:
    def signer(vkey: str) -> str | None:
        name, key_id, public = _key(vkey, 0x01)
        own = [blob for other, other_id, blob in signed if (other, other_id) == (name, key_id)]
        for blob in own:
            _verify(public, blob, text.encode(), name)
        return name if own else None

    return signer


def _cosigner(
    text: str, signed: list[tuple[str, bytes, bytes]], vkey: str
) -> tuple[str, int] | None:
    """tlog-cosignature: u64 timestamp, then the signature over header, time and note text."""
    name, key_id, public = _key(vkey, 0x04)
    for other, other_id, blob in signed:
        if (other, other_id) == (name, key_id):
            _require(len(blob) == 72, "a cosignature has 72 bytes")
            (time,) = struct.unpack(">Q", blob[:8])
            message = f"cosignature/v1\ntime {time}\n{text}"
            _verify(public, blob[8:], message.encode(), name)
            return name, time
    return None


def _verify(public: bytes, signature: bytes, message: bytes, name: str) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature as error:
        raise Refused(f"the signature of {name} is wrong") from error


def _base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as error:
        raise Refused("not base64") from error


def _require(condition: bool, rule: str) -> None:
    if not condition:
        raise Refused(rule)
