"""What came of the rows, counted by reason, with one example each."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Tally:
    """`fresh` and `here` count what is taken and what was here; `refused` why rows are not."""

    fresh: int = 0
    here: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return self.fresh + self.here + self.refused.total()

    def refuse(self, why: str, example: str) -> None:
        self.refused[why] += 1
        self.examples.setdefault(why, example)

    def table(self, *, applied: bool) -> str:
        lines = [
            f"{self.rows:>9,} rows",
            f"{self.fresh:>9,} {'imported' if applied else 'would be imported'}",
            f"{self.here:>9,} here already",
            f"{self.refused.total():>9,} refused",
        ]
        width = max((len(why) for why in self.refused), default=0)
        for why, count in self.refused.most_common():
            lines.append(f"{count:>13,} {why:<{width}}  such as {self.examples[why]}")
        return "\n".join(lines)
