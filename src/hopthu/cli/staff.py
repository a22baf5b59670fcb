"""`hopthu staff`: take somebody on, and print their first sign-in."""

import argparse
import sys

from hopthu.cli.ready import get_ready
from hopthu.core.terms import STAFF, Role


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("username", metavar="USERNAME", help="what they sign in with")
    parser.add_argument("--name", required=True, help="what colleagues see")
    parser.add_argument("--role", required=True, choices=sorted(STAFF))
    parser.add_argument(
        "--body", metavar="CODE", help="the office that the role is for; without it all of them"
    )


def run(arguments: argparse.Namespace) -> int:
    get_ready()
    from hopthu.bodies.queries import NoCity, configuration
    from hopthu.people.actions import UsernameTaken, create_staff
    from hopthu.people.passwords import new_password

    try:
        bodies = configuration().bodies
    except NoCity:
        return _refuse("no city is set up here yet: see `hopthu demo` and `hopthu import areas`")
    role, body = Role(arguments.role), arguments.body
    if body is not None and body not in bodies:
        return _refuse(f"no body {body}; there are: {', '.join(bodies) or 'none'}")
    if role is Role.OFFICER and body is None:
        return _refuse("an officer works for one body: --body CODE")
    password = new_password()
    try:
        create_staff(
            username=arguments.username,
            name=arguments.name,
            password=password,
            roles=[(role, body)],
        )
    except UsernameTaken:
        return _refuse(f"there is a {arguments.username} already")
    print(f"Sign in at /desk/ as\n  {arguments.username}  {password}")
    return 0


def _refuse(why: str) -> int:
    print(f"hopthu staff: {why}", file=sys.stderr)
    return 1
