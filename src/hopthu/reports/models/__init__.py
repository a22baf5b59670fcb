"""The tables of reports. They are written by `reports.actions` alone."""

from hopthu.reports.models.erasure_request import ErasureRequest
from hopthu.reports.models.event import Event
from hopthu.reports.models.note import Note
from hopthu.reports.models.photo import Photo
from hopthu.reports.models.proposal import Proposal
from hopthu.reports.models.report import Report, ReportQuerySet
from hopthu.reports.models.residue import Residue

__all__ = [
    "ErasureRequest",
    "Event",
    "Note",
    "Photo",
    "Proposal",
    "Report",
    "ReportQuerySet",
    "Residue",
]
