"""Bytes as text: base64 in its one spelling (RFC 4648 section 4).

Section 3.5 lets a reader accept bits in the padding that mean nothing. Not so here: a signature, a
receipt, a commitment has one spelling, so that whoever changes a letter of it changes what it says.

NotBase64   text that spells no bytes, or spells them otherwise
"""

import binascii


class NotBase64(ValueError):
    """The text is not the one spelling of any bytes."""


def encode64(data: bytes) -> str:
    return binascii.b2a_base64(data, newline=False).decode()


def decode64(text: str) -> bytes:
    """Raises `NotBase64`."""
    try:
        data = binascii.a2b_base64(text, strict_mode=True)
    except ValueError as error:
        raise NotBase64(f"not base64: {text!r:.60}") from error
    if encode64(data) != text:
        raise NotBase64(f"not base64 as it is written: {text!r:.60}")
    return data
