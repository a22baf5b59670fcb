"""Which plot a report gets: by weight, among those that its text has the words for."""

import random
from collections.abc import Mapping

from hopthu.cli.demo.material import Material, Text
from hopthu.cli.demo.plots import (
    Plot,
    asked,
    assigned,
    at_once,
    declined,
    disputed,
    disputed_twice,
    extended,
    forgotten,
    handled,
    referred,
    scheduled,
    silent,
    told_first,
    withdrawn,
)

WEIGHTS: Mapping[Plot, int] = {
    handled: 120,
    at_once: 38,
    told_first: 32,
    scheduled: 44,
    extended: 14,
    asked: 36,
    silent: 12,
    declined: 12,
    referred: 12,
    disputed: 22,
    disputed_twice: 8,
    withdrawn: 15,
    assigned: 16,
    forgotten: 16,
}
"""About how many of 400 reports go which way."""


MADE_FOR = 400
"""Weight of the plot that a text was written for."""
IN_DANGER = frozenset({handled, at_once, told_first, scheduled, asked, referred, disputed})
"""Nobody lets a dangerous spot wait, or says no to it."""


def choose(rng: random.Random, text: Text, about: Material) -> Plot:
    """A plot that the text has the words for."""
    possible = {plot: weight for plot, weight in WEIGHTS.items() if _fits(plot, text, about)}
    if text.declines:
        possible[declined] = MADE_FOR
    if text.refers_itself:
        possible[referred] = MADE_FOR
    return rng.choices(list(possible), list(possible.values()))[0]


def _fits(plot: Plot, text: Text, about: Material) -> bool:
    if not (text.done or text.answered):
        return plot is declined
    if about.setup.get("danger", False) and plot not in IN_DANGER:
        return False
    if plot in (asked, silent):
        return bool(text.asks)
    if plot is referred:
        return bool(text.refers)
    if plot is assigned:
        return not about.setup.get("oversight", False)
    return True
