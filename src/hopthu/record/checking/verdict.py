"""What was looked at, and what was found wrong, with where."""

import sys
from collections.abc import Callable
from typing import Final

SHOWN: Final = 20
"""Told one by one; a log that was cut has thousands, and the first ones tell why."""


LONGEST: Final = 400
"""Characters of one."""


class Verdict:
    """Faults are kept as they are found, the first `SHOWN`; the others are counted."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self.count = 0
        self._apart = 0
        self.faults: list[str] = []

    def fault(self, where: str, what: object) -> None:
        self.count += 1
        if len(self.faults) < SHOWN:
            self.faults.append(f"{where}: {what}"[:LONGEST])

    def brought(self, where: str, what: object) -> None:
        """A fault of a file that somebody brought to the log, and none of the log's."""
        self._apart += 1
        self.fault(where, what)

    def say(self, line: str) -> None:
        self._say(printable(line))

    def tell(self) -> bool:
        """Say every fault and the last word; True if nothing is wrong."""
        for fault in self.faults:
            self.say(f"WRONG {fault}")
        if self.count > len(self.faults):
            self.say(f"WRONG … and {self.count - len(self.faults):,} more")
        if not self.count:
            self.say("OK nothing is wrong")
        elif self._apart == self.count:
            self.say("The log itself is right: only what you brought to it is not")
        return not self.count


def printable(text: str) -> str:
    """What a stranger sent, without what a terminal would obey."""
    return "".join(one if one.isprintable() else "�" for one in text)


def to_terminal(line: str) -> None:
    """One line on standard output, whatever letters the terminal has."""
    coding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(line.encode(coding, "replace").decode(coding) + "\n")
    sys.stdout.flush()
