"""The one set of icons, read once from `static/web/icons.svg`, to be written into the page itself.

Inline icons take the colour of their words, cost no request and print.
"""

import re
from pathlib import Path

SPRITE = Path(__file__).resolve().parent / "static" / "web" / "icons.svg"
FALLBACK = "paper"

ICONS: dict[str, str] = dict(
    re.findall(r'<symbol id="([\w-]+)">(.*?)</symbol>', SPRITE.read_text("utf-8"))
)
"""Name → the shapes within a 24 × 24 view box."""


def shapes(name: str) -> str:
    """The shapes of an icon; a name that a city made up gets a sheet of paper."""
    return ICONS.get(name) or ICONS[FALLBACK]
