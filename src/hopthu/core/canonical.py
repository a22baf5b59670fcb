"""One spelling for each JSON value: RFC 8785 (JCS), for what the record needs of JSON.

That is objects with ASCII names, lists, strings, integers below 2⁵³, booleans and null. There are
no floating-point numbers in the record, and so none of the hard half of RFC 8785 (section 3.2.2.3);
a property test holds this module against the library `rfc8785`.

NotCanonical   bytes that are JSON in another spelling, or no JSON at all
"""

import json
from typing import Final

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]
_LARGEST: Final = 2**53 - 1


class NotCanonical(ValueError):
    """The bytes are not the one spelling of a JSON value of ours."""


def canonical(value: Json) -> bytes:
    """The value's one spelling in UTF-8. Raises ValueError for what has none here."""
    _check(value)
    return _ENCODER.encode(value).encode()


def parse_canonical(data: bytes) -> Json:
    """The value that `data` spells. Raises `NotCanonical`."""
    try:
        text = data.decode()
        value: Json
        value, end = _DECODER.raw_decode(text)
        # Without a letter beyond ASCII, spelled out or escaped, every name is as it has to be.
        if not data.isascii() or "\\u" in text:
            _check(value)
        spelled = _ENCODER.encode(value)
    except (ValueError, RecursionError) as error:
        raise NotCanonical("not JSON, or of a kind that the record does not use") from error
    if end != len(text) or spelled != text:
        raise NotCanonical("JSON in another spelling than that of RFC 8785")
    return value


def _check(value: Json) -> None:
    match value:
        case None | bool() | str():
            pass
        case int():
            _bounded(value)
        case list():
            for one in value:
                _check(one)
        case dict():
            for name, one in value.items():
                if not (isinstance(name, str) and name.isascii()):
                    raise ValueError(f"{name!r:.80} is no ASCII name")
                if type(one) is not str:
                    _check(one)
        case _:
            raise ValueError(f"{type(value).__name__} has no place in the record")


def _bounded(value: int) -> int:
    if abs(value) > _LARGEST:
        raise ValueError(f"{value} is too large for JSON")
    return value


def _parse_int(digits: str) -> int:
    return _bounded(int(digits))


def _refuse(spelled: str) -> Json:
    raise ValueError(f"{spelled:.40} has no place in the record")


_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
)
_DECODER: Final = json.JSONDecoder(
    parse_float=_refuse, parse_int=_parse_int, parse_constant=_refuse
)
