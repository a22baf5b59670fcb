"""How long what may tell something about a person is kept; `retention` keeps to it.

What is not here is kept as long as the report, the staff or the public record that it belongs to.
"""

from datetime import timedelta
from typing import Final

NOTES: Final = timedelta(days=90)
"""Internal notes, after the report was closed."""
ERASURE_REQUESTS: Final = timedelta(days=90)
"""Requests to delete something for good, after they were decided: so long the asker can look."""
SUBMISSIONS: Final = timedelta(days=30)
"""The random number of a form, after the report came in: nobody sends a form again so late."""
TRIES: Final = timedelta(days=1)
"""Wrong follow-up codes, after the wait that they brought was over."""
