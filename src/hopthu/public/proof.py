"""`proof.json`: all that the sender can prove of a report, in one file (docs/record-format.md).

It holds what the holder of the code may know, also after the city hid the report: the entries with
their receipts, promises for those that no checkpoint has yet, and every value with its salt.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from hopthu.core.codes import format_number
from hopthu.core.encoding import encode64
from hopthu.core.entries import parse_entry
from hopthu.record import folder
from hopthu.record.receipts import PROMISED_WITHIN, Standing, promise, standing_of
from hopthu.reports.actions import Received
from hopthu.reports.queries.disclosure import Told, all_values, first_values
from hopthu.reports.queries.reading import stands_at

if TYPE_CHECKING:
    from hopthu.reports.models import Report

FORMAT: Final = "hopthu proof v1"


@dataclass(frozen=True)
class Promised:
    """The proof of a report that has just come in, inside the page: nothing more is asked for."""

    link: str
    name: str
    by: datetime


def proof(report: "Report") -> str:
    """The file. Raises `folder.NotOpened`."""
    return json.dumps(_now(report), ensure_ascii=False, indent=1)


def promised(received: Received) -> Promised | None:
    """None where no log was opened: there is nobody who could promise."""
    report = received.report
    try:
        if received.event is None:
            told = _now(report)
        else:
            values = first_values(report, received.event)
            promises = [promise(received.entry, at=report.received_at)]
            told = _told(report, Standing((), (received.entry,)), promises, values)
    except folder.NotOpened:
        return None
    file = json.dumps(told, ensure_ascii=False).encode()
    return Promised(
        link=f"data:application/json;base64,{encode64(file)}",
        name=file_name(report),
        by=report.received_at + PROMISED_WITHIN,
    )


def _now(report: "Report") -> dict[str, Any]:
    values, standing = _at_one_moment(report)
    return _told(report, standing, _promises(standing.waiting, values, report), values)


def _at_one_moment(report: "Report") -> tuple[Told, Standing]:
    """Values and entries that fit each other: a step in between would have changed both."""
    while True:
        before = stands_at(report.number)
        values, standing = all_values(report), standing_of(report.number)
        if stands_at(report.number) == before:
            return values, standing
        report.refresh_from_db()


def _told(
    report: "Report", standing: Standing, promises: Iterable[str], values: Told
) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "origin": folder.origin(),
        "vkey": folder.vkeys(),
        "report": report.number,
        "entries": [str(receipt) for receipt in standing.receipts],
        "promises": list(promises),
        "pending": [encode64(entry) for entry in standing.waiting],
        "values": values,
    }


def file_name(report: "Report") -> str:
    return f"proof-{format_number(report.number)}.json"


def _promises(waiting: tuple[bytes, ...], values: Told, report: "Report") -> Iterator[str]:
    """Each counted from its step, not from now: asked for again, a promise is no later one."""
    for entry in waiting:
        exact = values.get(f"time.{parse_entry(entry).seq}")
        at = datetime.fromisoformat(str(exact["value"])) if exact else report.updated_at
        yield promise(entry, at=at)
