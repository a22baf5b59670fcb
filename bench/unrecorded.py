"""`python -m bench.unrecorded serve …`: without limits, and without the public record.

What the record costs whoever receives a report is what this is faster by: no entry, no commitment,
no promise, and nothing for the sequencer to do. There is no setting for this either.
"""

import sys
from typing import Any

import django

from hopthu.cli.main import main
from hopthu.web import rates


def without_record() -> None:
    """Cut off what receiving a report does for the record, in this process and its forks."""
    django.setup()
    from hopthu.public.forms import done
    from hopthu.record.actions import Pending
    from hopthu.reports.actions import receive

    def no_entry(*_: Any, **__: Any) -> Pending:
        return Pending(b"")

    receiving: Any = sys.modules[receive.__module__]
    receiving.received_entry = no_entry
    receiving.append = lambda *_, **__: None
    showing: Any = done
    showing.promised = lambda _: None


if __name__ == "__main__":
    rates.switch_off()
    without_record()
    sys.exit(main())
