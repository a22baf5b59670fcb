"""Telling apart where requests come from, for a moment and without keeping who it was.

The one module that looks at a visitor's address. What it gives out is an HMAC of the address's
network (IPv4: /24, IPv6: /48) under a random key, which is made anew every day and is in the memory
of this process alone. Neither address nor key nor HMAC is ever written to a disk or a log, so that
from tomorrow on nobody can say what a value of today meant.
"""

import hashlib
import hmac
import logging
import secrets
import threading
import time
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
KEY_LIFE = 24 * 3600
"""Seconds."""
BITS = {4: 24, 6: 48}
"""How much of an address tells a household or an office apart, and no person in it."""
MOST_HOPS = 20
FORWARDED = "X-Forwarded-For"

logger = logging.getLogger("hopthu.web")


class DailyKey:
    """Makes marks that mean something in this process, today."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._key = b""
        self._made = 0.0

    def mark(self, *words: str) -> bytes:
        return hmac.digest(self._today(), "\0".join(words).encode(), hashlib.sha256)[:16]

    def _today(self) -> bytes:
        with self._lock:
            if not self._key or time.monotonic() - self._made > KEY_LIFE:
                self._key, self._made = secrets.token_bytes(32), time.monotonic()
            return self._key


_key = DailyKey()
_told = threading.Event()


def mark(request: HttpRequest, *words: str) -> bytes | None:
    """A mark for the network that the request comes from, together with `words`.

    None where that is not known: then all there would be to count is the proxy in front of us.
    """
    network = _network(request)
    return None if network is None else _key.mark(str(network), *words)


def mark_of(*words: str) -> bytes:
    """A mark for something that is no address."""
    return _key.mark("", *words)


def _network(request: HttpRequest) -> Network | None:
    address = _address(request)
    if address is None or address.is_loopback:
        return None
    return ip_network((address, BITS[address.version]), strict=False)


def _address(request: HttpRequest) -> Address | None:
    """The peer; behind proxies of ours the last address that none of them has.

    What anybody else writes into the header counts for nothing.
    """
    address = _parsed(str(request.META.get("REMOTE_ADDR", "")))
    forwarded = request.headers.get(FORWARDED, "")
    if forwarded and address is not None and address.is_loopback and not settings.PROXIES:
        _tell_once()
    hops = forwarded.split(",")[-MOST_HOPS:] if forwarded else []
    while hops and address is not None and _is_ours(address):
        address = _parsed(hops.pop().strip())
    return None if address is None or _is_ours(address) else address


def _is_ours(address: Address) -> bool:
    return any(address in network for network in settings.PROXIES)


def _parsed(text: str) -> Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _tell_once() -> None:
    if not _told.is_set():
        _told.set()
        logger.warning(
            "a proxy on this machine is not named in HOPTHU_PROXIES: limits by network are off"
        )
