"""The pages that only a filled-in form leads to, for everybody: axe-core, and 320 px."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser import OpenPage
from tests.live import Server
from tests.reports.photos import pictures

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
NARROW = {"viewport": {"width": 320, "height": 640}}
WORDS = "Gặp ông Nguyễn Văn An, 0912 345 678, ngay đầu hẻm."


class Walk:
    """A way through the form that looks at every page it comes by."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.found: list[str] = []

    def look(self) -> None:
        self.page.wait_for_load_state("networkidle")
        name = self.page.locator("h1").first.inner_text()
        if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            self.found.append(f"{name}: scrolls sideways")
        answer = Axe().run(self.page, options={"runOnly": WCAG, "resultTypes": ["violations"]})
        self.found += [
            f"{name}: {fault['id']}: {node['html'][:200]}"
            for fault in answer.response["violations"]
            for node in fault["nodes"]
        ]

    def go_on(self) -> None:
        self.page.locator("#form .buttons button").last.click()
        self.page.wait_for_load_state()
        self.look()


@pytest.mark.parametrize(("scheme", "language"), [("light", "vi"), ("dark", "km")])
def test_every_page_of_the_form_and_of_following(
    live: Server, open_page: OpenPage, tmp_path: Path, scheme: str, language: str
) -> None:
    page = open_page(**NARROW, color_scheme=scheme, locale=language)
    walk = Walk(page)
    (tmp_path / "den.jpg").write_bytes(pictures.jpeg())

    page.goto(f"{live.url}/report/new")
    walk.go_on()  # nothing chosen
    page.locator("input[value=service]").check()
    walk.go_on()
    page.goto(f"{live.url}/report/new")
    page.locator("input[value=lamp]").check()
    walk.go_on()
    walk.go_on()  # no place
    page.locator("hopthu-map[data-ready]").wait_for()
    page.locator("[data-map-place]").click()
    walk.go_on()
    walk.go_on()  # no words
    page.locator("#text").fill(WORDS)
    page.locator("#photo").set_input_files(tmp_path / "den.jpg")
    expect(page.locator("input[name=upload]")).to_have_count(1, timeout=30_000)
    walk.look()
    walk.go_on()
    if page.locator(".nearby").count():
        walk.go_on()
    page.reload()
    walk.go_on()
    expect(page.locator("#report-id")).to_be_visible()
    walk.look()
    page.locator("a[href^='/follow#']").click()
    expect(page.locator("#sent")).to_be_visible()
    for summary in page.locator("details summary").all():
        summary.click()
    walk.look()

    assert walk.found == []
