"""A resident takes along everything that the city holds about the own report."""

import json
from pathlib import Path
from zipfile import ZipFile

from playwright.sync_api import Page, expect

from tests.journeys.test_report_follow import send
from tests.live import Server


def test_one_link_gives_one_file_that_explains_itself(
    live: Server, phone: Page, tmp_path: Path
) -> None:
    sent = send(live, "Đèn trước trường học hư.")
    phone.goto(f"{live.url}/follow{sent.fragment}")
    link = phone.get_by_role("link", name="Get everything")
    expect(link).to_be_visible()

    with phone.expect_download() as download:
        link.click()
    kept = tmp_path / download.value.suggested_filename
    download.value.save_as(kept)

    assert kept.name == f"report-{sent.number[:4]}-{sent.number[4:]}.zip"
    with ZipFile(kept) as zip_file:
        told = json.loads(zip_file.read("report.json"))
        readme = zip_file.read("README.txt").decode()
    assert told["report"]["text"] == "Đèn trước trường học hư."
    assert "everything that the city holds about it" in readme
    assert sent.code not in json.dumps(told)
