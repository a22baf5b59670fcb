"""The one door: everything that changes a report comes through here."""

from hopthu.reports.actions.advance import SomebodyWasFirst, advance
from hopthu.reports.actions.given import BadGiven, Given
from hopthu.reports.actions.notes import write_note
from hopthu.reports.actions.receive import Received, receive, received_before

__all__ = [
    "BadGiven",
    "Given",
    "Received",
    "SomebodyWasFirst",
    "advance",
    "receive",
    "received_before",
    "write_note",
]
