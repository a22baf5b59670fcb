"""Photos that wait for a moderator's look, and who may look at a photo at the desk."""

from django.db.models import Q, QuerySet

from hopthu.core.terms import Role
from hopthu.people.actors import Actor
from hopthu.reports.models import Photo, Report
from hopthu.reports.photos.storage import is_name
from hopthu.reports.queries.desk import readable, works_on
from hopthu.reports.queries.listing import Cursor


def count_held() -> int:
    return _held().count()


def next_held(*, after: Cursor | None = None) -> Photo | None:
    """The photo that waits longest; with `after`, the next one behind that, if there is any."""
    rows = _held().order_by("created_at", "id").select_related("report__category", "report__area")
    if after is None:
        return rows.first()
    behind = Q(created_at__gt=after.at) | Q(created_at=after.at, id__gt=after.id)
    return rows.filter(behind).first() or rows.first()


def moderated_photo(name: str) -> Photo | None:
    """The photo of that name, if it is a moderator's to decide about."""
    if not is_name(name):
        return None
    rows = Photo.objects.filter(name=name, report__private=False)
    return rows.select_related("report__category", "report__area").first()


def viewable_photo(name: str, actor: Actor) -> Photo | None:
    """The photo of that name, if `actor` may look at it.

    Before a moderator has looked only those who have to do with the report may (see `may_look`),
    afterwards everybody who may open the report.
    """
    if not is_name(name):
        return None
    photo = (
        Photo.objects.filter(name=name, report__in=Report.objects.filter(readable(actor)))
        .select_related("report")
        .first()
    )
    if photo is None or photo.report is None:
        return None
    if not may_look(photo, photo.report, actor):
        return None
    published = photo.state == Photo.State.PUBLISHED
    return photo if published or works_on(photo.report, actor) else None


def may_look(photo: Photo, report: Report, actor: Actor) -> bool:
    """A photo in which faces could not be looked for: moderators alone, until one has decided.

    Of a private report nobody else but its office sees anything, moderators neither.
    """
    return report.private or not photo.is_unchecked or Role.MODERATOR in actor.roles


def _held() -> QuerySet[Photo]:
    """Photos of private reports are never published: they wait for nobody."""
    return Photo.objects.filter(state=Photo.State.HELD, report__private=False)
