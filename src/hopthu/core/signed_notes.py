"""Signed notes: text that anybody can read, and Ed25519 signatures under it.

https://c2sp.org/signed-note (format, key ids, verifier keys) and https://c2sp.org/tlog-cosignature
(cosignature/v1: what a witness signs, with its time). Of the signature types there these two alone
are known here; others are passed over as the specification asks.

BadNote         text that is no signed note
├ NotSigned     no signature of a trusted key under it
└ BadSignature  a signature that says it is a trusted key's, and is not
BadKey          text that is no verifier key
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256
from typing import ClassVar, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from hopthu.core.encoding import decode64, encode64

MAX_NOTE: Final = 64 * 1024
"""Bytes; the specification asks for a limit, and for room for 16 signatures at least."""
MAX_SIGNATURES: Final = 64
ED25519_BYTES: Final = 64
KEY_ID_BYTES: Final = 4
TIME_BYTES: Final = 8
MAX_TIME: Final = 2**63 - 1
"""Of a cosignature (tlog-cosignature, "Format")."""
_SIGNATURE_LINE: Final = re.compile(r"— (?P<name>[^\s+]+) (?P<blob>[A-Za-z0-9+/]+=*)")
_KEY_NAME: Final = re.compile(r"[^\s+\x00-\x1f]+")
_CONTROLS: Final = re.compile(r"[\x00-\x09\x0b-\x1f]")


class BadNote(ValueError):
    """No signed note, or none of a trusted key; the message says what is wrong."""


class NotSigned(BadNote):
    """None of the trusted keys signed it."""


class BadSignature(BadNote):
    """A trusted key is named over a signature that it did not make."""


class BadKey(ValueError):
    """No verifier key; the message says what is wrong."""


class SignatureType(IntEnum):
    """The identifier byte of a key ("Signature types")."""

    ED25519 = 0x01
    COSIGNATURE = 0x04


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """Who signs, and with what: a name, and an Ed25519 public key for one type of signature."""

    name: str
    public: bytes
    type: SignatureType = SignatureType.ED25519

    def __post_init__(self) -> None:
        if not _KEY_NAME.fullmatch(self.name):
            raise BadKey("a key name has neither spaces nor a plus, and is not empty")
        if len(self.public) != 32:
            raise BadKey(f"an Ed25519 public key has 32 bytes, not {len(self.public)}")

    @property
    def id(self) -> bytes:
        """SHA-256(name ‖ 0x0A ‖ type ‖ public key)[:4]."""
        return sha256(f"{self.name}\n".encode() + self._typed).digest()[:KEY_ID_BYTES]

    @property
    def _typed(self) -> bytes:
        return bytes([self.type]) + self.public

    def __str__(self) -> str:
        """The vkey: `<name>+<id in hexadecimal>+<base64(type ‖ public key)>`."""
        return f"{self.name}+{self.id.hex()}+{encode64(self._typed)}"


def parse_vkey(text: str) -> VerifierKey:
    """Raises `BadKey`."""
    parts = text.strip().split("+", 2)
    if len(parts) != 3:
        raise BadKey("a verifier key is name+id+key")
    name, key_id, encoded = parts
    try:
        typed = decode64(encoded)
        key = VerifierKey(name, typed[1:], SignatureType(typed[0]))
    except (ValueError, IndexError) as error:
        why = str(error) if isinstance(error, BadKey) else "not an Ed25519 key of a known type"
        raise BadKey(why) from error
    if key.id.hex() != key_id:
        raise BadKey("the id of the verifier key is not that of its name and key")
    return key


@dataclass(frozen=True, slots=True)
class Signature:
    name: str
    key_id: bytes
    bytes: bytes
    """64 bytes of Ed25519; of a cosignature 8 bytes of time before them."""

    def __str__(self) -> str:
        """One signature line, without its newline."""
        return f"— {self.name} {encode64(self.key_id + self.bytes)}"

    def is_by(self, key: VerifierKey) -> bool:
        """Whether it says that it is that key's; the signature itself may be wrong."""
        return self.name == key.name and self.key_id == key.id

    @property
    def timestamp(self) -> int:
        """Of a cosignature: seconds since 1970."""
        return int.from_bytes(self.bytes[:TIME_BYTES])


@dataclass(frozen=True, slots=True)
class Note:
    text: str
    """Ends with a newline; this is what is signed."""
    signatures: tuple[Signature, ...] = ()

    def __str__(self) -> str:
        return self.text + "\n" + "".join(f"{one}\n" for one in self.signatures)

    def signed(self, *more: Signature) -> "Note":
        """The note with `more` signatures; of one key the last one counts."""
        by_key = {(one.name, one.key_id): one for one in (*self.signatures, *more)}
        return Note(self.text, tuple(by_key.values()))


class SigningKey:
    """The Ed25519 private key of a log: signs notes."""

    type: ClassVar[SignatureType] = SignatureType.ED25519

    def __init__(self, name: str, seed: bytes) -> None:
        """`seed` are the 32 bytes of RFC 8032 section 5.1.5."""
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.verifier = VerifierKey(name, self._private.public_key().public_bytes_raw(), self.type)

    def sign(self, text: str) -> Signature:
        return self._signature(self._private.sign(text.encode()))

    def _signature(self, blob: bytes) -> Signature:
        return Signature(self.verifier.name, self.verifier.id, blob)


class CosigningKey(SigningKey):
    """The Ed25519 private key of a witness. It is never a log's too: the ids tell them apart."""

    type = SignatureType.COSIGNATURE

    def cosign(self, text: str, *, timestamp: int) -> Signature:
        """A cosignature/v1 of a checkpoint's text at `timestamp`, seconds since 1970."""
        if not 0 <= timestamp <= MAX_TIME:
            raise ValueError(f"no time of a cosignature: {timestamp}")
        signed = self._private.sign(_cosigned(text, timestamp))
        return self._signature(timestamp.to_bytes(TIME_BYTES) + signed)


def parse_note(text: str | bytes) -> Note:
    """Text, blank line, signature lines ("Format"). Raises `BadNote`."""
    try:
        # Also a str may hold what UTF-8 has no bytes for: half a surrogate pair.
        data = text.encode() if isinstance(text, str) else text
        text = data.decode()
    except UnicodeError as error:
        raise BadNote("not UTF-8") from error
    if len(data) > MAX_NOTE:
        raise BadNote(f"longer than {MAX_NOTE} bytes")
    if "\r" in text:
        raise BadNote("lines end in CRLF: something changed the file on its way")
    if _CONTROLS.search(text):
        raise BadNote("control characters")
    body, blank, signed = text.rpartition("\n\n")
    if not blank or not signed:
        raise BadNote("no signature lines after a blank line")
    if not signed.endswith("\n"):
        raise BadNote("cut short: the last line does not end")
    return Note(body + "\n", parse_signatures(signed))


def parse_signatures(lines: str) -> tuple[Signature, ...]:
    """Signature lines, each with its newline. Raises `BadNote`."""
    split = lines.removesuffix("\n").split("\n")
    if len(split) > MAX_SIGNATURES:
        raise BadNote(f"more than {MAX_SIGNATURES} signatures")
    return tuple(_signature(line) for line in split)


def verified(note: Note, keys: Sequence[VerifierKey]) -> tuple[VerifierKey, ...]:
    """Those of `keys` that signed the note.

    Signatures of other keys are ignored. Raises `BadSignature` if one of `keys` is named over
    something that it did not sign, and `NotSigned` if none of them did ("Signatures").
    """
    found = tuple(key for key in keys if _signed_by(note, key))
    if not found:
        raise NotSigned("no signature of a known key")
    return found


def cosigned(note: Note, witnesses: Iterable[VerifierKey]) -> dict[VerifierKey, int]:
    """The witnesses whose cosignature under the note is right, each with its time.

    A wrong one counts for nothing, and takes nothing away from what others signed.
    """
    result = {}
    for key in witnesses:
        for one in note.signatures:
            if one.is_by(key) and _is_right(one, key, note.text):
                result[key] = one.timestamp
    return result


def _signed_by(note: Note, key: VerifierKey) -> bool:
    own = [one for one in note.signatures if one.is_by(key)]
    if not all(_is_right(one, key, note.text) for one in own):
        raise BadSignature(f"the signature of {key.name} is not of this text")
    return bool(own)


def _is_right(signature: Signature, key: VerifierKey, text: str) -> bool:
    blob, message = signature.bytes, text.encode()
    if key.type is SignatureType.COSIGNATURE:
        if signature.timestamp > MAX_TIME:
            return False
        blob, message = blob[TIME_BYTES:], _cosigned(text, signature.timestamp)
    if len(blob) != ED25519_BYTES:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(blob, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _cosigned(text: str, timestamp: int) -> bytes:
    """tlog-cosignature, "Ed25519 signed message"."""
    return f"cosignature/v1\ntime {timestamp}\n{text}".encode()


def _signature(line: str) -> Signature:
    match = _SIGNATURE_LINE.fullmatch(line)
    if match is None:
        raise BadNote(f"not a signature line: {line!r:.120}")
    try:
        blob = decode64(match["blob"])
    except ValueError as error:
        raise BadNote(f"the signature of {match['name']:.80} is not base64") from error
    if len(blob) <= KEY_ID_BYTES:
        raise BadNote(f"the signature of {match['name']:.80} is cut short")
    return Signature(match["name"], blob[:KEY_ID_BYTES], blob[KEY_ID_BYTES:])
