"""`hopthu staff`: take somebody on and print their first sign-in, or a new one; let somebody go."""

import argparse
import sys

from hopthu.cli.ready import get_ready
from hopthu.core.terms import STAFF, Role


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("username", metavar="USERNAME", help="what they sign in with")
    parser.add_argument("--name", help="what colleagues see")
    parser.add_argument("--role", choices=sorted(STAFF))
    parser.add_argument(
        "--body", metavar="CODE", help="the office that the role is for; without it all of them"
    )
    ending = parser.add_mutually_exclusive_group()
    ending.add_argument(
        "--leaves", action="store_true", help="they work here no more: end their roles and sign-in"
    )
    ending.add_argument(
        "--lost",
        action="store_true",
        help="they lost phone or password: print a new password, without a second step",
    )


def run(arguments: argparse.Namespace) -> int:
    get_ready()
    if arguments.leaves:
        return _let_go(arguments)
    if arguments.lost:
        return _sign_in_anew(arguments)
    if arguments.name is None or arguments.role is None:
        return _refuse("taking somebody on needs --name NAME and --role ROLE")
    return _take_on(arguments)


def _take_on(arguments: argparse.Namespace) -> int:
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


def _sign_in_anew(arguments: argparse.Namespace) -> int:
    from hopthu.people.actions import NoSuchStaff, sign_in_anew
    from hopthu.people.passwords import new_password

    if arguments.name or arguments.role or arguments.body:
        return _refuse("--lost changes how somebody signs in, and nothing else")
    password = new_password()
    try:
        sign_in_anew(arguments.username, password=password)
    except NoSuchStaff:
        return _refuse(f"there is no {arguments.username}")
    print(f"Sign in at /desk/ as\n  {arguments.username}  {password}")
    return 0


def _let_go(arguments: argparse.Namespace) -> int:
    from django.utils import timezone

    from hopthu.people.actions import NoSuchStaff
    from hopthu.people.leaving import let_go

    if arguments.name or arguments.role or arguments.body:
        return _refuse("--leaves ends all roles of somebody, and takes no other words")
    try:
        roles = let_go(arguments.username, at=timezone.now())
    except NoSuchStaff:
        return _refuse(f"there is no {arguments.username}")
    print(f"{arguments.username} signs in no more; roles ended: {roles}")
    return 0


def _refuse(why: str) -> int:
    print(f"hopthu staff: {why}", file=sys.stderr)
    return 1
