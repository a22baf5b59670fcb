"""One view for each thing that is measured."""

import os
import secrets
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from hopthu.bodies.models import Area, Body, Category
from hopthu.core.encoding import encode64
from hopthu.people import follow_codes
from hopthu.people.models import FollowCode
from hopthu.record.models import Entry
from hopthu.reports.models import Event, Photo, Report

ENTRY = 390
"""Bytes of an entry of the record, about as many as that of a report has."""
SALTED = ("time.1", "text", "place")
"""Values whose salts stand on the first event of such a report."""


def hello(_: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def receive(request: HttpRequest) -> HttpResponse:
    """The same four inserts; with a photo its row and its file too, as it came."""
    form = request.POST
    photo = request.FILES.get("photo")
    now = timezone.now()
    hashed = follow_codes.hash_code(str(secrets.randbelow(10**16)))
    with transaction.atomic():
        report = Report(
            number=secrets.token_hex(4).upper(),
            submission=form["submission"].ljust(64, "0"),
            source="web",
            text=form["text"],
            landmark=form["landmark"],
            search_text=form["text"] + form["landmark"],
            lat=float(form["lat"]),
            lon=float(form["lon"]),
            cell=secrets.randbits(48),
            status="received",
            visibility="public",
            received_at=now,
            updated_at=now,
            acknowledge_by=now + timedelta(days=2),
            resolve_by=now + timedelta(days=10),
            first_resolve_by=now + timedelta(days=10),
            **_ids(form["category"]),
        )
        report.save(force_insert=True)
        event = _event(report)
        event.save(force_insert=True)
        Entry(report=report.number, seq=1, leaf=secrets.token_bytes(ENTRY)).save(force_insert=True)
        FollowCode(number=report.number, hash=hashed).save(force_insert=True)
        if photo is not None:
            _keep(photo.read(), report, event)
    return HttpResponse(_page("receive"))


def _event(report: Report) -> Event:
    return Event(
        report=report,
        seq=1,
        kind="received",
        at=report.received_at,
        role="sender",
        body_id=report.body_id,
        status="received",
        salts={slot: encode64(secrets.token_bytes(32)) for slot in SALTED},
    )


def _keep(data: bytes, report: Report, event: Event) -> None:
    name = secrets.token_hex(16)
    FileSystemStorage(settings.PHOTOS).save(f"{name}.jpg", ContentFile(data))
    Photo(
        token=secrets.token_urlsafe(32),
        name=name,
        report=report,
        event=event,
        width=2048,
        height=1536,
        created_at=report.received_at,
    ).save(force_insert=True)


def page(_: HttpRequest, number: str) -> HttpResponse:
    Report.objects.filter(number=number).values_list("seq", flat=True).first()
    return HttpResponse(_page("report page"))


def listing(request: HttpRequest) -> HttpResponse:
    """The rows of one page in one query, by the same columns."""
    rows = Report.objects.filter(visibility="public")
    if category := request.GET.get("category"):
        rows = rows.filter(category_id=_ids(category)["category_id"])
    if area := request.GET.get("area"):
        rows = rows.filter(area_id=_areas()[area])
    if status := request.GET.get("status"):
        rows = rows.filter(closed_at__isnull=status == "open")
    words = request.GET.get("q", "")
    for word in words.split():
        rows = rows.filter(search_text__contains=word)
    list(rows.order_by("-received_at", "-id").values()[:21])
    return HttpResponse(_page("search" if words else "list with filter"))


@cache
def _page(name: str) -> bytes:
    """An answer of the real server, byte for byte."""
    return Path(os.environ["BENCH_PAGES"], name).read_bytes()


@cache
def _ids(category: str) -> dict[str, Any]:
    return {
        "category_id": Category.objects.get(code=category).pk,
        "body_id": Body.objects.values_list("pk", flat=True).first(),
        "area_id": Area.objects.values_list("pk", flat=True).first(),
    }


@cache
def _areas() -> dict[str, int]:
    return dict(Area.objects.values_list("code", "pk"))
