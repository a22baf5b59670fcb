"""Number plates and the rest: a moderator marks places of a photo, and they are painted over.

NothingMarked   no place was named
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Q

from hopthu.core.terms import Role
from hopthu.people.actors import Actor
from hopthu.reports.actions.photos import (
    NotForModerator,
    decide,
    drop,
    keep,
    long_ago,
    new_token,
)
from hopthu.reports.models import Photo
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
    meanwhile, `NoSuchPhoto`. Not to be called within a transaction, as `add_upload`.
    """
    if not boxes:
        raise NothingMarked
    if Role.MODERATOR not in actor.roles:
        raise NotForModerator
    with storage.open_photo(photo.name, "large") as file:
        covered = keep(cover(file.read(), boxes), at=at)
    try:
        _replace(photo, covered, actor=actor, at=at)
    except BaseException:
        drop(covered)
        raise


def _replace(photo: Photo, covered: Photo, *, actor: Actor, at: datetime) -> None:
    before = photo.name
    fields = {
        "state": Photo.State.PUBLISHED,
        "reason": "",
        "name": covered.name,
        "sha256": covered.sha256,
    }
    still = Q(name=before, state=photo.state)
    with transaction.atomic():
        Photo.objects.filter(pk=covered.pk).delete()
        decide(photo, PHOTO_REPLACED, fields, still=still, actor=actor, at=at)
        old = Photo.objects.create(
            token=new_token(),
            name=before,
            width=photo.width,
            height=photo.height,
            created_at=long_ago(at),
        )
        transaction.on_commit(partial(drop, old))
