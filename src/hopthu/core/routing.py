"""Which body a report goes to: the most specific rule that fits, whatever order they stand in."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """`body` gets what fits; a condition that is None fits everything."""

    body: str
    category: str | None = None
    group: str | None = None
    area: str | None = None

    @property
    def weight(self) -> int:
        """Category before group before area: what is broken says more than where it is."""
        return (
            4 * (self.category is not None) + 2 * (self.group is not None) + (self.area is not None)
        )

    def fits(self, *, category: str, group: str | None, area: str | None) -> bool:
        return (
            self.category in (None, category)
            and self.group in (None, group)
            and self.area in (None, area)
        )


def route(
    rules: Iterable[Rule], *, category: str, group: str | None, area: str | None
) -> str | None:
    """The body that a report goes to; None when no rule fits and the city set no fallback.

    In order: category and area, category, group and area, group, area, everything. Of two rules
    as specific as each other the first decides.
    """
    fitting = [rule for rule in rules if rule.fits(category=category, group=group, area=area)]
    return max(fitting, key=lambda rule: rule.weight).body if fitting else None
