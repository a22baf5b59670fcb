"""Every pair of colours that carries words can be told apart (WCAG 2.2 AA), by day and by night."""

import re
from pathlib import Path

import pytest

import hopthu.web

TOKENS = Path(hopthu.web.__file__).parent / "static" / "web" / "tokens.css"
TEXT, SHAPE = 4.5, 3.0
"""1.4.3 Contrast (Minimum) and 1.4.11 Non-text Contrast."""

GROUNDS = ("paper", "sheet", "sunk", "wash")
PAIRS = [
    *((ink, ground, TEXT) for ink in ("text", "muted", "link", "link-hover") for ground in GROUNDS),
    *((tone, ground, TEXT) for tone in ("done", "bad", "warn", "quiet") for ground in GROUNDS[:2]),
    *((tone, f"{tone}-wash", TEXT) for tone in ("done", "bad", "quiet")),
    ("warn", "sun-wash", TEXT),
    ("text", "sun-wash", TEXT),
    ("text", "bad-wash", TEXT),
    ("bad", "bad-wash", TEXT),
    ("on-ink", "ink", TEXT),
    ("on-ink-muted", "ink", TEXT),
    ("on-ink", "ink-deep", TEXT),
    ("on-sun", "sun", TEXT),
    ("on-bad", "bad", TEXT),
    ("stamp-ink", "stamp-face", TEXT),
    *(("edge", ground, SHAPE) for ground in GROUNDS[:3]),
    *(("focus", ground, SHAPE) for ground in GROUNDS),
]


def colours(mode: str) -> dict[str, str]:
    day, night = TOKENS.read_text("utf-8").split("prefers-color-scheme: dark", 1)
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", day))
    if mode == "dark":
        found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", night))
    return found


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_contrast(mode: str, ink: str, ground: str, least: float) -> None:
    palette = colours(mode)

    darker, lighter = sorted((luminance(palette[ink]), luminance(palette[ground])))

    assert (lighter + 0.05) / (darker + 0.05) >= least
