"""The house rules that no linter knows."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "hopthu"
LONGEST_FILE = 400
CLOCKS = {"now", "today", "utcnow", "time", "monotonic", "perf_counter"}
# Two addresses of one user action, or one address of several.
TESTED_WITH = {
    "areas": "area",
    "basemap_sketch": "basemap",
    "call_ask": "call",
    "call_opening": "call",
    "follow_step": "follow_",
    "invitations_withdraw": "invitations",
    "photo_thumb": "photo_upload",
    "saved": "new",
    "signout": "signin",
    "your_signin_app": "your_signin",
    "your_signin_codes": "your_signin",
    "your_signin_elsewhere": "your_signin",
    "your_signin_off": "your_signin",
    "your_signin_passkey": "signin_passkey",
    "your_signin_passkey_remove": "signin_passkey",
}
MARKDOWN_LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def python_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*.py") if "migrations" not in path.parts]


def templates() -> list[Path]:
    return sorted(SOURCE.rglob("templates/**/*.html"))


def documents() -> list[Path]:
    return [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_every_setting_is_documented_and_every_documented_setting_exists() -> None:
    read = set(re.findall(r"HOPTHU_[A-Z_]+", (SOURCE / "project" / "env.py").read_text()))
    told = set(re.findall(r"^\| `(HOPTHU_[A-Z_]+)`", (ROOT / "docs/operator.md").read_text(), re.M))
    assert read == told


def test_settings_are_read_in_one_place() -> None:
    elsewhere = {
        named(path)
        for path in python_files(SOURCE)
        if re.search(r"os\.(environ\b(?!\.setdefault)|getenv)", path.read_text())
    }
    assert elsewhere == set()


def test_every_command_is_documented() -> None:
    from hopthu.cli.main import COMMANDS

    told = set(re.findall(r"^\| `hopthu (\w+)", (ROOT / "docs/operator.md").read_text(), re.M))
    assert told == set(COMMANDS)


@pytest.mark.parametrize("path", python_files(SOURCE / "core"), ids=lambda path: path.stem)
def test_the_core_looks_at_no_clock(path: Path) -> None:
    calls = [
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in CLOCKS
        if ast.unparse(node.func.value) in {"datetime", "date", "time", "datetime.datetime"}
    ]
    assert calls == []


@pytest.mark.parametrize("path", templates(), ids=named)
def test_a_page_has_no_script_or_style_of_its_own(path: Path) -> None:
    """The content security policy would stop them, after the page was written to need them."""
    text = path.read_text()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)(?![^>]*application/json)", text)


def test_no_script_carries_words() -> None:
    """Texts are in templates, where they are translated."""
    letters = re.compile(r"[ạ-ỹăâđêôơư]|[ក-៿]", re.IGNORECASE)
    scripts = [
        path
        for path in SOURCE.rglob("static/**/*.js")
        if "vendor" not in path.parts and letters.search(path.read_text())
    ]
    assert scripts == []


def test_no_file_has_grown_past_reading() -> None:
    long = {
        named(path): lines
        for path in (*python_files(SOURCE), *python_files(ROOT / "tests"))
        if (lines := len(path.read_text().splitlines())) > LONGEST_FILE
    }
    assert long == {}


def test_every_address_has_a_test_of_its_name() -> None:
    missing = {
        f"{surface}:{name}"
        for surface in ("public", "desk")
        for name in view_names(surface)
        if not any((ROOT / "tests" / surface).glob(f"test_{TESTED_WITH.get(name, name)}*.py"))
    }
    assert missing == set()


def view_names(surface: str) -> Iterator[str]:
    yield from re.findall(r'name="(\w+)"', (SOURCE / surface / "urls.py").read_text())


@pytest.mark.parametrize("path", documents(), ids=named)
def test_links_of_a_document_lead_somewhere(path: Path) -> None:
    broken = [
        target
        for target in MARKDOWN_LINK.findall(path.read_text())
        if not (path.parent / target).exists()
    ]
    assert broken == []


def test_where_is_table_is_true() -> None:
    table = (ROOT / "docs" / "architecture.md").read_text().partition("## Where is")[2]
    paths = re.findall(r"`((?:src|tests|tools|docs|bench|drill)/[^`<]*)`", table)
    assert len(paths) > 30
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_the_licence_is_the_whole_agpl() -> None:
    licence = (ROOT / "LICENSE").read_text()
    assert licence.split()[:5] == ["GNU", "AFFERO", "GENERAL", "PUBLIC", "LICENSE"]
    assert "13. Remote Network Interaction" in licence
    assert "END OF TERMS AND CONDITIONS" in licence
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["license"] == "AGPL-3.0-or-later"
