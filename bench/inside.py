"""What can only be seen from inside the city's own code, in a process of its own.

python -m bench.inside numbers 200     numbers of public reports
python -m bench.inside count           how many reports and photos the database holds
python -m bench.inside waiting         how many entries have no place in the log yet
python -m bench.inside queries         reads {name: request, base64}; how many statements each takes
"""

import json
import secrets
import sys
from base64 import b64decode
from collections.abc import Callable
from typing import Any

import django


def numbers(count: int) -> list[str]:
    from hopthu.reports.models import Report

    newest = Report.objects.public().order_by("-received_at")
    return list(newest.values_list("number", flat=True)[:count])


def count() -> dict[str, int]:
    from hopthu.reports.models import Event, Photo, Report

    return {
        "reports": Report.objects.count(),
        "events": Event.objects.count(),
        "photos": Photo.objects.filter(report__isnull=False).count(),
    }


def waiting() -> int:
    from hopthu.record.models import Entry

    return Entry.objects.filter(index=None).count()


def queries(requests: dict[str, str]) -> dict[str, int]:
    """SQL statements of one request each, without BEGIN and COMMIT, once everything is warm."""
    from django.test import Client

    return {name: _statements(Client(), b64decode(text)) for name, text in requests.items()}


def _statements(client: Any, request: bytes) -> int:
    from django.db import connection

    from bench.load import FRESH

    head, _, body = request.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    method, path, _ = first.split(" ")
    headers = dict(line.split(": ", 1) for line in lines)
    seen = 0

    def count(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal seen
        seen += 1
        return execute(*arguments)

    for _ in range(2):
        seen = 0
        fresh = body.replace(FRESH, secrets.token_hex(len(FRESH) // 2).encode())
        with connection.execute_wrapper(count):
            client.generic(method, path, fresh, headers.get("Content-Type", ""), headers=headers)
    return seen


def main(words: list[str]) -> Any:
    django.setup()
    match words:
        case ["numbers", amount]:
            return numbers(int(amount))
        case ["count"]:
            return count()
        case ["waiting"]:
            return waiting()
        case ["queries"]:
            return queries(json.load(sys.stdin))
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
