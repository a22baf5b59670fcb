"""What somebody can follow."""

from dataclasses import dataclass


class NoThing(ValueError):
    """Not the key of anything that could be followed."""


@dataclass(frozen=True)
class Thing:
    """One report; or an area, a category, or a category within an area.

    Raises `NoThing` for anything else.
    """

    number: str = ""
    area: str = ""
    category: str = ""

    def __post_init__(self) -> None:
        if bool(self.number) == bool(self.area or self.category):
            raise NoThing("one report, or an area and a category")

    @property
    def key(self) -> str:
        """`report:7KQ2M9XD`, `area:east`, `category:lamp`, `area:east+category:lamp`."""
        parts = {"report": self.number, "area": self.area, "category": self.category}
        return "+".join(f"{kind}:{code}" for kind, code in parts.items() if code)

    @classmethod
    def parse(cls, key: str) -> "Thing":
        """Raises `NoThing`."""
        parts = dict(part.partition(":")[::2] for part in key.split("+"))
        if not parts.keys() <= {"report", "area", "category"}:
            raise NoThing(key)
        return cls(parts.get("report", ""), parts.get("area", ""), parts.get("category", ""))


def things_of(number: str, *, area: str | None, category: str) -> list[Thing]:
    """Everything that is followed by whoever wants to hear of this report."""
    return [Thing(number=number), *places_of(area=area, category=category)]


def places_of(*, area: str | None, category: str) -> list[Thing]:
    """The same without the report itself."""
    within = [Thing(area=area), Thing(area=area, category=category)] if area else []
    return [Thing(category=category), *within]
