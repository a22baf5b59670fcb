"""Places of a picture, at any size of it.

The web process reads them from forms: no imaging library is loaded here.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple, Self

FULL: Final = 1000
"""Boxes are in thousandths of the picture's width and height: they fit it at every size."""
MAX_BOXES: Final = 150
"""That one form may bring; more than the cells of the grid that is ticked without JavaScript."""


class BadBox(ValueError):
    """Not a place within the picture."""


class Pixels(NamedTuple):
    """Left and top edge, and the first pixels beyond: what Pillow calls a box."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True)
class Box:
    """A rectangle in thousandths of the picture."""

    left: int
    top: int
    width: int
    height: int

    def __post_init__(self) -> None:
        """Raises `BadBox`."""
        across = 0 <= self.left < self.left + self.width <= FULL
        down = 0 <= self.top < self.top + self.height <= FULL
        if not (across and down):
            raise BadBox(self)

    @classmethod
    def parse(cls, text: str) -> Self:
        """`left,top,width,height`, as forms send them. Raises `BadBox`.

        >>> Box.parse("250,100,500,30")
        Box(left=250, top=100, width=500, height=30)
        """
        parts = text.split(",")
        if len(parts) != 4 or not all(len(part) <= 4 and part.isdecimal() for part in parts):
            raise BadBox(text)
        return cls(*map(int, parts))

    def __str__(self) -> str:
        return f"{self.left},{self.top},{self.width},{self.height}"

    def on(self, width: int, height: int) -> Pixels:
        """Every pixel that the box touches.

        >>> Box(333, 0, 1, 1000).on(10, 10)
        Pixels(left=3, top=0, right=4, bottom=10)
        """
        return Pixels(
            self.left * width // FULL,
            self.top * height // FULL,
            -(-(self.left + self.width) * width // FULL),
            -(-(self.top + self.height) * height // FULL),
        )
