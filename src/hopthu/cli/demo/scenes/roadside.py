"""Scenes on and beside a road."""

from hopthu.cli.demo.scenes.backdrops import pavement, street
from hopthu.cli.demo.scenes.canvas import Canvas, Colour

METAL: Colour = (120, 124, 128)
LAMPLIGHT: Colour = (255, 214, 140)
BAGS: tuple[Colour, ...] = (
    (40, 42, 46), (60, 100, 170), (220, 220, 214), (180, 60, 60), (70, 140, 90),
)  # fmt: skip


def lamp(c: Canvas, mended: bool) -> None:
    street(c)
    x = c.rng.choice((0.2, 0.8))
    reach = 0.12 if x < 0.5 else -0.12
    c.line([(x, 0.86), (x, 0.12), (x + reach, 0.1)], METAL, 0.014)
    c.shape([(x + reach * 0.7, 0.095), (x + reach * 1.35, 0.085), (x + reach * 1.35, 0.115),
             (x + reach * 0.7, 0.115)], (150, 150, 150))  # fmt: skip
    if mended:
        c.glow(x + reach, 0.11, 0.3, LAMPLIGHT)
        c.glow(x + reach, 0.11, 0.05, (255, 250, 230))
        c.glow(x + reach * 1.5, 0.75, 0.34, (150, 118, 70))
    c.glow(c.rng.uniform(0.4, 0.6), 0.4, 0.09, (150, 120, 60))


def dark_road(c: Canvas, mended: bool) -> None:
    street(c)
    for step in range(4):
        side = 0.62 + step * 0.11
        top = 0.34 - step * 0.09
        c.line([(side, 0.46 + step * 0.1), (side, top), (side - 0.04, top - 0.01)], METAL, 0.006)
        if mended:
            c.glow(side - 0.04, top, 0.13 + step * 0.05, LAMPLIGHT)
            c.glow(side - 0.1, 0.5 + step * 0.12, 0.16 + step * 0.05, (120, 96, 60))
    x = c.rng.uniform(0.42, 0.5)
    c.glow(x, 0.5, 0.13, (255, 240, 210))


def pothole(c: Canvas, mended: bool) -> None:
    street(c)
    x, y = c.rng.uniform(0.3, 0.6), c.rng.uniform(0.68, 0.8)
    if mended:
        c.shape([(x - 0.2, y - 0.06), (x + 0.18, y - 0.07), (x + 0.24, y + 0.1),
                 (x - 0.24, y + 0.1)], (62, 62, 66))  # fmt: skip
        return
    c.blob(x, y, 0.22, 0.085, (76, 72, 68))
    c.blob(x, y + 0.005, 0.18, 0.065, (120, 100, 78))
    if c.rng.random() < 0.6:
        c.blob(x + 0.01, y + 0.015, 0.14, 0.045, (158, 150, 136))
    for _ in range(26):
        c.oval(x + c.rng.uniform(-0.28, 0.28), y + c.rng.uniform(-0.1, 0.12), 0.006, 0.005,
               c.tint((140, 136, 130)))  # fmt: skip


def manhole(c: Canvas, mended: bool) -> None:
    street(c)
    x, y = c.rng.uniform(0.35, 0.6), c.rng.uniform(0.68, 0.78)
    c.oval(x, y, 0.15, 0.065, (70, 70, 72))
    if not mended:
        c.oval(x, y, 0.125, 0.052, (22, 22, 24))
        x, y = x + 0.08, y - 0.025
    c.oval(x, y, 0.13, 0.055, (112, 110, 108))
    for row in range(-2, 3):
        c.line([(x - 0.09, y + row * 0.018), (x + 0.09, y + row * 0.018)], (84, 82, 80), 0.006)


def sidewalk(c: Canvas, mended: bool) -> None:
    pavement(c)
    if mended:
        return
    x = c.rng.uniform(0.3, 0.6)
    c.blob(x, 0.62, 0.24, 0.13, (150, 124, 92))
    for _ in range(14):
        left, top = x + c.rng.uniform(-0.3, 0.26), c.rng.uniform(0.5, 0.74)
        lean = c.rng.uniform(-0.02, 0.02)
        c.shape([(left, top), (left + 0.08, top + lean), (left + 0.09, top + 0.045 + lean),
                 (left + 0.005, top + 0.05)], c.tint((190, 180, 166)))  # fmt: skip


def flood(c: Canvas, mended: bool) -> None:
    street(c)
    if mended:
        return
    level = c.rng.uniform(0.46, 0.52)
    c.shape([(0, level), (1, level - 0.01), (1, 1), (0, 1)], (140, 122, 92), 232)
    for _ in range(50):
        x, y = c.rng.random(), c.rng.uniform(level + 0.01, 0.99)
        c.line([(x, y), (x + (y - 0.3) * 0.2, y)], c.tint((176, 162, 134)), 0.003)
    x = c.rng.uniform(0.25, 0.6)
    c.oval(x, 0.63, 0.05, 0.03, (30, 30, 32))
    c.shape([(x - 0.06, 0.6), (x + 0.12, 0.58), (x + 0.2, 0.62), (x + 0.02, 0.65)], (170, 40, 44))
    c.line([(x + 0.12, 0.6), (x + 0.1, 0.5), (x + 0.06, 0.49)], (40, 40, 42), 0.008)


def drain(c: Canvas, mended: bool) -> None:
    pavement(c)
    x = c.rng.uniform(0.3, 0.55)
    if not mended:
        c.blob(x + 0.12, 0.93, 0.4, 0.09, (52, 50, 44))
    c.box(x, 0.79, x + 0.28, 0.92, (40, 40, 40))
    for bar in range(7):
        left = x + 0.01 + bar * 0.04
        c.box(left, 0.79, left + 0.016, 0.92, (128, 126, 122))
    if not mended:
        heap(c, x + 0.12, 0.9, 9, 0.14)


def rubbish(c: Canvas, mended: bool) -> None:
    street(c)
    x = c.rng.uniform(0.6, 0.76)
    c.box(x - 0.02, 0.52, x + 0.13, 0.72, (60, 120, 84))
    c.box(x - 0.03, 0.5, x + 0.14, 0.53, (48, 98, 70))
    if not mended:
        heap(c, x, 0.76, 46, 0.28)


def wires(c: Canvas, mended: bool) -> None:
    street(c)
    for x, top in ((0.14, 0.05), (0.68, 0.24)):
        c.line([(x, 0.8 if x < 0.5 else 0.5), (x, top)], (150, 146, 140), 0.022 - x * 0.016)
        c.line([(x - 0.07, top + 0.04), (x + 0.07, top + 0.03)], (96, 92, 88), 0.008)
    for turn in range(9):
        sag = 0.02 + turn * 0.01
        if turn > 6 and not mended:
            sag = 0.34 + turn * 0.03
        spots = []
        for step in range(13):
            t = step / 12
            spots.append((0.14 + 0.54 * t, 0.1 + 0.16 * t + turn * 0.008 + sag * 4 * t * (1 - t)))
        c.line(spots, (34, 34, 36), 0.004)


def hole(c: Canvas, mended: bool) -> None:
    street(c)
    x, y = c.rng.uniform(0.35, 0.55), 0.76
    if mended:
        c.blob(x, y, 0.2, 0.07, (70, 70, 74))
        return
    c.blob(x, y, 0.24, 0.1, (112, 98, 80))
    c.blob(x, y + 0.012, 0.19, 0.075, (36, 30, 26))
    for side in (-0.28, 0.24):
        c.line([(x + side, y + 0.08), (x + side, y - 0.16)], (190, 60, 40), 0.012)
    c.line([(x - 0.28, y - 0.12), (x, y - 0.1), (x + 0.24, y - 0.13)], (236, 200, 60), 0.01)


def heap(c: Canvas, x: float, y: float, count: int, wide: float) -> None:
    """Bags and boxes, the higher the nearer to the middle."""
    for _ in range(count):
        off = c.rng.uniform(-1, 1)
        high = (1 - abs(off)) * c.rng.random() * wide * 0.6
        size = c.rng.uniform(0.02, 0.045)
        c.blob(x + off * wide, y - high, size, size * 0.9, c.tint(c.rng.choice(BAGS)))
