"""`/record/values.ndjson`: what the city tells of every report, against the record's commitments.

One line a report, by the order in which they came in; read and sent in parts, so that it takes no
more memory for a million of them.
"""

import json
from collections.abc import Iterator
from itertools import islice

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from hopthu.reports.queries.disclosure import AT_ONCE, Disclosed, every_report

NDJSON = "application/x-ndjson; charset=utf-8"


@require_safe
def values(request: HttpRequest) -> HttpResponseBase:
    response: HttpResponseBase
    if request.method == "HEAD":  # a server would read all of it to send nothing
        response = HttpResponse(content_type=NDJSON)
    else:
        response = StreamingHttpResponse(_parts(), content_type=NDJSON)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _parts() -> Iterator[str]:
    reports = every_report()
    while part := "".join(map(_line, islice(reports, AT_ONCE))):
        yield part


def _line(report: Disclosed) -> str:
    told = {"report": report.number, "seq": report.seq, "values": report.values}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"
