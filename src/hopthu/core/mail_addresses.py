"""E-mail addresses that a letter can be sent to, as somebody types them.

A part of RFC 5321 and 5322: what every mail server takes. No quoted local parts, no domains in
brackets, no comments. A domain in any script is kept in its ASCII form (RFC 5891, after the mapping
of UTS 46); a local part beyond ASCII would need SMTPUTF8 (RFC 6531) on every server of the way.
"""

import re
import unicodedata

import idna

MAX_ADDRESS = 254
"""RFC 5321 § 4.5.3.1.3, without the angle brackets."""
MAX_LOCAL = 64
"""RFC 5321 § 4.5.3.1.1."""
_ATEXT = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATEXT}(\.{_ATEXT})*")
"""RFC 5322 § 3.2.3: dot-atom-text."""
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?")


class BadAddress(ValueError):
    """No address that we can write to; it never holds what was typed.

    `why` is one of: too_long, no_at, local, domain.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def parse_address(text: str) -> str:
    """The address in the one form that is kept. Raises `BadAddress`."""
    # A telephone's keyboard adds blanks at the ends; any other is a slip, or a trick.
    typed = unicodedata.normalize("NFC", text.strip(" \t"))
    if len(typed) > MAX_ADDRESS:
        raise BadAddress("too_long")
    local, at, domain = typed.rpartition("@")
    if not at:
        raise BadAddress("no_at")
    # What looks like an encoded word (RFC 2047) is read as one by servers that should not.
    if len(local) > MAX_LOCAL or not _LOCAL.fullmatch(local) or "=?" in local:
        raise BadAddress("local")
    address = f"{local}@{_domain(domain)}"
    if len(address) > MAX_ADDRESS:
        raise BadAddress("too_long")
    return address


def _domain(text: str) -> str:
    try:
        domain = idna.encode(text, uts46=True).decode().lower()
    except (idna.IDNAError, UnicodeError):
        raise BadAddress("domain") from None
    labels = domain.split(".")
    # One name alone is a machine of the operator's own network, and digits at the end are a number.
    if len(labels) < 2 or labels[-1].isdecimal():
        raise BadAddress("domain")
    if not all(_LABEL.fullmatch(label) for label in labels):
        raise BadAddress("domain")
    return domain
