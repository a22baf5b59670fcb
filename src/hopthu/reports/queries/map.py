"""What one map tile shows: single reports where there are few, their number where there are many.

All cells of a tile stand in one range, and the index `report_map` holds everything that is
filtered and counted by: a tile is one scan of that index, on any database.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Min, Q, QuerySet

from hopthu.bodies.configuration import Configuration
from hopthu.core.geometry import Point, cell_point, tile_cells
from hopthu.core.terms import OPEN, Status
from hopthu.reports.models import Report
from hopthu.reports.queries.listing import STATUS_FILTERS

MAX_ZOOM = 22
CORNERS = 17
"""From this zoom on every report is shown by itself (a tile is 300 m wide there)."""
MOST = 500
"""Of single reports in one tile."""
WORDS = 90
"""Characters of a report's text that a map shows."""

_CLUSTERS = 2
"""Levels from the tile down to its clusters: 4 × 4 of them, each 64 pixels wide."""
_SQUARES = 5
"""Levels down to the squares that are counted: 32 × 32, so that a cluster knows its middle."""
_MARGIN = 0.3
"""A cluster keeps this part of its square away from the edges, so that no two lie on each other."""


@dataclass(frozen=True)
class Spot:
    """One report on the map."""

    number: str
    point: Point
    category: str
    status: str
    """`done` or `answered` where it is resolved, otherwise the status."""
    received_at: datetime
    words: str


@dataclass(frozen=True)
class Cluster:
    """Reports too many to show one by one."""

    point: Point
    count: int


@dataclass(frozen=True)
class Counted:
    """A tile seen from afar; it may be kept, since it says nothing of any one report."""

    clusters: tuple[Cluster, ...]
    alone: tuple[int, ...]
    """Cells with a single report, which is read anew every time: it may have been hidden."""

    def __len__(self) -> int:
        """Bytes in memory, about."""
        return 400 + 200 * len(self.clusters) + 40 * len(self.alone)


@dataclass(frozen=True)
class Tile:
    spots: tuple[Spot, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    more: bool = False
    """There are more than the spots shown."""


@dataclass(frozen=True)
class MapFilter:
    """Codes as in the list; one that the city does not know filters nothing out."""

    category: str = ""
    area: str = ""
    status: str = ""


@dataclass(frozen=True)
class _Square:
    code: int
    count: int
    cell: int
    """Of one of its reports."""


def tile(z: int, x: int, y: int, only: MapFilter, setup: Configuration) -> Tile:
    """Every public report in a tile from zoom `CORNERS` on, in one query. Raises BadTile."""
    spots = tuple(_spots(_public(z, x, y, only, setup)[: MOST + 1], setup))
    return Tile(spots=spots[:MOST], more=len(spots) > MOST)


def from_afar(counted: Counted, only: MapFilter, setup: Configuration) -> Tile:
    """What was counted, with the reports that stand alone as they are now: one query at most."""
    if not counted.alone:
        return Tile(clusters=counted.clusters)
    rows = _narrowed(_shown().filter(cell__in=counted.alone), only, setup)
    return Tile(spots=tuple(_spots(rows[:MOST], setup)), clusters=counted.clusters)


def _public(z: int, x: int, y: int, only: MapFilter, setup: Configuration) -> QuerySet[Report]:
    lo, hi = tile_cells(z, x, y)
    return _narrowed(_shown().filter(cell__gte=lo, cell__lt=hi), only, setup)


def _shown() -> QuerySet[Report]:
    """Withdrawn ones have no place any more: the sender took it back with the words."""
    return Report.objects.public().exclude(status=Status.WITHDRAWN)


def count(z: int, x: int, y: int, only: MapFilter, setup: Configuration) -> Counted:
    """The public reports in a tile, in one query that reads all of them. Raises BadTile."""
    clusters, alone = [], []
    for code, squares in _by_cluster(_counted(_public(z, x, y, only, setup), z)).items():
        total = sum(square.count for square in squares)
        if total == 1:
            alone.append(squares[0].cell)
        else:
            clusters.append(Cluster(_inside(_middle(squares, z), code, z), total))
    return Counted(tuple(clusters), tuple(alone))


def _narrowed(rows: QuerySet[Report], only: MapFilter, setup: Configuration) -> QuerySet[Report]:
    if only.category in setup.categories:
        rows = rows.filter(category_id=setup.categories[only.category].id)
    if only.area in setup.areas:
        rows = rows.filter(area_id=setup.areas[only.area].id)
    if only.status == "open":
        # The same as in the list, said by a column that the map's index holds.
        return rows.filter(status__in=OPEN)
    return rows.filter(STATUS_FILTERS.get(only.status, Q()))


def _spots(rows: QuerySet[Report], setup: Configuration) -> Iterator[Spot]:
    codes = {category.id: category.code for category in setup.categories.values()}
    columns = rows.values_list(
        "number", "lat", "lon", "category_id", "status", "outcome", "received_at", "text"
    )
    for number, lat, lon, category, status, outcome, received_at, text in columns:
        if lat is None or lon is None:
            continue
        state, words = outcome or status, _beginning(text)
        yield Spot(number, Point(lat, lon), codes[category], state, received_at, words)


def _beginning(text: str) -> str:
    line = " ".join(text[: 2 * WORDS].split())
    if len(line) <= WORDS:
        return line
    return line[:WORDS].rsplit(" ", 1)[0] + "…"


def _counted(rows: QuerySet[Report], z: int) -> Iterator[_Square]:
    """The squares of the tile that have reports: at most 1024."""
    square = F("cell").bitrightshift(_shift(z, _SQUARES))
    squares = rows.order_by().annotate(square=square).values("square")
    counted = squares.annotate(count=Count("*"), first=Min("cell"))
    for code, count, first in counted.values_list("square", "count", "first"):
        yield _Square(code, count, first)


def _by_cluster(squares: Iterable[_Square]) -> dict[int, list[_Square]]:
    clusters: dict[int, list[_Square]] = defaultdict(list)
    for square in squares:
        clusters[square.code >> 2 * (_SQUARES - _CLUSTERS)].append(square)
    return clusters


def _middle(squares: list[_Square], z: int) -> Point:
    """Where the reports are on average, as exact as the squares are."""
    shift = _shift(z, _SQUARES)
    quarter = 1 << (shift - 2)
    # The last cell of its first quarter touches the middle of a square.
    points = [(cell_point((each.code << shift) + quarter - 1), each.count) for each in squares]
    total = sum(count for _, count in points)
    return Point(
        sum(point.lat * count for point, count in points) / total,
        sum(point.lon * count for point, count in points) / total,
    )


def _inside(point: Point, code: int, z: int) -> Point:
    """The point, moved away from the edges of the cluster's square."""
    shift = _shift(z, _CLUSTERS)
    first, last = cell_point(code << shift), cell_point((code + 1 << shift) - 1)
    return Point(_between(point.lat, last.lat, first.lat), _between(point.lon, first.lon, last.lon))


def _between(value: float, lowest: float, highest: float) -> float:
    margin = (highest - lowest) * _MARGIN
    return min(max(value, lowest + margin), highest - margin)


def _shift(z: int, levels: int) -> int:
    """Bits of a cell below the squares that lie `levels` under a tile of zoom `z`."""
    return 2 * (24 - z - levels)
