"""The desk sees how many hear of a report by e-mail, from ten on, and never who."""

import re
from pathlib import Path

import pytest
from django.test import Client

from hopthu.outbox.following.things import Thing
from tests import makers
from tests.followers import EAST, LAMPS, follow

pytestmark = pytest.mark.django_db


def test_counts_of_ten_and_more_and_no_others(sealing: Path, client: Client) -> None:
    report = makers.make_report()
    for number in range(10):
        follow(Thing(number=report.number), email=f"lan{number}@example.vn")
        follow(EAST, email=f"lan{number}@example.vn")
    follow(EAST)
    follow(EAST, confirmed=False)
    for _ in range(9):
        follow(LAMPS)
    client.force_login(makers.make_officer())
    client.cookies["lang"] = "en"

    page = client.get(f"/desk/reports/{report.number}").content.decode()

    shown = re.search(r"<dt>Letters to followers</dt><dd>(.*?)</dd>", page)
    assert shown
    assert sorted(shown[1].split(" · ")) == ["Phường Đông (en): 11", "this report: 10"]
    assert "example.vn" not in page
