"""How heavy a first visit is: what a real browser fetches for a page, gzip, without map and photos.

Styles, scripts and the page itself count as a compressing web server would send them; fonts and
pictures are compressed already. Without a browser nothing is reported.
"""

import gzip
import os
import shutil
from typing import Final

from playwright.sync_api import Page, Response, sync_playwright

from tests.browser import PHONE, PROGRAMS, QUIET

MAP_AND_PHOTOS: Final = ("/photos/", "/tiles/", "map/", "/areas.geojson", "leaflet")
PACKED: Final = ("font/", "image/png", "image/webp", "image/jpeg")


def weights(port: int, paths: list[str]) -> dict[str, dict[str, float]]:
    """Kilobytes of each page in each language; empty where there is no chromium."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        return {}
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    measured: dict[str, dict[str, float]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*QUIET, *root])
        for path in paths:
            measured[path] = {}
            for language in ("vi", "en", "km"):
                context = browser.new_context(**PHONE)
                address = f"http://localhost:{port}"
                context.add_cookies([{"name": "lang", "value": language, "url": address}])
                measured[path][language] = _weight(context.new_page(), address + path)
                context.close()
        browser.close()
    return measured


def _weight(page: Page, address: str) -> float:
    seen: list[Response] = []
    page.on("response", lambda response: seen.append(response))
    page.goto(address, wait_until="networkidle")
    counted = [one for one in seen if not any(part in one.url for part in MAP_AND_PHOTOS)]
    return round(sum(_bytes(one) for one in counted if one.ok) / 1000, 1)


def _bytes(response: Response) -> int:
    body = response.body()
    packed = response.headers.get("content-type", "").startswith(PACKED)
    return len(body) if packed else len(gzip.compress(body, 6))
