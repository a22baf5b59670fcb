"""Rows of Open311 GeoReport v2 (`GET /requests`), as other cities publish and export them.

https://wiki.open311.org/GeoReport_v2/#get-service-requests. Keys without a value may be missing,
null or empty; numbers may be written as text. What cannot be kept as it was is refused.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hopthu.core.geometry import BadCoordinates, Point, parse_point
from hopthu.core.limits import MAX_TEXT
from hopthu.core.text import TextTooLong, clean

Row = Mapping[str, object]

MAX_ID = 100
MAX_NAME = 400
"""Characters of an address or of a service's name."""
CLOCKS_APART = timedelta(minutes=5)
"""Some systems keep a change to the minute, or by another clock, and the arrival to the second."""

_SOURCE_ID = re.compile(r"[^\s\x00-\x1f\x7f-\x9f](?:[^\x00-\x1f\x7f-\x9f]*\S)?")
_YEARS = range(1970, 2200)


class BadRow(ValueError):
    """A row that is refused; `why` is one of few phrases, so that they can be counted."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class SourceReport:
    """What another system kept of one report."""

    source_id: str
    status: str
    """open or closed."""
    status_notes: str
    service_code: str
    service_name: str
    text: str
    requested_at: datetime
    updated_at: datetime
    """The last change; `requested_at` where the row has none."""
    address: str
    point: Point | None


def read_row(row: Row) -> SourceReport:
    """Raises BadRow."""
    requested_at = _moment(row, "requested_datetime")
    if requested_at is None:
        raise BadRow("requested_datetime: missing")
    return SourceReport(
        source_id=_source_id(row),
        status=_status(row),
        status_notes=_words(row, "status_notes", MAX_TEXT),
        service_code=_words(row, "service_code", MAX_ID),
        service_name=_words(row, "service_name", MAX_NAME),
        text=_words(row, "description", MAX_TEXT),
        requested_at=requested_at,
        updated_at=_updated_at(row, requested_at),
        address=_words(row, "address", MAX_NAME),
        point=_point(row),
    )


def _source_id(row: Row) -> str:
    source_id = _plain(row, "service_request_id")
    if not source_id:
        raise BadRow("service_request_id: missing")
    if len(source_id) > MAX_ID or not _SOURCE_ID.fullmatch(source_id):
        raise BadRow("service_request_id: too long, or with control characters")
    return source_id


def _status(row: Row) -> str:
    status = _plain(row, "status").lower()
    if status not in ("open", "closed"):
        raise BadRow("status: neither open nor closed")
    return status


def _updated_at(row: Row, requested_at: datetime) -> datetime:
    updated_at = _moment(row, "updated_datetime") or requested_at
    if updated_at < requested_at - CLOCKS_APART:
        raise BadRow("updated_datetime: before requested_datetime")
    return max(updated_at, requested_at)


def _point(row: Row) -> Point | None:
    lat, lon = _plain(row, "lat"), _plain(row, "long")
    if not lat and not lon:
        return None
    try:
        return parse_point(lat, lon)
    except BadCoordinates as error:
        outside = "outside the earth" if error.why == "range" else "not two numbers"
        raise BadRow(f"lat, long: {outside}") from error


def _moment(row: Row, key: str) -> datetime | None:
    text = _plain(row, key)
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadRow(f"{key}: not a date and time (ISO 8601)") from error
    if moment.utcoffset() is None:
        raise BadRow(f"{key}: no time zone")
    if moment.year not in _YEARS:
        raise BadRow(f"{key}: a year that cannot be")
    return moment.astimezone(UTC)


def _words(row: Row, key: str, limit: int) -> str:
    try:
        return clean(_plain(row, key), limit=limit)
    except TextTooLong as error:
        raise BadRow(f"{key}: more than {limit:,} characters") from error


def _plain(row: Row, key: str) -> str:
    """The value as text; nothing where it is missing. Raises BadRow."""
    match row.get(key):
        case None:
            return ""
        case bool() | list() | dict():
            raise BadRow(f"{key}: neither text nor number")
        case value:
            return str(value).strip()
