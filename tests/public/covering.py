"""Photos of a resident in which something is to be covered."""

import io
from pathlib import Path

from django.utils import timezone
from PIL import Image

from hopthu.reports.actions.photos import add_upload
from hopthu.reports.models import Photo
from hopthu.reports.photos import storage
from tests.reports.photos import pictures

MIDDLE = "250,0,500,1000"
"""Where the red half of `pictures.jpeg` meets the blue one."""


def upload() -> Photo:
    return add_upload(pictures.jpeg(), at=timezone.now())


def is_covered(name: str, size: storage.Size = "large") -> bool:
    """Whether the middle of the photo tells nothing any more."""
    with storage.open_photo(name, size) as file:
        picture = Image.open(io.BytesIO(file.read())).convert("RGB")
    wide, high = picture.size
    middle = picture.crop((wide * 3 // 10, 2, wide * 7 // 10, high - 2))
    return all(high - low <= 12 for low, high in middle.getextrema())  # type: ignore[misc]


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


def files_of(*names: str) -> set[str]:
    return {f"{name}-{size}.webp" for name in names for size in storage.SIZES}
