"""How much of what was struck out or erased the database's files may still hold."""

from django.db import models


class Residue(models.Model):
    """One row, from the first time on: a count, that says nothing of which reports it was."""

    left = models.PositiveBigIntegerField(default=0)
    """How often words were taken away: written in the very transaction that takes them."""
    rewritten = models.PositiveBigIntegerField(default=0)
    """Up to which of them the tables were written anew."""
    cleared = models.PositiveBigIntegerField(default=0)
    """Up to which of them nothing is left in the files."""

    class Meta:
        constraints = [
            models.CheckConstraint(name="residue_is_one_row", condition=models.Q(id=1)),
            models.CheckConstraint(
                name="residue_in_order",
                condition=models.Q(cleared__lte=models.F("rewritten"))
                & models.Q(rewritten__lte=models.F("left")),
            ),
        ]
