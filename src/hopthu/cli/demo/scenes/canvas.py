"""A sheet to draw on: places are shares (0 to 1) of its width and height, from the top left."""

import math
import random
from collections.abc import Iterable, Sequence
from functools import cache, partial

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
Spot = tuple[float, float]

SIZES = ((1024, 768), (1024, 768), (768, 1024))
DAYS: Sequence[tuple[Colour, Colour]] = (
    ((104, 156, 214), (214, 230, 240)),
    ((150, 172, 190), (222, 222, 214)),
    ((236, 170, 120), (250, 222, 176)),
)
"""Skies from top to horizon: clear, before rain, late afternoon."""
NIGHT: tuple[Colour, Colour] = ((24, 32, 62), (104, 84, 112))

_FALLING_OFF = ImageChops.invert(Image.radial_gradient("L"))
"""Bright in the middle; Pillow's gradient is black in the corners alone, and 74 at the edges."""


def _dim(channel: int, light: int) -> float:
    share = max(0, light - 75) / 180
    return channel * share * math.sqrt(share)


@cache
def _grain(strength: int) -> Image.Image:
    """Larger than any photo: each takes another part of it."""
    noise = Image.effect_noise((1100, 1100), strength)
    return Image.merge("RGB", (noise, noise, noise))


class Canvas:
    def __init__(self, rng: random.Random, *, night: bool) -> None:
        self.rng = rng
        self.night = night
        self.width, self.height = rng.choice(SIZES)
        top, bottom = NIGHT if night else rng.choice(DAYS)
        self.image = self._gradient(top, bottom)
        self.pen = ImageDraw.Draw(self.image, "RGBA")

    def shape(self, spots: Iterable[Spot], colour: Colour, alpha: int = 255) -> None:
        self.pen.polygon([self._at(spot) for spot in spots], fill=(*self._lit(colour), alpha))

    def box(self, left: float, top: float, right: float, bottom: float, colour: Colour) -> None:
        self.shape([(left, top), (right, top), (right, bottom), (left, bottom)], colour)

    def oval(
        self, x: float, y: float, wide: float, high: float, colour: Colour, alpha: int = 255
    ) -> None:
        """Around its middle; `wide` and `high` from the middle outwards."""
        corners = [*self._at((x - wide, y - high)), *self._at((x + wide, y + high))]
        self.pen.ellipse(corners, fill=(*self._lit(colour), alpha))

    def line(self, spots: Iterable[Spot], colour: Colour, thick: float = 0.005) -> None:
        width = max(1, round(thick * self.width))
        self.pen.line(
            [self._at(spot) for spot in spots], fill=self._lit(colour), width=width, joint="curve"
        )

    def blob(self, x: float, y: float, wide: float, high: float, colour: Colour) -> None:
        """An uneven round, for puddles, holes and heaps."""
        spots = []
        for step in range(22):
            turn = math.tau * step / 22
            reach = self.rng.uniform(0.78, 1.1)
            spots.append((x + wide * reach * math.cos(turn), y + high * reach * math.sin(turn)))
        self.shape(spots, colour)

    def glow(self, x: float, y: float, size: float, colour: Colour) -> None:
        """Light in the air around a lamp."""
        across = max(8, round(2 * size * self.width))
        corner = (round(x * self.width - across / 2), round(y * self.height - across / 2))
        light = _FALLING_OFF.resize((across, across))
        halo = Image.merge("RGB", [light.point(partial(_dim, channel)) for channel in colour])
        around = (*corner, corner[0] + across, corner[1] + across)
        self.image.paste(ImageChops.screen(self.image.crop(around), halo), corner)

    def tint(self, colour: Colour) -> Colour:
        """The colour a little off, as no two things are painted alike."""
        off = self.rng.randint(-14, 14)
        red, green, blue = (max(0, min(255, channel + off)) for channel in colour)
        return red, green, blue

    def finish(self) -> Image.Image:
        """Softened, with the grain of a phone's camera."""
        grain = _grain(40 if self.night else 22)
        corner = self.rng.randrange(64), self.rng.randrange(64)
        grain = grain.crop((*corner, corner[0] + self.width, corner[1] + self.height))
        soft = self.image.filter(ImageFilter.BoxBlur(0.6))
        return Image.blend(soft, ImageChops.overlay(soft, grain), 0.3)

    def _at(self, spot: Spot) -> tuple[float, float]:
        return spot[0] * self.width, spot[1] * self.height

    def _lit(self, colour: Colour) -> Colour:
        """At night everything is dim and bluish."""
        if not self.night:
            return colour
        red, green, blue = colour
        return round(red * 0.4), round(green * 0.43), round(blue * 0.56)

    def _gradient(self, top: Colour, bottom: Colour) -> Image.Image:
        strip = Image.new("RGB", (1, 2))
        strip.putpixel((0, 0), top)
        strip.putpixel((0, 1), bottom)
        return strip.resize((self.width, self.height), Image.Resampling.BICUBIC)
