"""The service that sends texts, as the operator names it: `HOPTHU_SMS_*`.

https://gateway.example/send      and in the clear only on the same machine: http://127.0.0.1:8080/

What is sent there is made of a template, an object of JSON or the fields of a form:

    {"to": "{to}", "text": "{text}"}          to={digits}&text={text}&from=Hopthu

`{to}` is the number as in `+84912345678`, `{digits}` the same without the plus, `{text}` the words.
Values are filled in after the template was read: nothing in a text can become a part of it.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

BODY = '{"to": "{to}", "text": "{text}"}'
COUNTRY = "84"
_PLACE = re.compile(r"\{(to|digits|text)\}")


class BadGateway(ValueError):
    """Not such a service; the message never shows the address, as it may hold a secret."""


@dataclass(frozen=True)
class Gateway:
    host: str
    port: int | None
    tls: bool
    path: str
    """With its query."""
    template: Mapping[str, Any] | tuple[tuple[str, str], ...]
    """An object of JSON, or the fields of a form."""
    token_file: Path | None
    """Where the bearer token stands, which `hopthu work` alone reads."""
    country: str
    """The code of the one country whose numbers are taken."""

    def body(self, *, to: str, text: str) -> tuple[str, bytes]:
        """Its content type, and what is sent."""
        values = {"to": to, "digits": to.removeprefix("+"), "text": text}
        filled = _fill(self.template, values)
        if isinstance(self.template, Mapping):
            return "application/json", json.dumps(filled).encode()
        pairs = [tuple(pair) for pair in filled]
        return "application/x-www-form-urlencoded", urlencode(pairs).encode()


def parse_gateway(
    url: str, *, body: str = BODY, token_file: str = "", country: str = COUNTRY
) -> Gateway:
    """Raises `BadGateway`."""
    parts = _split(url)
    here = _is_here(parts.hostname or "")
    if parts.scheme != "https" and not here:
        raise BadGateway("HOPTHU_SMS_URL: http:// is for a service on this machine alone")
    if not re.fullmatch(r"[1-9][0-9]{0,2}", country):
        raise BadGateway("HOPTHU_SMS_COUNTRY: not the code of a country, such as 84")
    return Gateway(
        host=parts.hostname or "",
        port=parts.port,
        tls=parts.scheme == "https",
        path=(parts.path or "/") + (f"?{parts.query}" if parts.query else ""),
        template=_template(body),
        token_file=Path(token_file) if token_file else None,
        country=country,
    )


def _split(url: str) -> SplitResult:
    wrong = "HOPTHU_SMS_URL: not an address such as https://gateway.example/send"
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - raises where it is none
    except ValueError:
        raise BadGateway(wrong) from None
    printable = url.isascii() and url.isprintable() and " " not in url
    if parts.scheme not in {"https", "http"} or not parts.hostname or not printable:
        raise BadGateway(wrong)
    if parts.username or parts.fragment:
        raise BadGateway(f"{wrong}; a secret belongs into HOPTHU_SMS_TOKEN_FILE")
    return parts


def _template(body: str) -> Mapping[str, Any] | tuple[tuple[str, str], ...]:
    wrong = "HOPTHU_SMS_BODY: neither an object of JSON nor the fields of a form"
    template: Mapping[str, Any] | tuple[tuple[str, str], ...]
    try:
        if body.lstrip().startswith("{"):
            template = json.loads(body)
        else:
            template = tuple(parse_qsl(body, keep_blank_values=True, strict_parsing=True))
    except ValueError:
        raise BadGateway(wrong) from None
    places = set(_PLACE.findall(json.dumps(template)))
    if "text" not in places or not places & {"to", "digits"}:
        raise BadGateway("HOPTHU_SMS_BODY: it needs {text}, and {to} or {digits}")
    return template


def _fill(template: Any, values: Mapping[str, str]) -> Any:
    if isinstance(template, Mapping):
        return {name: _fill(value, values) for name, value in template.items()}
    if isinstance(template, list | tuple):
        return [_fill(value, values) for value in template]
    if isinstance(template, str):
        return _PLACE.sub(lambda place: values[place[1]], template)
    return template


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
