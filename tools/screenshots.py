"""Pictures of the main pages, on a phone and on a desk, for `docs/screenshots`.

    .venv/bin/python tools/screenshots.py

Makes up the demo city in a folder of its own, serves it, and walks through it in Debian's chromium.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from shutil import which
from typing import Literal
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "screenshots"
HOPTHU = str(Path(sys.executable).with_name("hopthu"))
PORT = "8765"
URL = f"http://localhost:{PORT}"
WIDTHS = {360: 780, 1280: 900}
"""Width of the window → its height, in px."""
COLOURS = 128
TEXT = "Đèn đường trước cổng trường tắt đã ba đêm, học sinh đi học về rất tối."


def main() -> None:
    with served_demo() as printed, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=which("chromium"),
            args=["--no-sandbox"] if os.geteuid() == 0 else [],
        )
        for width, height in WIDTHS.items():
            walk(chromium, width, height, printed)


@contextmanager
def served_demo() -> Iterator[str]:
    """A served demo city; gives what `hopthu demo` printed."""
    with tempfile.TemporaryDirectory() as data:
        here = {**os.environ, "HOPTHU_DATA": data}
        subprocess.run([HOPTHU, "init"], env=here, check=True)
        demo = subprocess.run(
            [HOPTHU, "demo"], env=here, check=True, text=True, stdout=subprocess.PIPE
        )
        server = subprocess.Popen([HOPTHU, "serve", "--port", PORT], env=here)
        try:
            wait()
            yield demo.stdout
        finally:
            server.terminate()
            server.wait()


def wait() -> None:
    for _ in range(300):
        try:
            urlopen(URL, timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the demo city did not answer")


def walk(chromium: Browser, width: int, height: int, printed: str) -> None:
    def new_page(scheme: Literal["light", "dark"] = "light") -> Page:
        return chromium.new_page(
            viewport={"width": width, "height": height}, locale="vi", color_scheme=scheme
        )

    def keep(page: Page, name: str) -> None:
        page.wait_for_load_state("networkidle")
        keep_picture(page.screenshot(), f"{name}-{width}")

    page = new_page()
    read(page, keep)
    report(page, keep)
    follow(page, keep, printed)
    work(page, keep, printed)
    page.context.close()
    dark = new_page("dark")
    dark.goto(URL)
    keep(dark, "home-dark")
    dark.context.close()


Keep = Callable[[Page, str], None]


def read(page: Page, keep: Keep) -> None:
    page.goto(URL)
    keep(page, "home")
    page.goto(f"{URL}/reports")
    keep(page, "reports")
    page.goto(f"{URL}/reports?status=done")
    page.locator("main a[href^='/reports/']").first.click()
    keep(page, "report")
    check(page, keep, page.url)
    page.goto(f"{URL}/areas")
    page.locator("main a[href^='/areas/']").first.click()
    keep(page, "area")


def check(page: Page, keep: Keep, shown: str) -> None:
    """The public record, and the receipt of the report that is shown at an address."""
    page.goto(f"{URL}/record")
    keep(page, "record")
    receipt = page.request.get(f"{shown}/receipt.tlog-proof").body()
    page.goto(f"{URL}/record/check")
    file = {"name": "receipt.tlog-proof", "mimeType": "text/plain", "buffer": receipt}
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    page.locator("[data-verdict] > *").first.wait_for()
    keep(page, "record-check")


def report(page: Page, keep: Keep) -> None:
    page.goto(f"{URL}/report/new")
    keep(page, "new-what")
    page.goto(f"{URL}/report/new?category=street_light")
    keep(page, "new-where")
    page.locator("select[name=area]").select_option(index=2)
    page.fill("[name=landmark]", "Trước cổng trường tiểu học")
    forward(page)
    page.fill("[name=text]", TEXT)
    keep(page, "new-describe")
    forward(page)
    keep(page, "new-check")
    forward(page)
    page.locator("#follow-code").wait_for()
    keep(page, "new-done")


def forward(page: Page) -> None:
    page.locator("#form .button-big").last.click()


def follow(page: Page, keep: Keep, printed: str) -> None:
    page.goto(f"{URL}/follow")
    page.fill("[name=number]", found(r"number\s+(\S+)", printed))
    page.fill("[name=code]", found(r"code\s+([\d ]+)", printed))
    page.locator("main form button.button").first.click()
    keep(page, "follow")


def work(page: Page, keep: Keep, printed: str) -> None:
    page.goto(f"{URL}/desk/")
    page.fill("[name=username]", "dothi.an")
    page.fill("[name=password]", found(r"dothi\.an\s+(\S+)", printed))
    page.locator("main form button").click()
    page.wait_for_url("**/desk/")
    keep(page, "desk-queue")
    page.locator("main a[href^='/desk/reports/']").nth(3).click()
    page.locator("details.step-form summary").first.click()
    keep(page, "desk-report")


def found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    if match is None:
        raise SystemExit(f"hopthu demo printed nothing like {pattern}")
    return match[1].strip()


def keep_picture(png: bytes, name: str) -> None:
    """Few colours are enough for a page, and keep the repository small."""
    TARGET.mkdir(parents=True, exist_ok=True)
    picture = Image.open(BytesIO(png)).convert("RGB").quantize(COLOURS)
    picture.save(TARGET / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
