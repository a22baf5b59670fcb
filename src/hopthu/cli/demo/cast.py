"""Who acts for whom: the staff of Sông Mây by role and by body."""

import zlib
from collections.abc import Sequence

from hopthu.cli.demo.city import SignIn
from hopthu.cli.demo.story import By
from hopthu.core.terms import Role
from hopthu.people.actors import NEIGHBOUR, SENDER, Actor
from hopthu.people.queries import actor
from hopthu.reports.models import Report


class Cast:
    def __init__(self, staff: Sequence[SignIn]) -> None:
        self._officers: dict[int, list[Actor]] = {}
        self._for_the_city: dict[Role, Actor] = {}
        for one in staff:
            who = actor(one.staff)
            if one.body is None:
                self._for_the_city[one.role] = who
            for body_id in who.own_bodies:
                self._officers.setdefault(body_id, []).append(who)

    def who(self, by: By, report: Report) -> Actor:
        match by:
            case By.SENDER:
                return SENDER
            case By.NEIGHBOUR:
                return NEIGHBOUR
            case By.MODERATOR:
                return self.moderator
            case By.CONCERNED:
                return self._officer(report.concerned_id, report)
            case By.OFFICER:
                return self.officer(report)

    def officer(self, report: Report) -> Actor:
        """Whoever has the report; the dispatcher where no body does."""
        return self._officer(report.body_id, report)

    @property
    def clerk(self) -> Actor:
        """Who takes reports in at the counter and by phone."""
        return self._for_the_city[Role.DISPATCHER]

    @property
    def moderator(self) -> Actor:
        return self._for_the_city[Role.MODERATOR]

    def _officer(self, body_id: int | None, report: Report) -> Actor:
        """One and the same officer for a report, as long as it stays with the body."""
        if body_id is None:
            return self._for_the_city[Role.DISPATCHER]
        colleagues = self._officers[body_id]
        return colleagues[zlib.crc32(report.number.encode()) % len(colleagues)]
