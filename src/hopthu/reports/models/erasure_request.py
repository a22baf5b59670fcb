"""What somebody asked to be deleted for good, and what two people of the city decided about it."""

from django.db import models
from django.db.models import F, Q

from hopthu.core.erasure import Asker, Ground, Scope, Verdict
from hopthu.core.limits import MAX_TEXT
from hopthu.people.models import Staff
from hopthu.reports.models.report import Report


class ErasureRequest(models.Model):
    """Asked → proposed by one → decided by another; one that is sent back is asked again."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="erasure_requests")
    reference = models.CharField(max_length=43, unique=True, null=True)
    """Fingerprint of what a person named keeps (`core.erasure`); the sender has the code."""
    asker = models.CharField(max_length=12, choices=[(a, a) for a in Asker])
    scope = models.CharField(max_length=7, choices=[(s, s) for s in Scope])
    ground = models.CharField(max_length=12, blank=True, choices=[(g, g) for g in Ground])
    """Of a person named; a sender owes no reason."""
    passage = models.CharField(max_length=MAX_TEXT, blank=True)
    """The words to cover, as they stand in the report; gone as soon as it is decided."""
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()

    proposal = models.CharField(max_length=6, blank=True, choices=[(v, v) for v in Verdict])
    proposed_by = models.ForeignKey(Staff, null=True, on_delete=models.SET_NULL, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    words = models.CharField(max_length=MAX_TEXT, blank=True)
    """Why, for whoever asked: nobody else outside reads it."""

    outcome = models.CharField(max_length=6, blank=True, choices=[(v, v) for v in Verdict])
    decided_by = models.ForeignKey(Staff, null=True, on_delete=models.SET_NULL, related_name="+")
    """Nobody, where deleting the whole report settled this request along with another one."""
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="erasure_by_two_people",
                condition=Q(decided_by=None)
                | Q(proposed_by=None)
                | ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="erasure_decided_has_a_time",
                condition=Q(outcome="", decided_at=None)
                | (~Q(outcome="") & Q(decided_at__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["report"],
                condition=Q(asker="sender", outcome=""),
                name="one_open_erasure_of_the_sender",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(outcome=""), name="erasure_open"),
        ]

    @property
    def is_open(self) -> bool:
        return not self.outcome
