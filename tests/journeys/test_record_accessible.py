"""Verdicts for everybody: axe-core in light and dark, 320 px, a thumb, more than colours."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, OpenPage
from tests.journeys.broken_files import another_log
from tests.journeys.test_accessibility import faults
from tests.journeys.test_record_check import Checker, Town
from tests.live import Cities

TARGETS = "a, button, summary, input:not([type=hidden]), textarea, label.button"


@pytest.fixture(scope="module")
def town(cities: Cities) -> Iterator[Town]:
    server = cities.another()
    server.start()
    yield Town(server)
    server.kill()


def verdicts(town: Town) -> list[str]:
    """A receipt, a proof, a promise, something broken, and something that asks for a key."""
    elsewhere, _ = another_log(town.receipt, "elsewhere.example/record")
    return [town.receipt, town.proof, town.waiting, town.receipt[:-9], elsewhere]


def shown(phone: Checker, files: list[str]) -> Iterator[Page]:
    """The page with the verdict on each file, everything unfolded."""
    for number, file in enumerate(files):
        phone.choose(file, f"file-{number}")
        expect(phone.page.locator(".verdict-label")).to_contain_text(f"file-{number}")
        phone.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        yield phone.page


@pytest.mark.parametrize("language", ["vi", "km"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_verdict(
    town: Town, open_page: OpenPage, scheme: str, language: str
) -> None:
    phone = Checker(open_page(**PHONE, color_scheme=scheme, locale=language), town)
    found = []

    for page in shown(phone, verdicts(town)):
        found += faults(page)

    assert found == []


@pytest.mark.parametrize("language", ["vi", "km"])
def test_every_verdict_fits_a_narrow_phone_and_a_thumb(
    town: Town, open_page: OpenPage, language: str
) -> None:
    narrow = {"viewport": {"width": 320, "height": 640}, "locale": language}
    phone = Checker(open_page(**narrow), town)
    small: list[str] = []

    for page in shown(phone, verdicts(town)):
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        for target in page.locator("hopthu-check").locator(TARGETS).all():
            box = target.bounding_box()
            if box and (box["height"] < 44 or box["width"] < 44):
                small.append(target.evaluate("element => element.outerHTML")[:120])

    assert small == []


def test_good_and_bad_differ_in_words_and_in_shape(town: Town, open_page: OpenPage) -> None:
    phone = Checker(open_page(**PHONE, locale="vi"), town)
    seen = []

    for page in shown(phone, [town.receipt, town.receipt[:-9]]):
        label = page.locator(".verdict-label").inner_text()
        mark = page.locator(".verdict-mark .icon").inner_html()
        seen.append((label, mark))

    (good, tick), (bad, cross) = seen
    assert good.startswith("Thật")
    assert bad.startswith("Không tin được")
    assert tick != cross
