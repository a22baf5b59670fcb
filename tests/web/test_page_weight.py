"""What a reader on a slow telephone has to load before a page is there."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests import makers

pytestmark = pytest.mark.django_db
LIMIT = {"vi": 100_000, "en": 100_000, "km": 125_000}
"""Bytes as they travel, without map and photos."""
NOBLE = ("ed25519.js", "sha2.js", "_md.js", "_u64.js", "utils.js")
SCRIPTS_OF_THE_MAP = ("map/", "leaflet")


def packed(path: str) -> int:
    found = finders.find(path)
    assert found, path
    content = Path(found).read_bytes()
    return len(content) if path.endswith(".woff2") else len(gzip.compress(content, 6))


def fonts_of(style: str) -> list[str]:
    content = Path(str(finders.find(style))).read_text("utf-8")
    return ["vendor/" + name for name in re.findall(r"\.\./vendor/([^\"]+)", content)]


@pytest.mark.parametrize("language", ["vi", "en", "km"])
@pytest.mark.parametrize(
    "page", ["/", "/reports", "report", "/report/new", "/follow", "/areas/east", "/record"]
)
def test_the_first_load_of_a_page_is_light(
    city: None, client: Client, language: str, page: str
) -> None:
    address = f"/reports/{makers.make_report().number}" if page == "report" else page
    client.get(f"/language/{language}")

    html = client.get(address, follow=True).content
    loaded = set(re.findall(r'(?:href|src)="/static/([^"#]+)"', html.decode()))
    loaded = {path for path in loaded if not any(part in path for part in SCRIPTS_OF_THE_MAP)}
    loaded |= {font for path in list(loaded) if path.endswith(".css") for font in fonts_of(path)}

    assert len(gzip.compress(html, 6)) + sum(map(packed, loaded)) < LIMIT[language]


def test_what_checks_a_receipt_is_as_light_with_all_its_modules(city: None, client: Client) -> None:
    """Everything comes at once there, so that the network may be gone afterwards."""
    html = client.get("/record/check").content
    loaded = set(re.findall(r'(?:href|src)="/static/([^"#]+)"', html.decode()))
    checker = Path(str(finders.find("public/record/check.js"))).parent
    loaded |= {f"public/record/{path.name}" for path in checker.glob("*.js")}
    loaded |= {f"vendor/noble/{name}" for name in NOBLE}
    loaded |= {font for path in list(loaded) if path.endswith(".css") for font in fonts_of(path)}

    assert len(gzip.compress(html, 6)) + sum(map(packed, loaded)) < LIMIT["km"]


def test_nothing_is_loaded_from_another_host(city: None, client: Client) -> None:
    html = client.get("/").content.decode()

    assert re.findall(r'(?:href|src)="(?:https?:)?//[^"]+"', html) == []
