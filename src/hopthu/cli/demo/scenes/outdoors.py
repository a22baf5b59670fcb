"""Scenes away from the road: water, parks, building sites."""

from hopthu.cli.demo.scenes.backdrops import bank, green, palm, street
from hopthu.cli.demo.scenes.canvas import Canvas
from hopthu.cli.demo.scenes.roadside import heap


def site(c: Canvas, mended: bool) -> None:
    street(c)
    c.box(0.56, 0.04, 0.96, 0.6, (172, 168, 162))
    for floor in range(4):
        y = 0.06 + floor * 0.14
        c.box(0.6, y + 0.02, 0.92, y + 0.11, (88, 86, 84))
        c.box(0.54, y + 0.12, 0.98, y + 0.14, (196, 192, 186))
    for pole in range(7):
        x = 0.55 + pole * 0.07
        c.line([(x, 0.02), (x, 0.62)], (196, 140, 60), 0.005)
    if mended:
        c.shape([(0.54, 0.03), (0.98, 0.03), (0.98, 0.6), (0.54, 0.6)], (70, 130, 90), 190)
        return
    c.blob(0.62, 0.68, 0.24, 0.06, (206, 180, 130))
    for _ in range(20):
        x, y = c.rng.uniform(0.5, 0.95), c.rng.uniform(0.64, 0.78)
        c.box(x, y, x + 0.04, y + 0.018, c.tint((178, 92, 70)))


def dump(c: Canvas, mended: bool) -> None:
    green(c)
    if not mended:
        heap(c, c.rng.uniform(0.4, 0.6), 0.76, 90, 0.4)
    c.line([(0.16, 0.74), (0.16, 0.5)], (140, 140, 140), 0.01)
    c.box(0.06, 0.44, 0.27, 0.53, (240, 240, 236))
    c.line([(0.09, 0.47), (0.24, 0.47)], (190, 40, 40), 0.01)
    c.line([(0.09, 0.5), (0.2, 0.5)], (190, 40, 40), 0.008)


def canal(c: Canvas, mended: bool) -> None:
    bank(c)
    if not mended:
        c.shape([(0, 0.5), (1, 0.46), (1, 0.84), (0, 0.82)], (38, 36, 34), 170)
        for _ in range(60):
            x, y = c.rng.random(), c.rng.uniform(0.5, 0.78)
            size = c.rng.uniform(0.008, 0.02)
            colour = c.rng.choice(((80, 130, 70), (96, 140, 80), (220, 220, 214), (90, 110, 160)))
            c.blob(x, y, size, size * 0.6, c.tint(colour))
    c.oval(0.84, 0.8, 0.05, 0.05, (200, 110, 50))
    c.oval(0.84, 0.8, 0.036, 0.038, (30, 28, 26))


def smoke(c: Canvas, mended: bool) -> None:
    bank(c)
    if mended:
        return
    x = c.rng.uniform(0.3, 0.7)
    heap(c, x, 0.86, 20, 0.1)
    for step in range(40):
        rise = step / 40
        size = 0.03 + rise * 0.13
        off = c.rng.uniform(-0.05, 0.05) + rise * 0.2
        c.oval(x + off, 0.84 - rise * 0.75, size, size * 0.8, c.tint((190, 188, 184)), 46)
    c.glow(x, 0.86, 0.07, (255, 140, 50))


def tree(c: Canvas, mended: bool) -> None:
    street(c)
    x = c.rng.uniform(0.68, 0.8)
    c.line([(x, 0.78), (x + 0.01, 0.4), (x - 0.02, 0.22)], (104, 82, 62), 0.04)
    for _ in range(26):
        c.blob(x + c.rng.uniform(-0.2, 0.16), c.rng.uniform(0.04, 0.3), 0.07, 0.05,
               c.tint((84, 128, 66)))  # fmt: skip
    if mended:
        return
    c.line([(x, 0.44), (x - 0.22, 0.56), (x - 0.46, 0.74)], (110, 88, 66), 0.022)
    for _ in range(30):
        t = c.rng.random()
        c.blob(x - 0.12 - 0.4 * t, 0.52 + 0.26 * t + c.rng.uniform(-0.05, 0.05), 0.045, 0.03,
               c.tint((112, 132, 64)))  # fmt: skip


def park(c: Canvas, mended: bool) -> None:
    green(c)
    c.line([(0.62, 0.8), (0.62, 0.36)], (210, 80, 60), 0.012)
    c.line([(0.72, 0.8), (0.72, 0.36)], (210, 80, 60), 0.012)
    for rung in range(5):
        c.line([(0.62, 0.44 + rung * 0.07), (0.72, 0.44 + rung * 0.07)], (230, 180, 60), 0.008)
    c.line([(0.62, 0.38), (0.46, 0.56), (0.3, 0.78), (0.22, 0.8)], (70, 140, 190), 0.04)
    if not mended:
        c.shape([(0.4, 0.6), (0.44, 0.57), (0.41, 0.66), (0.37, 0.66)], (60, 60, 60))
        for _ in range(70):
            x, y = c.rng.random(), c.rng.uniform(0.6, 1.0)
            lean, high = c.rng.uniform(-0.01, 0.01), c.rng.uniform(0.04, 0.1)
            c.line([(x, y), (x + lean, y - high)], c.tint((92, 136, 60)), 0.004)


def railing(c: Canvas, mended: bool) -> None:
    bank(c)
    c.shape([(0, 0.7), (1, 0.62), (1, 1), (0, 1)], (170, 164, 156))
    for post in range(7):
        x = 0.04 + post * 0.155
        top = 0.5 - post * 0.006
        if post in (3, 4) and not mended:
            c.line([(x, 0.7), (x - 0.05, 0.62)], (150, 150, 152), 0.014)
            continue
        c.line([(x, 0.72), (x, top)], (190, 192, 196), 0.014)
    gaps = [(0.04, 0.97)] if mended else [(0.04, 0.35), (0.81, 0.97)]
    for left, right in gaps:
        for y in (0.52, 0.6):
            c.line([(left, y), (right, y - 0.02)], (190, 192, 196), 0.012)
    if not mended:
        c.line([(0.35, 0.56), (0.58, 0.63), (0.81, 0.55)], (240, 240, 90), 0.005)


def fence(c: Canvas, mended: bool) -> None:
    """A path between two garden walls; the fence leaves only a gap of it."""
    green(c)
    c.shape([(0.42, 0.44), (0.56, 0.44), (0.86, 1), (0.1, 1)], (196, 180, 150))
    c.shape([(0, 0.3), (0.4, 0.4), (0.4, 0.5), (0, 0.9)], (204, 190, 166))
    c.shape([(1, 0.26), (0.6, 0.4), (0.6, 0.5), (1, 0.86)], (190, 196, 188))
    palm(c, 0.82, 0.5, 0.34)
    gap = 0.26 if mended else 0.68
    left = 0.12
    for post in range(8):
        x = left + post * 0.08
        if x <= gap:
            c.line([(x, 0.84), (x, 0.42)], (96, 92, 88), 0.014)
    for row in range(10):
        y = 0.46 + row * 0.036
        c.line([(left, y), (gap, y)], (112, 114, 116), 0.004)
    for column in range(int((gap - left) / 0.03)):
        x = left + column * 0.03
        c.line([(x, 0.44), (x, 0.82)], (112, 114, 116), 0.003)
