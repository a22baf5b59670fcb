"""`/reports/<number>.json`: what the record has of a report, and the values that open it.

Of a report whose page tells little (private, hidden, taken back) there are the entries alone, as
they are in the log for everybody anyway.
"""

import json

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from hopthu.public.data import for_anybody
from hopthu.record.queries import entries_of
from hopthu.reports.queries.disclosure import disclosed, published_photos


@require_safe
def report_json(_request: HttpRequest, number: str) -> HttpResponseBase:
    try:
        report = disclosed(number)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    told = {
        "report": number,
        "entries": [
            {"index": index, "entry": json.loads(leaf)} for index, leaf in entries_of(number)
        ],
        "shown": report.shown,
        "values": report.values,
        "photos": {
            slot: reverse("public:photo", args=[name])
            for slot, name in published_photos(number).items()
        },
    }
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    return for_anybody(response)
