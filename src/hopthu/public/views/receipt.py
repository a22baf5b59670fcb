"""`/reports/<number>/receipt.tlog-proof`: that a step of a report is in the record, to be kept.

`?seq=N` names the step; without it, that the report came in.
"""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from hopthu.core.codes import format_number
from hopthu.public.data import for_anybody
from hopthu.record.receipts import NoSuchEntry
from hopthu.record.receipts import receipt as receipt_of

TEXT = "text/plain; charset=utf-8"
LARGEST_SEQ = 2**31 - 1
MOST_DIGITS = 10


@require_safe
def receipt(request: HttpRequest, number: str) -> HttpResponseBase:
    seq = request.GET.get("seq", "1")
    written = seq.isascii() and seq.isdecimal() and len(seq) <= MOST_DIGITS
    if not (written and 0 < int(seq) <= LARGEST_SEQ):
        return HttpResponse("seq: not the number of a step\n", status=400, content_type=TEXT)
    try:
        proof = receipt_of(number, int(seq))
    except NoSuchEntry as error:
        raise Http404 from error
    if proof is None:
        body = "not in the log yet: this takes about a second; ask again\n"
        response = HttpResponse(body, status=503, content_type=TEXT)
        response.headers["Retry-After"] = "2"
    else:
        response = HttpResponse(str(proof), content_type=TEXT)
        name = f"{format_number(number)}-{int(seq)}.tlog-proof"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return for_anybody(response)
