"""Places of a photo that its sender covers: what was marked is painted over, or it is told why not.

NotCovered   nothing was painted; says why, beside the photo
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hopthu.public.forms import uploads
from hopthu.public.forms.form import Form
from hopthu.reports.actions.photos import AlreadyDecided
from hopthu.reports.photos.boxes import Box
from hopthu.reports.photos.errors import PhotoRefused
from hopthu.reports.photos.storage import NoSuchPhoto
from hopthu.reports.queries.uploads import living_uploads
from hopthu.web import rates
from hopthu.web.marks import NOTHING, UNREAD, Marks, Tool

if TYPE_CHECKING:
    from hopthu.reports.models import Photo


class NotCovered(Exception):
    """With the marks that fit the photo still, to be shown again."""

    def __init__(
        self, words: str, code: int = 422, *, marks: Marks | None = None, wait: int = 0
    ) -> None:
        self.words = words
        self.code = code
        self.marks = marks or Marks()
        self.wait = wait
        """Seconds, where too much comes from there."""
        super().__init__(words)

    def tell(self, response: HttpResponse) -> None:
        """The status that says it, and for how long."""
        response.status_code = self.code
        if self.wait:
            response.headers["Retry-After"] = str(self.wait)


def cover_marked(request: HttpRequest, cover: Callable[[Sequence[Box]], None]) -> None:
    """Have `cover` paint over what the form marked. Raises `NotCovered`."""
    marks = Marks.read(request.POST)
    if not marks.readable:
        raise NotCovered(str(UNREAD))
    if not marks.boxes:
        raise NotCovered(str(NOTHING))
    wait = rates.upload_wait(request, 1)
    if wait:
        raise NotCovered(_wait_words(wait), 429, marks=marks, wait=wait)
    try:
        cover(marks.boxes)
    except (AlreadyDecided, NoSuchPhoto) as error:
        raise changed() from error
    except PhotoRefused as error:
        words = _("The photo could not be covered just now. Please try again.")
        raise NotCovered(words, marks=marks) from error


def changed() -> NotCovered:
    """What was marked was marked in another picture."""
    words = _("This photo was changed in the meantime. Please mark again what has to be covered.")
    return NotCovered(words, 409)


def context(photo: "Photo", address: str, wrong: NotCovered | None) -> dict[str, Any]:
    """For `public/covering.html`, and the summary above it."""
    marks, words = (wrong.marks, wrong.words) if wrong else (Marks(), "")
    return {
        "tool": Tool(address, photo.width, photo.height, marks, words),
        "errors": {"cover": words} if words else {},
    }


def upload(form: Form, token: str) -> "Photo | None":
    """The photo behind a token, if the form holds it and can still send it."""
    tokens = [token] if token in form.draft.uploads else []
    return next(iter(living_uploads(tokens, at=form.at)), None)


def page(form: Form, photo: "Photo", wrong: NotCovered | None) -> dict[str, Any]:
    """For `public/new/cover.html`, beside what the page of the photos is given."""
    return {
        **context(photo, uploads.large(photo.token), wrong),
        "hidden": list(form.draft.hidden(shown=())),
        "back_page": "describe",
        "covering": photo.token,
    }


def _wait_words(seconds: int) -> str:
    return ngettext(
        "Very much is arriving from your network. Please try again in %(count)s second.",
        "Very much is arriving from your network. Please try again in %(count)s seconds.",
        seconds,
    ) % {"count": seconds}
