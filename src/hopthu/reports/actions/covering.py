"""Number plates and the rest: places of a photo are marked, and painted over for good.

Its sender may, before sending and as long as the follow-up code holds; a moderator may.

NothingMarked   no place was named
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Q

from hopthu.core.terms import Role
from hopthu.people.actors import SENDER, Actor
from hopthu.reports.actions.photos import (
    AlreadyDecided,
    NotForModerator,
    change,
    decide,
    drop,
    keep,
    long_ago,
    new_token,
)
from hopthu.reports.models import Photo, Report
from hopthu.reports.models.event import PHOTO_REPLACED
from hopthu.reports.photos import storage
from hopthu.reports.photos.boxes import Box
from hopthu.reports.photos.pipeline import cover


class NothingMarked(Exception):
    """Publishing a photo as it is is another decision."""


def cover_photo(photo: Photo, *, boxes: Sequence[Box], actor: Actor, at: datetime) -> None:
    """Let everybody see a photo with `boxes` painted over, for good; it may be shown already.

    1. paints both pictures in the darkroom,
    2. keeps them under a new name, as an upload that a purge finds whatever happens next,
    3. in one transaction: the photo takes the new name, and the purge is handed the old one; the
       event, and its entry, which commits to the new bytes,
    4. deletes the old files.

    Raises `NothingMarked`, `NotForModerator`, `AlreadyDecided` where another one decided or erased
    meanwhile, `NoSuchPhoto` and `PhotoRefused`. Not to be called within a transaction, as
    `add_upload`.
    """
    if Role.MODERATOR not in actor.roles:
        raise NotForModerator
    still = _as_it_is(photo)
    with _painted(photo, boxes, at=at) as files:
        shown = {"state": Photo.State.PUBLISHED, "reason": "", **files}
        decide(photo, PHOTO_REPLACED, shown, still=still, actor=actor, at=at)


def cover_own_photo(photo: Photo, *, boxes: Sequence[Box], at: datetime) -> None:
    """Paint over places of a photo of the sender's own report; who sees it stays as it is.

    In the steps of `cover_photo`, with the same errors. The record is told where everybody sees the
    photo: of another it knows nothing that would change.
    """
    still = _as_it_is(photo)
    with _painted(photo, boxes, at=at) as files:
        if photo.state == Photo.State.PUBLISHED:
            change(photo, PHOTO_REPLACED, files, still=still, actor=SENDER, at=at)
            return
        # The report first, as every step does: an erasure that is under way ends before.
        rows = Report.objects.select_for_update(of=("self",), no_key=True)
        rows.filter(photos=photo).first()
        if Photo.objects.filter(still, report=photo.report_id).update(**files) == 0:
            raise AlreadyDecided


def cover_upload(photo: Photo, *, boxes: Sequence[Box], at: datetime) -> None:
    """The same for an upload that a form still holds. Its token stays, so that no page loses it.

    Raises `AlreadyDecided` also where the form was sent meanwhile.
    """
    still = _as_it_is(photo)
    with _painted(photo, boxes, at=at) as files:
        if Photo.objects.filter(still, report=None).update(**files) == 0:
            raise AlreadyDecided


def _as_it_is(photo: Photo) -> Q:
    return Q(pk=photo.pk, name=photo.name, state=photo.state)


@contextmanager
def _painted(photo: Photo, boxes: Sequence[Box], *, at: datetime) -> Iterator[Mapping[str, object]]:
    """All steps of `cover_photo` but the block's own: to give `photo` the fields that it is handed.

    The block runs in the transaction; where it raises, nothing is left of the new files.
    """
    if not boxes:
        raise NothingMarked
    before = photo.name
    with storage.open_photo(before, "large") as file:
        covered = keep(cover(file.read(), boxes), at=at)
    try:
        with transaction.atomic():
            Photo.objects.filter(pk=covered.pk).delete()
            yield {"name": covered.name, "sha256": covered.sha256}
            _hand_to_purge(before, photo, at)
    except BaseException:
        drop(covered)
        raise


def _hand_to_purge(name: str, photo: Photo, at: datetime) -> None:
    """The files of `name` go once this is committed; should we be stopped, the purge does it."""
    old = Photo.objects.create(
        token=new_token(),
        name=name,
        width=photo.width,
        height=photo.height,
        created_at=long_ago(at),
    )
    # A file that cannot be deleted now is no reason to take the new ones back.
    transaction.on_commit(partial(drop, old), robust=True)
