"""The places of a photo that a moderator marked: drawn boxes, or ticked cells of a grid."""

from dataclasses import dataclass
from typing import Final

from django.http import QueryDict

from hopthu.reports.photos.boxes import FULL, MAX_BOXES, BadBox, Box

COLUMNS: Final = 12
ROWS: Final = 9


@dataclass(frozen=True)
class Cell:
    """One square of the grid that lies over the photo where no script draws."""

    box: Box
    row: int
    column: int
    ticked: bool


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

    def cells(self) -> list[Cell]:
        ticked = set(self.boxes)
        return [
            Cell(box, row + 1, column + 1, box in ticked)
            for row in range(ROWS)
            for column in range(COLUMNS)
            if (box := _cell(row, column))
        ]

    def drawn(self) -> list[Box]:
        """Those that are no cell of the grid."""
        grid = {cell.box for cell in self.cells()}
        return [box for box in self.boxes if box not in grid]


def _cell(row: int, column: int) -> Box:
    left, right = (at * FULL // COLUMNS for at in (column, column + 1))
    top, bottom = (at * FULL // ROWS for at in (row, row + 1))
    return Box(left, top, right - left, bottom - top)
