"""The public record as rows: entries in the order of the log, and the heads that were signed.

The files that everybody reads (`folder.py`) are made of these, and can be made again.
"""

from django.db import models
from django.db.models import Q


class Head(models.Model):
    """How far the log is numbered: one row, made by the first round of the sequencer."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    size = models.PositiveBigIntegerField(default=0)
    """Entries with an index: 0 … size - 1. Counted up by `sequencer` alone."""
    frozen = models.TextField(blank=True)
    """Why nothing is numbered or signed any more; empty while all is well."""

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_head")]


class Entry(models.Model):
    """One entry, from the transaction that it tells of onwards; never changed, never deleted."""

    report = models.CharField(max_length=8, blank=True)
    """The report's number; empty for an entry about the city."""
    seq = models.PositiveIntegerField(default=0)
    """Of the report, as `Event.seq`; 0 for an entry about the city."""
    leaf = models.BinaryField()
    """The bytes that are hashed into the tree (`core.entries`)."""
    index = models.PositiveBigIntegerField(null=True, unique=True)
    """Its place in the log. None: it waits for the sequencer."""

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["id"], name="entries_that_wait", condition=Q(index=None)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "seq"], name="one_entry_a_step", condition=~Q(report="")
            ),
        ]


class Checkpoint(models.Model):
    """A head that was signed. Of one size there is one root, for ever."""

    size = models.PositiveBigIntegerField(unique=True)
    root = models.BinaryField()
    note = models.TextField()
    """As it was signed by the log, before any witness."""
    signed_at = models.DateTimeField()
