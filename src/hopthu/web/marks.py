"""The places of a photo that somebody marked to be covered: drawn boxes, or ticked squares.

The tool itself is `components/cover.html` with `web/cover.js` and `web/cover.css`.
"""

from dataclasses import dataclass
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hopthu.reports.photos.boxes import FULL, MAX_BOXES, BadBox, Box

SQUARES: Final = 12
"""Along the longer side of a photo: enough for a number plate, and large enough for a finger."""
UNREAD: Final = _("The marked places could not be read. Please mark them again.")
NOTHING: Final = _("Mark what has to be covered.")


@dataclass(frozen=True)
class Marks:
    boxes: tuple[Box, ...] = ()
    readable: bool = True
    """False: something came that no page of ours sends."""

    @classmethod
    def read(cls, post: QueryDict) -> "Marks":
        """What the form brings as `box`, drawn and ticked alike."""
        typed = dict.fromkeys(post.getlist("box"))
        try:
            boxes = tuple(map(Box.parse, typed))
        except BadBox:
            return cls(readable=False)
        return cls(boxes) if len(boxes) <= MAX_BOXES else cls(readable=False)


@dataclass(frozen=True)
class Cell:
    """One square of the grid that lies over the photo where no script draws."""

    box: Box
    row: int
    column: int
    ticked: bool


@dataclass(frozen=True)
class Tool:
    """A photo of so many pixels, and what is marked in it: for `components/cover.html`."""

    url: str
    width: int
    height: int
    marks: Marks = Marks()
    problem: str = ""

    @property
    def is_tall(self) -> bool:
        return self.height > self.width

    def rows(self) -> list[list[Cell]]:
        """The grid, of cells that are about square."""
        ticked = set(self.marks.boxes)
        high, wide = (_squares(side, self.width, self.height) for side in (self.height, self.width))
        return [
            [
                Cell(box, row + 1, column + 1, box in ticked)
                for column in range(wide)
                if (box := _cell(row, column, high, wide))
            ]
            for row in range(high)
        ]

    def drawn(self) -> list[Box]:
        """Those that are no cell of the grid."""
        grid = {cell.box for row in self.rows() for cell in row}
        return [box for box in self.marks.boxes if box not in grid]


def _squares(side: int, *sides: int) -> int:
    """
    >>> _squares(1536, 2048, 1536), _squares(1, 2048, 1)
    (9, 1)
    """
    return max(1, SQUARES * side // max(sides))


def _cell(row: int, column: int, high: int, wide: int) -> Box:
    left, right = (at * FULL // wide for at in (column, column + 1))
    top, bottom = (at * FULL // high for at in (row, row + 1))
    return Box(left, top, right - left, bottom - top)
