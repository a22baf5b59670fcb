"""`hopthu demo --once`: made once, its sheet shown again, and a city of one's own left alone."""

import stat
from pathlib import Path

import pytest

from tests.live import Server

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Server:
    server = Server(tmp_path_factory.mktemp("demo") / "data")
    server.hopthu("init")
    return server


def test_the_sheet_is_kept_for_its_owner_and_shown_again(demo: Server) -> None:
    printed = demo.hopthu("demo", "--once")
    assert "dothi.an" in printed
    assert demo.hopthu("demo", "--once") == printed
    assert (demo.data / "demo.txt").read_text() == printed
    assert stat.S_IMODE((demo.data / "demo.txt").stat().st_mode) == 0o600


def test_a_city_of_ones_own_stays_as_it_is(tmp_path: Path) -> None:
    server = Server(tmp_path / "data")
    server.hopthu("init")
    server.do("make_city()")
    assert server.hopthu("demo", "--once") == "There is a city here already; it stays as it is.\n"
