"""`hopthu staff`: take somebody on by a printed sign-in or a letter; a new sign-in; let them go."""

import argparse
import sys
from datetime import UTC, datetime

from hopthu.cli.ready import get_ready
from hopthu.core.terms import STAFF, Role


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("username", metavar="USERNAME", help="what they sign in with")
    parser.add_argument("--name", help="what colleagues see")
    parser.add_argument("--role", choices=sorted(STAFF))
    parser.add_argument(
        "--body", metavar="CODE", help="the office that the role is for; without it all of them"
    )
    parser.add_argument(
        "--invite",
        metavar="ADDRESS",
        help="send them a link with which they choose name and password, instead of printing one",
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
    if arguments.role is None or (arguments.name is None) is (arguments.invite is None):
        return _refuse("taking somebody on needs --role ROLE, and --name NAME or --invite ADDRESS")
    return _take_on(arguments)


def _take_on(arguments: argparse.Namespace) -> int:
    from hopthu.bodies.queries import NoCity, configuration

    try:
        bodies = configuration().bodies
    except NoCity:
        return _refuse("no city is set up here yet: see `hopthu demo` and `hopthu import areas`")
    role, body = Role(arguments.role), arguments.body
    if body is not None and body not in bodies:
        return _refuse(f"no body {body}; there are: {', '.join(bodies) or 'none'}")
    if role is Role.OFFICER and body is None:
        return _refuse("an officer works for one body: --body CODE")
    if arguments.invite is not None:
        return _invite(arguments, role, bodies[body].id if body else None)
    return _print_sign_in(arguments, role)


def _print_sign_in(arguments: argparse.Namespace, role: Role) -> int:
    from hopthu.people.actions import UsernameTaken, create_staff
    from hopthu.people.passwords import new_password

    password = new_password()
    try:
        create_staff(
            username=arguments.username,
            name=arguments.name,
            password=password,
            roles=[(role, arguments.body)],
        )
    except UsernameTaken:
        return _refuse(f"there is a {arguments.username} already")
    print(f"Sign in at /desk/ as\n  {arguments.username}  {password}")
    return 0


def _invite(arguments: argparse.Namespace, role: Role, body_id: int | None) -> int:
    """In the language of the city: which one they read is not known yet."""
    from django.conf import settings

    from hopthu.core.mail_addresses import BadAddress, parse_address
    from hopthu.core.sealing import Reachable
    from hopthu.outbox.inviting import invite
    from hopthu.people.actions import UsernameTaken
    from hopthu.people.invitations import LIFE, BadUsername
    from hopthu.people.seal_keys import NoSeal

    username = arguments.username
    try:
        who = Reachable(parse_address(arguments.invite), settings.LANGUAGE_CODE)
        invite(who, username=username, role=role, body_id=body_id, at=datetime.now(UTC))
    except BadAddress:
        return _refuse("that is no e-mail address that a letter can be sent to")
    except BadUsername:
        return _refuse("a user name has letters, digits, dots and dashes, 40 at most")
    except UsernameTaken:
        return _refuse(f"there is a {username} already, or they are invited already")
    except NoSeal as error:
        return _refuse(str(error))
    print(f"The invitation of {username} is in the outbox, good for {LIFE.days} days")
    return 0


def _sign_in_anew(arguments: argparse.Namespace) -> int:
    from hopthu.people.actions import NoSuchStaff, sign_in_anew
    from hopthu.people.passwords import new_password

    if arguments.name or arguments.role or arguments.body or arguments.invite:
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

    if arguments.name or arguments.role or arguments.body or arguments.invite:
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
