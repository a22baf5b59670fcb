"""Sealing something to a key that a page in a browser made for this once, and keeps to itself.

ECDH on P-256, HKDF-SHA-256 (RFC 5869), AES-256-GCM: what WebCrypto has in every browser of today.
`desk/static/desk/call.js` opens it.

    sealed = public key of an ephemeral pair (65 bytes) ‖ IV (12) ‖ ciphertext with its tag
    key    = HKDF(secret = ECDH, salt = the page's public key, info = "hopthu opening v1")

`context` is bound to it as additional data: what was sealed for one thing opens for no other.

BadPageKey   not a point of P-256 in its uncompressed form
"""

import os
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

KEY_BYTES: Final = 65
IV_BYTES: Final = 12
LENGTH: Final = 64
"""Bytes of every plaintext, filled up with blanks: its length tells nothing."""
INFO: Final = b"hopthu opening v1"


class BadPageKey(ValueError):
    """Nothing can be sealed to it."""


def check(page_key: bytes) -> None:
    """Raises `BadPageKey`."""
    _public(page_key)


def seal(words: str, *, page_key: bytes, context: str) -> bytes:
    """Raises `BadPageKey`."""
    public, own = _public(page_key), generate_private_key(SECP256R1())
    iv = os.urandom(IV_BYTES)
    plain = words.encode().ljust(LENGTH)
    hidden = AESGCM(_key(own, public, page_key)).encrypt(iv, plain, context.encode())
    return _raw(own.public_key()) + iv + hidden


def unseal(sealed: bytes, *, key: EllipticCurvePrivateKey, context: str) -> str:
    """As a page does it. Raises `cryptography.exceptions.InvalidTag` and `BadPageKey`."""
    theirs, iv, hidden = (
        sealed[:KEY_BYTES],
        sealed[KEY_BYTES : KEY_BYTES + IV_BYTES],
        sealed[KEY_BYTES + IV_BYTES :],
    )
    secret = _key(key, _public(theirs), _raw(key.public_key()))
    return AESGCM(secret).decrypt(iv, hidden, context.encode()).decode().rstrip()


def _public(raw: bytes) -> EllipticCurvePublicKey:
    try:
        if len(raw) == KEY_BYTES:
            return EllipticCurvePublicKey.from_encoded_point(SECP256R1(), raw)
    except ValueError:
        pass
    raise BadPageKey("not the public half of a key on P-256")


def _raw(public: EllipticCurvePublicKey) -> bytes:
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _key(own: EllipticCurvePrivateKey, theirs: EllipticCurvePublicKey, page_key: bytes) -> bytes:
    secret = own.exchange(ECDH(), theirs)
    return HKDF(SHA256(), length=32, salt=page_key, info=INFO).derive(secret)
