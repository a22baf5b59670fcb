"""Requests to delete something for good: who may make one, which wait, what came of one."""

from collections.abc import Iterator
from datetime import datetime

from hopthu.core.erasure import Asker, BadReference, fingerprint, parse_reference
from hopthu.core.terms import Step
from hopthu.reports.models import ErasureRequest, Report


def askable(report: Report, asker: Asker) -> bool:
    """Not of what is gone already, and by a person named only of what everybody reads."""
    if asker == Asker.PERSON_NAMED and not report.is_told:
        return False
    return not report.events.filter(kind=Step.ERASE).exists()


def stands_in(report: Report, passage: str, asker: Asker) -> bool:
    """Whether these words stand in the report, as far as the asker may read it."""
    return any(passage in text for text in _texts(report, all_answers=asker == Asker.SENDER))


def _texts(report: Report, *, all_answers: bool) -> Iterator[str]:
    yield report.text
    yield report.landmark
    for code, answer in report.details.items():
        if all_answers or code not in report.withheld:
            yield from [answer] if isinstance(answer, str) else answer
    yield from report.events.exclude(words="").values_list("words", flat=True)


def open_requests() -> list[ErasureRequest]:
    """For the administrators, the most urgent first."""
    return list(
        ErasureRequest.objects.filter(outcome="").select_related(
            "report__category", "report__area", "proposed_by"
        )
    )


def count_open() -> int:
    return ErasureRequest.objects.filter(outcome="").count()


def count_late(at: datetime) -> int:
    return ErasureRequest.objects.filter(outcome="", due_at__lt=at).count()


def request_with(pk: int) -> ErasureRequest | None:
    rows = ErasureRequest.objects.select_related(
        "report__category", "report__area", "proposed_by", "decided_by"
    )
    return rows.filter(pk=pk).first()


def requests_of_sender(report: Report) -> list[ErasureRequest]:
    """The newest first."""
    rows = report.erasure_requests.filter(asker=Asker.SENDER)
    return list(rows.order_by("-asked_at", "-id"))


def request_by(reference: str) -> ErasureRequest | None:
    """What a person named asked for, by the number that they keep, as they typed it."""
    try:
        known = fingerprint(parse_reference(reference))
    except BadReference:
        return None
    return ErasureRequest.objects.filter(reference=known).select_related("report").first()
