"""Where photos are kept."""

from pathlib import Path

import pytest

from hopthu.reports.photos import storage
from hopthu.reports.photos.rendered import Rendered

PHOTO = Rendered(large=b"large", small=b"small", width=9, height=9)


@pytest.fixture(autouse=True)
def folder(settings: object, tmp_path: Path) -> Path:
    settings.PHOTOS = tmp_path / "photos"  # type: ignore[attr-defined]
    return tmp_path / "photos"


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_photo_is_kept_and_read_under_its_name(folder: Path) -> None:
    name = storage.new_name()

    storage.save(name, PHOTO)

    with storage.open_photo(name, "large") as large, storage.open_photo(name, "small") as small:
        assert (large.read(), small.read()) == (b"large", b"small")
    assert len(files(folder)) == 2


def test_a_deleted_photo_leaves_no_file(folder: Path) -> None:
    name = storage.new_name()
    storage.save(name, PHOTO)
    (storage.path(name, "large").parent / f".{name}-large.part").write_bytes(b"half")

    storage.delete(name)
    storage.delete(name)

    assert files(folder) == []
    with pytest.raises(storage.NoSuchPhoto):
        storage.open_photo(name, "large")


@pytest.mark.parametrize(
    "name", ["", "..", "../../etc/passwd", "A" * 32, "0" * 31, "0" * 33, "0" * 32 + "\n", "é" * 32]
)
def test_only_its_own_names_are_looked_for(name: str) -> None:
    with pytest.raises(storage.NoSuchPhoto):
        storage.open_photo(name, "large")


def test_names_cannot_be_guessed() -> None:
    assert len({storage.new_name() for _ in range(1000)}) == 1000
    assert len(storage.new_name()) == 32
