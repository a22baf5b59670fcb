"""What residents ask to be deleted for good: is there who decides, and do they in time?"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from hopthu.care.doctor.findings import Finding, ok, warn
from hopthu.core.terms import Role
from hopthu.people.queries import count_in_role
from hopthu.reports.queries.erasures import count_late, count_open

IT_TAKES: Final = 2
"""Administrators: one proposes, another one decides."""


def check(at: datetime) -> Iterator[Finding]:
    there = count_in_role(Role.ADMINISTRATOR)
    late = count_late(at)
    if there < IT_TAKES:
        told = f"{there} of {IT_TAKES} administrators are there: nobody can have anything deleted"
        yield warn(told, "`hopthu staff NAME --name NAME --role administrator`")
    if late:
        told = f"{late} wait past the day that was promised"
        yield warn(told, "tell the administrators: at the desk, To be deleted")
    elif there >= IT_TAKES:
        yield ok(f"{count_open()} wait, none too long")
