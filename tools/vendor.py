"""Fetch the fonts and scripts of other people that the pages carry, or check them.

`VENDOR.toml` beside the files says what comes from where: name, version, licence, SHA-256 of every
file. `vendor.py` fetches each package from npm and writes its files, and stops at the first that is
not the one that was reviewed. `vendor.py --check` compares what lies here, without the network.
"""

import hashlib
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "src/hopthu/web/static/vendor"


class NotTheReviewedFile(SystemExit):
    """A file differs from its SHA-256 in `VENDOR.toml`."""

    def __init__(self, path: str, found: str) -> None:
        super().__init__(f"vendor: {path} has sha256 {found}, which VENDOR.toml does not say")


def packages() -> list[dict[str, Any]]:
    """The tables of `VENDOR.toml`."""
    listed: list[dict[str, Any]] = tomllib.loads((FOLDER / "VENDOR.toml").read_text())["package"]
    return listed


def check() -> None:
    """Compare every file here with its hash; raises `NotTheReviewedFile`."""
    for package in packages():
        for file in package["file"]:
            _compare(file, (FOLDER / file["to"]).read_bytes())


def fetch() -> None:
    """Download every package and write its files; raises `NotTheReviewedFile`."""
    for package in packages():
        with tempfile.TemporaryDirectory() as folder:
            archive = _download(package, Path(folder))
            for file in package["file"]:
                _write(file, archive)


def _download(package: dict[str, Any], folder: Path) -> Path:
    subprocess.run(
        ["npm", "pack", "--silent", f"{package['name']}@{package['version']}"],
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return next(folder.glob("*.tgz"))


def _write(file: dict[str, str], archive: Path) -> None:
    with tarfile.open(archive) as tar:
        member = tar.extractfile(f"package/{file['from']}")
        if member is None:
            raise NotTheReviewedFile(file["to"], "none: no such file in the package")
        content = member.read()
    if "without" in file:
        # A link to a source map that is not kept here stops Django's collectstatic.
        content = content.replace(file["without"].encode(), b"")
    _compare(file, content)
    target = FOLDER / file["to"]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def _compare(file: dict[str, str], content: bytes) -> None:
    found = hashlib.sha256(content).hexdigest()
    if found != file["sha256"]:
        raise NotTheReviewedFile(file["to"], found)


if __name__ == "__main__":
    check() if "--check" in sys.argv[1:] else fetch()
