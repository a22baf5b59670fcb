"""`/record/values.ndjson`: what the city tells of every report, against the record's commitments.

One line a report, by the order in which they came in; read and sent in parts, so that it takes no
more memory for a million of them. Whoever reads slowly holds a thread of the server for as long:
few may do so at a time, and the others are asked to come again.
"""

import json
import threading
from collections.abc import Iterator
from itertools import islice
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from hopthu.public.data import for_anybody
from hopthu.reports.queries.disclosure import AT_ONCE, Disclosed, every_report

NDJSON: Final = "application/x-ndjson; charset=utf-8"
AT_A_TIME: Final = 2
"""Readers of everything, in each web process (`hopthu serve` has more threads than that)."""
_RETRY_AFTER: Final = 30
"""Seconds."""
_places = threading.BoundedSemaphore(AT_A_TIME)


class _Everything:
    """The lines in parts, and a reader's place, which is free again once the answer is closed."""

    def __init__(self) -> None:
        self._reports = every_report()
        self._closed = False

    def __iter__(self) -> Iterator[str]:
        while part := "".join(map(_line, islice(self._reports, AT_ONCE))):
            yield part

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            _places.release()


@require_safe
def values(request: HttpRequest) -> HttpResponseBase:
    response: HttpResponseBase
    if request.method == "HEAD":  # a server would read all of it to send nothing
        response = HttpResponse(content_type=NDJSON)
    elif _places.acquire(blocking=False):
        response = StreamingHttpResponse(_Everything(), content_type=NDJSON)
    else:
        response = HttpResponse("Too many readers; try again.\n", "text/plain", 503)
        response.headers["Retry-After"] = str(_RETRY_AFTER)
    return for_anybody(response)


def _line(report: Disclosed) -> str:
    told = {
        "report": report.number,
        "seq": report.seq,
        "shown": report.shown,
        "values": report.values,
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"
