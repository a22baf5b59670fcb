"""`hopthu mail`: how the letters to residents stand, without saying to whom."""

import argparse
from datetime import UTC, datetime

import django
from django.conf import settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--retry-dead", action="store_true", help="try again those letters that were given up"
    )


def run(arguments: argparse.Namespace) -> int:
    """Exit status 1 if somebody should look."""
    django.setup()
    from hopthu.outbox.actions import revive
    from hopthu.outbox.queries import standing

    if arguments.retry_dead:
        print(f"trying again: {revive(at=datetime.now(UTC))}")
    now = standing()
    server = settings.MAIL_SERVER
    print(f"through: {f'{server.host}:{server.port}' if server else settings.MAIL_FOLDER}")
    gateway = settings.SMS_GATEWAY
    print(f"texts through: {gateway.host if gateway else 'nothing: none are offered'}")
    print(
        f"waiting: {now.waiting}" + (f", since {now.oldest:%Y-%m-%d %H:%M}" if now.oldest else "")
    )
    print(f"sent: {now.sent}")
    print(f"perhaps sent twice: {now.perhaps_twice}")
    for problem, count in now.dead.items():
        print(f"given up: {count} ({problem})")
    return 1 if _key_is_missing() or now.dead else 0


def _key_is_missing() -> bool:
    from hopthu.people import seal_keys

    try:
        seal_keys.identities()
    except seal_keys.NoSealKey as error:
        print(error)
        return True
    return False
