"""Words that were struck out or erased are on no page any more, from the next look on."""

from collections.abc import Iterator

import pytest
from django.test import Client

from hopthu.core.codes import format_number
from hopthu.core.terms import Role, Step
from hopthu.people.models import Staff
from hopthu.reports.models import Report
from hopthu.web.page_cache import pages
from tests import makers
from tests.desk.browsing import come_in
from tests.makers import take
from tests.reports import quoting, traces

pytestmark = pytest.mark.django_db


@pytest.fixture
def mai() -> Staff:
    quoting.make_city()
    return makers.make_staff("mai", (Role.MODERATOR, None), (Role.ADMINISTRATOR, None))


def everywhere(report: Report) -> list[str]:
    """The addresses that show something of a report, or could."""
    number = format_number(report.number)
    return [
        "/",
        "/reports",
        "/reports?category=lamp",
        f"/reports?q={report.number}",
        "/areas/east",
        f"/reports/{number}",
        f"/reports/{number}?counted",
        f"/reports/{number}.json",
        "/record",
        "/record/values.ndjson",
        "/tiles/reports/18/208269/123749.json",
        *(f"/photos/{photo.name}" for photo in report.photos.all()),
        "/desk/",
        f"/desk/reports/{report.number}",
        "/desk/photos",
    ]


def shown(addresses: list[str], moderator: Staff) -> dict[str, bytes]:
    """What each address answers, in every language, to somebody who may see all there is."""
    client = Client()
    come_in(client, moderator)
    return {
        f"{address} {language}": body(client, address, language)
        for address in addresses
        for language in ("vi", "en", "km")
    }


def body(client: Client, address: str, language: str) -> bytes:
    response = client.get(address, headers={"accept-language": language})
    parts: Iterator[bytes] = response if response.streaming else iter([response.content])  # type: ignore[assignment]
    return b"".join(parts)


def holding(words: str, answers: dict[str, bytes]) -> list[str]:
    forms = traces.forms(words)
    return [where for where, body in answers.items() if any(form in body for form in forms)]


def test_struck_words_are_on_no_page(mai: Staff) -> None:
    words = traces.sentinel()
    report = quoting.full_of(words, mai)
    addresses = everywhere(report)
    before = holding(words, shown(addresses, mai))
    assert {where.split()[0] for where in before} >= {
        "/reports",
        f"/reports/{format_number(report.number)}",
        f"/reports/{format_number(report.number)}.json",
        "/record/values.ndjson",
        "/tiles/reports/18/208269/123749.json",
        f"/desk/reports/{report.number}",
    }

    take(report, Step.REDACT, mai, passage=words, words="Tên người.")

    assert holding(words, shown(addresses, mai)) == []


def test_erased_words_and_photos_are_on_no_page(mai: Staff) -> None:
    words = traces.sentinel()
    report = quoting.full_of(words, mai)
    addresses = everywhere(report)
    (photo,) = [address for address in addresses if address.startswith("/photos/")]
    assert b"WEBP" in shown([photo], mai)[f"{photo} vi"]

    take(report, Step.REDACT, mai, passage=words, words="Tên người.")
    makers.erase(report, mai)

    answers = shown(addresses, mai)
    assert holding(words, answers) == []
    assert b"WEBP" not in answers[f"{photo} vi"]


def test_no_kept_page_holds_them_after_the_next_look_at_any_report(mai: Staff) -> None:
    words = traces.sentinel()
    report, other = quoting.full_of(words, mai), makers.make_report()
    shown([f"/reports/{format_number(report.number)}"], mai)
    assert len(kept_with(words)) == 3

    take(report, Step.REDACT, mai, passage=words, words="Tên người.")
    shown([f"/reports/{format_number(other.number)}"], mai)

    assert kept_with(words) == []


def kept_with(words: str) -> list[str]:
    forms = traces.forms(words)
    kept = [page for _, page in pages._pages.values()]
    return [repr(page) for page in kept if any(form in page.plain for form in forms)]
