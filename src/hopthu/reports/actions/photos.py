"""Photos: uploads, what they become part of, and whether everybody sees them.

UploadGone          a token that is unknown, expired, or part of another report already
NotForModerator     somebody who is no moderator decides about a photo
AlreadyDecided      somebody else decided about the photo, or changed it, just before
"""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from django.db import transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Greatest

from hopthu.bodies.configuration import Configuration
from hopthu.bodies.queries import configuration
from hopthu.core.terms import PHOTO_REASONS, HideReason, Role
from hopthu.people.actors import Actor
from hopthu.record.actions import append
from hopthu.reports.actions.entries import forget
from hopthu.reports.models import Event, Photo, Report
from hopthu.reports.models.event import PHOTO_PUBLISHED, PHOTO_WITHHELD
from hopthu.reports.photos import storage
from hopthu.reports.photos.pipeline import render
from hopthu.reports.photos.rendered import Rendered
from hopthu.reports.recording import facts_of, make_entry
from hopthu.reports.values import of_photo, photo_slot

UPLOAD_LIFE: Final = timedelta(hours=24)
"""How long a photo waits for the form that it was made for."""
_GRACE: Final = timedelta(hours=1)
"""Between the end of that and the purge: what a form is attaching now is not pulled away."""


class UploadGone(Exception):
    """Some of the photos of a form are not there any more, or were never its own."""


class NotForModerator(Exception):
    """Only a moderator decides whether everybody sees a photo."""


class AlreadyDecided(Exception):
    """The photo is in that state already, or is not any more what was looked at."""


def add_upload(data: bytes, *, at: datetime) -> Photo:
    """Keep a photo that belongs to nobody yet: whoever knows its token may attach it for 24 hours.

    1. rebuilds it from its pixels, faces covered (a `PhotoRefused` says why not); `data` itself is
       kept nowhere,
    2. writes its row, so that a purge finds the files whatever happens next,
    3. writes its files durably.

    Not to be called within a transaction: a crash would then leave files without a row.
    """
    return keep(render(data), at=at)


def keep(rendered: Rendered, *, at: datetime) -> Photo:
    """Steps 2 and 3 of `add_upload`."""
    photo = Photo.objects.create(
        token=new_token(),
        name=storage.new_name(),
        sha256=hashlib.sha256(rendered.large).hexdigest(),
        faces=rendered.faces,
        width=rendered.width,
        height=rendered.height,
        created_at=at,
    )
    try:
        storage.save(photo.name, rendered)
    except OSError:
        drop(photo)
        raise
    return photo


def new_token() -> str:
    return secrets.token_urlsafe(32)


def attach(tokens: Sequence[str], *, report: Report, event: Event) -> None:
    """Make uploads a part of `report`, in the caller's transaction.

    A form that is sent twice finds its photos attached already, and that is well. Raises
    `UploadGone` where a token has no photo that is free or this report's: a photo that somebody
    meant to send is never lost in silence, and another's is never taken.
    """
    if not tokens:
        return
    named = Photo.objects.filter(token__in=plain(tokens))
    free = named.filter(report=None, created_at__gt=event.at - UPLOAD_LIFE)
    attached = free.update(report=report, event=event)
    if attached < len(set(tokens)) and named.filter(report=report).count() < len(set(tokens)):
        raise UploadGone


def plain(tokens: Sequence[str]) -> list[str]:
    """Those that could be a token of ours: not every sign may be asked of every database."""
    return [token for token in tokens if token.isascii() and token.isprintable()]


def publish_photo(photo: Photo, *, actor: Actor, at: datetime) -> None:
    """Let everybody see a photo that a moderator has looked at."""
    fields = {"state": Photo.State.PUBLISHED, "reason": ""}
    still = ~Q(state=Photo.State.PUBLISHED)
    decide(photo, PHOTO_PUBLISHED, fields, still=still, actor=actor, at=at)


def withhold_photo(photo: Photo, *, actor: Actor, reason: HideReason, at: datetime) -> None:
    """Keep a photo from the public, for one of the reasons that a report may be hidden for.

    Not by an order: that takes two people and an issuer, and hides the report.
    """
    if reason not in PHOTO_REASONS:
        raise ValueError(f"no reason to withhold a photo: {reason}")
    fields = {"state": Photo.State.WITHHELD, "reason": reason}
    still = ~Q(state=Photo.State.WITHHELD)
    decide(photo, PHOTO_WITHHELD, fields, still=still, actor=actor, at=at)


def decide(
    photo: Photo,
    kind: str,
    fields: Mapping[str, object],
    *,
    still: Q,
    actor: Actor,
    at: datetime,
) -> None:
    """What a moderator decides about a photo: `change`. Raises `NotForModerator` as well."""
    if Role.MODERATOR not in actor.roles:
        raise NotForModerator
    change(photo, kind, fields, still=still, actor=actor, at=at)


def change(
    photo: Photo,
    kind: str,
    fields: Mapping[str, object],
    *,
    still: Q,
    actor: Actor,
    at: datetime,
) -> None:
    """Write `fields` while `still` holds, add the event and append its entry, all at once.

    Raises `AlreadyDecided` where somebody was first.
    """
    setup = configuration()
    with transaction.atomic():
        # The report first, as every step does: whoever erases it now does not wait for us while
        # we wait for them. A step taken meanwhile finds its number gone by.
        Report.objects.filter(photos=photo).update(
            seq=F("seq") + 1, updated_at=Greatest("updated_at", Value(at))
        )
        undecided = Photo.objects.filter(still, pk=photo.pk, report__isnull=False)
        if undecided.update(**fields) == 0:
            raise AlreadyDecided
        photo.refresh_from_db()
        _tell(kind, Report.objects.get(photos=photo), photo, actor, setup)


def _tell(kind: str, report: Report, photo: Photo, actor: Actor, setup: Configuration) -> None:
    """The event of the change, and its entry."""
    event = Event(
        report=report,
        seq=report.seq,
        kind=kind,
        at=report.updated_at,
        role=Role.MODERATOR if Role.MODERATOR in actor.roles else Role.SENDER,
        staff_id=actor.staff_id,
        body_id=report.body_id,
        status=report.status,
        data={"photo": photo.pk} | ({"reason": photo.reason} if photo.reason else {}),
    )
    is_shown = photo.state == Photo.State.PUBLISHED
    forget(report, {photo_slot(photo.pk)} if is_shown else ())
    values = of_photo(photo) if is_shown else {}
    entry = make_entry(report, event, setup, facts=facts_of(event), values=values)
    event.save(force_insert=True)
    append(entry.entry, report=entry.report, seq=entry.seq)


def delete_photos(report: Report) -> None:
    """Drop all photos of `report`, in the caller's transaction; the files go once it is committed.

    The rows are handed to the purge, so that a crash in between leaves no file behind for good.
    """
    photos = list(report.photos.all())
    expired = long_ago(report.received_at)
    report.photos.update(
        report=None, event=None, state=Photo.State.HELD, reason="", created_at=expired
    )
    for photo in photos:
        transaction.on_commit(partial(drop, photo))


def long_ago(at: datetime) -> datetime:
    """When an upload came in that the purge of `at` takes."""
    return at - UPLOAD_LIFE - _GRACE


def purge_uploads(*, at: datetime) -> int:
    """Delete every upload that no form came to fetch, and return how many there were."""
    expired = Photo.objects.filter(report=None, created_at__lte=long_ago(at))
    photos = list(expired)
    for photo in photos:
        drop(photo)
    return len(photos)


def drop(photo: Photo) -> None:
    """Delete an upload that no report has.

    Files first: should we be stopped in between, the row still tells the purge of them.
    """
    storage.delete(photo.name)
    Photo.objects.filter(pk=photo.pk, report=None).delete()
