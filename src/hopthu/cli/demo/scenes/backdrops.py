"""Where things stand: a street of shop houses, the bank of a canal, a park."""

from hopthu.cli.demo.scenes.canvas import Canvas, Colour

HORIZON = 0.42
FRONTS: tuple[Colour, ...] = (
    (226, 205, 160), (176, 204, 190), (214, 168, 150), (190, 200, 222), (236, 226, 206),
    (204, 190, 150), (160, 184, 206),
)  # fmt: skip
AWNINGS: tuple[Colour, ...] = ((60, 110, 160), (176, 60, 50), (70, 130, 90), (210, 150, 60))
ASPHALT: Colour = (98, 98, 102)
PAVING: Colour = (178, 170, 158)
WATER: Colour = (134, 120, 88)
GRASS: Colour = (110, 146, 74)


def street(c: Canvas) -> None:
    """A road away from us, houses on both sides, a kerb of paving on the right."""
    middle = c.rng.uniform(0.42, 0.58)
    _houses(c, 0.0, middle - 0.04)
    _houses(c, middle + 0.06, 1.0)
    c.box(0, HORIZON, 1, 1, PAVING)
    c.shape([(middle - 0.03, HORIZON), (middle + 0.04, HORIZON), (1.02, 1), (-0.25, 1)], ASPHALT)
    for step in range(5):
        near = 0.47 + step * 0.13
        lean = (near - HORIZON) * (0.385 - middle) / (1 - HORIZON)
        x, thick = middle + lean, 0.004 + step * 0.003
        c.shape(
            [(x - thick, near), (x + thick, near), (x + thick * 1.6 + lean * 0.2, near + 0.05),
             (x - thick * 1.6 + lean * 0.2, near + 0.05)],
            (206, 206, 200),
        )  # fmt: skip


def pavement(c: Canvas) -> None:
    """Looking down at a sidewalk with its kerb and a strip of road."""
    _houses(c, 0.0, 1.0, foot=0.3)
    c.box(0, 0.3, 1, 1, PAVING)
    for row in range(7):
        y = 0.34 + row * row * 0.011 + row * 0.03
        c.line([(0, y), (1, y)], (150, 142, 132), 0.003)
    for column in range(-6, 17):
        c.line([(0.5 + (column - 5) * 0.055, 0.3), (0.5 + (column - 5) * 0.17, 0.82)],
               (150, 142, 132), 0.003)  # fmt: skip
    c.box(0, 0.8, 1, 0.84, (208, 204, 196))
    c.box(0, 0.84, 1, 1, ASPHALT)


def bank(c: Canvas) -> None:
    """Brown water with the other bank behind it, and our own grass in front."""
    c.shape([(0, 0.36), (0.3, 0.33), (0.7, 0.35), (1, 0.32), (1, 0.5), (0, 0.5)], (74, 112, 66))
    for _ in range(7):
        palm(c, c.rng.random(), c.rng.uniform(0.36, 0.4), c.rng.uniform(0.05, 0.09))
    c.box(0, 0.42, 1, 1, WATER)
    for _ in range(26):
        x, y = c.rng.random(), c.rng.uniform(0.44, 0.8)
        c.line([(x, y), (x + c.rng.uniform(0.04, 0.14), y)], c.tint((160, 148, 112)), 0.003)
    c.shape([(0, 0.82), (0.4, 0.78), (1, 0.84), (1, 1), (0, 1)], GRASS)


def green(c: Canvas) -> None:
    """A lawn with a path, trees at its far end."""
    for _ in range(9):
        x, y = c.rng.random(), c.rng.uniform(0.34, 0.4)
        c.oval(x, y - 0.05, 0.09, 0.1, c.tint((82, 122, 68)))
        c.box(x - 0.008, y, x + 0.008, 0.46, (96, 78, 60))
    c.box(0, 0.44, 1, 1, GRASS)
    c.shape([(0.55, 0.44), (0.6, 0.44), (0.5, 1), (0.18, 1)], (206, 190, 160))


def palm(c: Canvas, x: float, foot: float, size: float) -> None:
    """A coconut palm `size` high."""
    lean = c.rng.uniform(-0.3, 0.3) * size
    top = (x + lean, foot - size)
    c.line([(x, foot), top], (110, 92, 70), size * 0.09)
    for side in (-1, 1):
        for drop in (0.05, 0.25, 0.5):
            tip = (top[0] + side * size * (0.55 - drop * 0.3), top[1] + size * (drop - 0.15))
            bend = (top[0] + side * size * 0.3, top[1] - size * 0.16)
            c.line([top, bend, tip], c.tint((70, 116, 62)), size * 0.07)


def _houses(c: Canvas, left: float, right: float, foot: float = HORIZON) -> None:
    x = left
    while x < right:
        wide = min(c.rng.uniform(0.09, 0.17), right - x)
        roof = foot - c.rng.uniform(0.14, 0.34)
        c.box(x, roof, x + wide, foot, c.tint(c.rng.choice(FRONTS)))
        c.box(x, roof - 0.012, x + wide, roof + 0.006, (150, 96, 78))
        lit = (250, 214, 130) if c.night and c.rng.random() < 0.5 else (86, 98, 112)
        for floor in range(int((foot - roof) / 0.11)):
            y = roof + 0.03 + floor * 0.1
            c.box(x + wide * 0.25, y, x + wide * 0.75, y + 0.045, lit)
        awning = c.rng.choice(AWNINGS)
        c.shape([(x, foot - 0.08), (x + wide, foot - 0.08), (x + wide, foot - 0.05),
                 (x, foot - 0.05)], awning)  # fmt: skip
        x += wide
