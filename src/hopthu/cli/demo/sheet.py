"""What somebody who tries the demo needs to know: who signs in how, and a report to follow."""

from hopthu.bodies.queries import configuration
from hopthu.cli.demo.city import SignIn
from hopthu.cli.demo.world import World
from hopthu.core.codes import format_follow_code, format_number


def sheet(world: World) -> str:
    width = max(len(one.username) for one in world.staff)
    return "\n".join(
        [
            "",
            f"Sông Mây is ready: an invented city with {world.reports} invented reports.",
            "",
            "Sign in at /desk/ as",
            *(f"  {one.username:<{width}}  {one.password}  {_job(one)}" for one in world.staff),
            "",
            "Follow a report at /follow with",
            f"  number  {format_number(world.to_follow.report.number)}",
            f"  code    {format_follow_code(world.to_follow.follow_code)}",
        ]
    )


def _job(one: SignIn) -> str:
    where = str(configuration().bodies[one.body].name) if one.body else "whole city"
    return f"{one.role}, {where}"
