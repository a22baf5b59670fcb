"""`/follow/erasure`: the sender asks for the report, or for words of it, to be deleted for good."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from hopthu.core.erasure import Asker
from hopthu.core.text import TextTooLong
from hopthu.public.forms import erasing as form
from hopthu.public.views.follow import back, followed, show
from hopthu.reports.actions.erasing import AskedAlready, BadWish, NotAskable, ask_as_sender
from hopthu.web import erasure_words


@require_POST
def follow_erasure(request: HttpRequest) -> HttpResponse:
    found = followed(request)
    if found is None:
        return back()
    wish = form.read(request.POST)
    try:
        ask_as_sender(found.report, wish, at=timezone.now())
    except (BadWish, TextTooLong) as error:
        name, message = erasure_words.wrong_wish(error)
        asking = form.Asking(wish, {name: str(message)})
        status = 413 if isinstance(error, TextTooLong) else 422
        return show(request, found, asking=asking, status=status)
    except AskedAlready:
        message = erasure_words.ASKED_ALREADY[Asker.SENDER]
    except NotAskable:
        message = erasure_words.NOT_ASKABLE
    else:
        return back(done="erasure")
    return show(request, found, asking=form.Asking(wish, {"top": str(message)}), status=409)
