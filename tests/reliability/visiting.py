"""A visitor who must leave no trace, and the forms a trace could have."""

import base64
import hashlib
import html
import json
import quopri
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from ipaddress import ip_address
from urllib.parse import quote, quote_plus, urlencode

from tests.live import Server

PEER = "127.77.66.55"
"""Where the requests really come from: all of 127/8 is this machine."""
BROWSER = "Sentinel-Browser/77.31 (Trace 9c41e7)"
HASHES = ("md5", "sha1", "sha256", "sha512", "blake2b", "sha3_256")


@dataclass(frozen=True)
class Answer:
    status: int
    body: str
    headers: dict[str, str]

    def field(self, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', self.body)
        assert found, f"no field {name}"
        return found[1]


@dataclass
class Visitor:
    """One browser behind a proxy that tells where it is, with every header that could tell more."""

    server: Server
    address: str
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, b"", headers)

    def post(self, path: str, form: dict[str, str], **headers: str) -> Answer:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode(form).encode(), kind | headers)

    def upload(
        self, path: str, name: str, file: bytes, form: Mapping[str, str] | None = None
    ) -> Answer:
        boundary = secrets.token_hex(16)
        parts = [
            f'Content-Disposition: form-data; name="{field}"\r\n\r\n{value}'.encode()
            for field, value in (form or {}).items()
        ]
        about = f'Content-Disposition: form-data; name="{name}"; filename="a.jpg"'
        parts.append(f"{about}\r\nContent-Type: image/jpeg\r\n\r\n".encode() + file)
        body = b"".join(f"--{boundary}\r\n".encode() + part + b"\r\n" for part in parts)
        kind = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        return self._ask("POST", path, body + f"--{boundary}--\r\n".encode(), kind)

    def send(self, path: str, body: bytes, kind: str) -> Answer:
        """Whatever it is."""
        return self._ask("POST", path, body, {"Content-Type": kind})

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        connection = HTTPConnection(
            "127.0.0.1", self.server.port, timeout=60, source_address=(PEER, 0)
        )
        try:
            # A server that refuses what is too large answers before it has read it all.
            with suppress(BrokenPipeError):
                connection.request(method, path, body, self._about_me() | headers)
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
        finally:
            connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(answer.status, text, dict(answer.headers))

    def _about_me(self) -> dict[str, str]:
        return {
            "Host": f"localhost:{self.server.port}",
            "User-Agent": BROWSER,
            "Accept-Language": "en",
            "X-Forwarded-For": self.address,
            "X-Real-IP": self.address,
            "Forwarded": f'for="{self.address}"',
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }


def traces(address: str) -> list[bytes]:
    """An address as it could stand in a file: in text, packed, or hashed without a key.

    Its network too: from a hash of one of 16 million networks anybody finds the network.
    """
    one = ip_address(address)
    bits = 24 if one.version == 4 else 48
    first = ip_address(int(one) >> (one.max_prefixlen - bits) << (one.max_prefixlen - bits))
    network = f"{first}/{bits}"
    texts = {address, str(one), one.exploded, network, str(first)}
    plain = [text.encode() for text in texts - {str(first)}]
    wide = [text.encode("utf-16-le") for text in texts - {str(first)}]
    packed = [one.packed] if one.version == 6 else []
    hashed = [text.encode() for text in texts] + [one.packed, first.packed]
    return [*plain, *wide, *packed, one.packed.hex().encode(), *_hashes(hashed)]


def words(text: str) -> list[bytes]:
    """The same for words, such as the name of a browser: written, packed, or hashed."""
    return [*spellings(text), *hashes(text)]


def spellings(text: str) -> list[bytes]:
    """As any program may have written it, among other words."""
    spelled = {text, json.dumps(text)[1:-1], html.escape(text), quote(text, safe="")}
    spelled |= {quote_plus(text), quopri.encodestring(text.encode()).decode()}
    wide = [text.encode(codec) for codec in ("utf-16-le", "utf-16-be")]
    plain = [one.encode() for one in sorted(spelled)]
    return [*plain, *wide, *_encoded(text.encode())]


def _encoded(data: bytes) -> list[bytes]:
    """In base64, wherever in a longer text it stands, without the letters that the neighbours
    share; and in hexadecimal digits."""
    forms = []
    for before in range(3):
        whole = base64.b64encode(bytes(before) + data)
        inner = whole[-(-before * 8 // 6) : (before + len(data)) * 8 // 6]
        forms += [inner, inner.translate(bytes.maketrans(b"+/", b"-_"))]
    return [*dict.fromkeys(forms), data.hex().encode()]


def hashes(text: str) -> list[bytes]:
    return _hashes([text.encode()])


def _hashes(texts: list[bytes]) -> list[bytes]:
    """The first eight bytes: whoever shortens a hash leaves as many."""
    digests = [hashlib.new(name, text).digest()[:8] for name in HASHES for text in texts]
    return [
        form
        for digest in digests
        for form in (digest, digest.hex().encode(), base64.b64encode(digest)[:10])
    ]
