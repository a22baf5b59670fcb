"""What the sender asked to be deleted, what came of it, and the form to ask."""

from datetime import datetime
from typing import Any

from hopthu.core.terms import Step
from hopthu.public.forms import erasing
from hopthu.reports.queries.erasures import requests_of_sender
from hopthu.reports.queries.reading import Reading
from hopthu.web import erasure_words


def context(found: Reading, asking: erasing.Asking, *, at: datetime) -> dict[str, Any]:
    """For `follow/erasure.html`; a new request is offered once the last one is decided."""
    asked = requests_of_sender(found.report)
    gone = any(event.kind == Step.ERASE for event in found.events)
    waits = any(one.is_open for one in asked)
    return {
        "erasures": [
            {
                "asked": one,
                "scope": erasure_words.SCOPES[one.scope],
                "late": one.is_open and at > one.due_at,
            }
            for one in asked
        ],
        "may_erase": not waits and not gone,
        **erasing.context(asking),
    }
