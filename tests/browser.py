"""A real browser for tests: Debian's chromium, driven by playwright, on a phone and on a desk.

Whatever a page does that a resident would suffer from fails the test that opened it: an error in a
script, something that the content security policy stopped, a request to another host.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

INSTALL = "no chromium: apt-get install chromium"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
# Without these it looks up its maker's hosts at every start.
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}

OpenPage = Callable[..., Page]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        if os.environ.get("HOPTHU_REQUIRE_BROWSER") == "1":
            pytest.fail(INSTALL)
        pytest.skip(INSTALL)
    with sync_playwright() as playwright:
        root = ["--no-sandbox"] if os.geteuid() == 0 else []
        chromium = playwright.chromium.launch(executable_path=program, args=[*QUIET, *root])
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Open a page in a browser context of its own: `open_page(width=…, java_script_enabled=…)`.

    What is given goes to playwright's `new_context`.
    """
    with ExitStack() as rooms:
        faults: list[str] = []

        def open_one(**options: Any) -> Page:
            context = browser.new_context(**options)
            rooms.callback(context.close)
            context.set_default_timeout(20_000)
            _watch(context, faults)
            return context.new_page()

        yield open_one
    assert faults == []


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    """A page 360 px wide, as on a cheap phone."""
    return open_page(**PHONE)


@pytest.fixture
def desktop(open_page: OpenPage) -> Page:
    """A page 1280 px wide."""
    return open_page(**DESKTOP)


@pytest.fixture
def page(phone: Page) -> Page:
    """The phone: most residents have nothing else."""
    return phone


def _watch(context: BrowserContext, faults: list[str]) -> None:
    def heard(message: ConsoleMessage) -> None:
        # A refusal by the server (4xx) is often what a test is about.
        if message.type == "error" and "status of 4" not in message.text:
            faults.append(f"{message.location['url']}: {message.text}")

    def requested(url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https"} and parts.hostname not in {"localhost", "127.0.0.1"}:
            faults.append(f"asked another host: {url}")

    context.on("console", heard)
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on("request", lambda request: requested(request.url))
