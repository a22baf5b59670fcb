"""What other people made lies here exactly as it was reviewed, and says whose it is."""

import subprocess
import sys
import tomllib
from pathlib import Path

import hopthu.web

ROOT = Path(__file__).resolve().parent.parent.parent
VENDOR = Path(hopthu.web.__file__).parent / "static" / "vendor"


def test_every_file_is_the_reviewed_one() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools/vendor.py"), "--check"], capture_output=True, text=True
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_no_file_lies_here_that_nobody_answers_for() -> None:
    listed = tomllib.loads((VENDOR / "VENDOR.toml").read_text())["package"]
    known = {file["to"] for package in listed for file in package["file"]} | {"VENDOR.toml"}

    found = {str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*") if path.is_file()}

    assert found == known


def test_every_package_names_version_and_licence() -> None:
    for package in tomllib.loads((VENDOR / "VENDOR.toml").read_text())["package"]:
        assert package["version"]
        assert package["licence"]
