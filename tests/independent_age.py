"""Another reader of age files, after age-encryption.org/v1 alone: shares no code with what writes
them. One X25519 key, one chunk: what the stock tool does with a contact and the recovery key.
"""

import base64
import hashlib
import hmac
from itertools import pairwise

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


class NoStanza(Exception):
    """No stanza of the header is for this key."""


def decrypt(blob: bytes, key: str) -> bytes:
    """`key` as age-keygen writes it: AGE-SECRET-KEY-1…"""
    header, _, rest = blob.partition(b"\n---")
    mac, _, payload = rest.partition(b"\n")
    file_key = _file_key(header.decode(), _secret(key))
    seal = hmac.digest(_derive(file_key, b"", b"header"), header + b"\n---", hashlib.sha256)
    assert seal == _base64(mac.decode().strip())
    cipher = ChaCha20Poly1305(_derive(file_key, payload[:16], b"payload"))
    return cipher.decrypt(bytes(11) + b"\x01", payload[16:], None)


def _file_key(header: str, secret: X25519PrivateKey) -> bytes:
    version, *lines = header.split("\n")
    assert version == "age-encryption.org/v1"
    own = secret.public_key().public_bytes_raw()
    for stanza, body in pairwise(lines):
        if not stanza.startswith("-> X25519 "):
            continue
        share = _base64(stanza.split()[2])
        shared = secret.exchange(X25519PublicKey.from_public_bytes(share))
        wrap = _derive(shared, share + own, b"age-encryption.org/v1/X25519")
        try:
            return ChaCha20Poly1305(wrap).decrypt(bytes(12), _base64(body), None)
        except InvalidTag:  # it is for another key
            continue
    raise NoStanza


def _secret(key: str) -> X25519PrivateKey:
    """BIP 173, without looking at its check characters."""
    bits = "".join(f"{BECH32.index(c):05b}" for c in key.lower().rpartition("1")[2][:-6])
    return X25519PrivateKey.from_private_bytes(int(bits[:256], 2).to_bytes(32, "big"))


def _derive(secret: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, info).derive(secret)


def _base64(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4))
