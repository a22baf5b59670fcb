"""Photos on their way: taken in as they come, and known by their tokens from then on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.core.validators import slug_re
from django.urls import reverse
from django.utils.translation import gettext as _

from hopthu.core.limits import MAX_PHOTO_BYTES, MAX_PHOTO_PIXELS, MAX_PHOTOS
from hopthu.public.forms import words
from hopthu.public.forms.problems import Problem
from hopthu.reports.actions.photos import add_upload
from hopthu.reports.photos.errors import (
    NotAPhoto,
    PhotoRefused,
    TookTooLong,
    TooLarge,
    TooManyPixels,
)
from hopthu.reports.queries.uploads import living_uploads


@dataclass(frozen=True)
class Shown:
    token: str
    thumb: str


@dataclass(frozen=True)
class Taken:
    """What became of the photos of one request: all tokens that hold, and what was refused."""

    tokens: tuple[str, ...]
    problems: tuple[Problem, ...]


def take(
    tokens: Sequence[str], files: Iterable[UploadedFile], *, at: datetime, wait: int = 0
) -> Taken:
    """Add `files` to the uploads that a form has already, as far as there is room.

    None of them, where there is a `wait` of some seconds first.
    """
    if wait:
        return Taken(tuple(tokens), (Problem("photo", words.photos_wait(wait)),))
    kept, problems = list(tokens), []
    for file in files:
        if len(kept) >= MAX_PHOTOS:
            problems.append(Problem("photo", words.message("too_many_photos_left_out")))
            break
        try:
            kept.append(add_upload(file.read(), at=at).token)
        except PhotoRefused as refusal:
            problems.append(refused(refusal, file.name or ""))
    return Taken(tuple(kept), tuple(problems))


def living(tokens: Sequence[str], *, at: datetime) -> Taken:
    """Which of `tokens` a form can still send."""
    alive = tuple(photo.token for photo in living_uploads(tokens, at=at)) if tokens else ()
    if len(alive) == len(set(tokens)):
        return Taken(alive, ())
    return Taken(alive, (Problem("photo", words.message("photo_gone")),))


def shown(tokens: Sequence[str]) -> tuple[Shown, ...]:
    """Those that can be tokens at all; of the others the form says that they are gone."""
    return tuple(Shown(token, thumb(token)) for token in tokens if slug_re.match(token))


def thumb(token: str) -> str:
    return reverse("public:photo_thumb", args=[token])


def large(token: str) -> str:
    return f"{thumb(token)}?size=large"


def refused(refusal: PhotoRefused, name: str) -> Problem:
    """Why a photo was not taken, with its name, so that one of several is found."""
    values = {
        "name": name[:80] or _("The photo"),
        "megabytes": MAX_PHOTO_BYTES // 2**20,
        "megapixels": MAX_PHOTO_PIXELS // 10**6,
    }
    match refusal:
        case TooLarge():
            message = _("“%(name)s” is larger than %(megabytes)s MB. Please take a smaller photo.")
        case TooManyPixels():
            message = _(
                "“%(name)s” has more than %(megapixels)s million pixels. "
                "Please take a smaller photo."
            )
        case NotAPhoto():
            message = _(
                "“%(name)s” is not a photo that we can read. JPEG, PNG, WebP and HEIC are fine."
            )
        case TookTooLong():
            message = _("“%(name)s” took too long to read. Please take the photo anew.")
        case _:
            message = _("“%(name)s” is damaged and cannot be read. Please take the photo anew.")
    return Problem("photo", message % values, too_large=isinstance(refusal, TooLarge))
