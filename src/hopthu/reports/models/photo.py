"""A photo: first an upload that belongs to nobody, then a part of one report."""

from django.db import models

from hopthu.reports.models.event import Event
from hopthu.reports.models.report import Report


class Photo(models.Model):
    class State(models.TextChoices):
        HELD = "held"
        """Nobody but the sender and the staff sees it until a moderator has looked."""
        PUBLISHED = "published"
        WITHHELD = "withheld"

    token = models.CharField(max_length=43, unique=True)
    """What the form holds while the photo is an upload: whoever knows it may attach the photo."""
    name = models.CharField(max_length=32, unique=True)
    """Random name of its two files (`reports.photos.storage`)."""
    report = models.ForeignKey(Report, null=True, on_delete=models.CASCADE, related_name="photos")
    event = models.ForeignKey(Event, null=True, on_delete=models.CASCADE, related_name="photos")
    """The step that it came with."""
    state = models.CharField(max_length=9, choices=State.choices, default=State.HELD)
    reason = models.CharField(max_length=13, blank=True)
    """Withheld: one of `core.terms.HideReason`."""
    sha256 = models.CharField(max_length=64, blank=True)
    """Of the large file, in hexadecimal digits: what the record commits to."""
    faces = models.PositiveSmallIntegerField(null=True)
    """How many were found and covered when it came; null where it could not be looked for them."""
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    created_at = models.DateTimeField()

    @property
    def is_unchecked(self) -> bool:
        """Faces may be seen in it, which nobody has covered or looked for yet."""
        return self.faces is None and self.state == self.State.HELD

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=models.Q(report__isnull=True),
                name="photo_unattached",
            ),
            models.Index(
                fields=["created_at", "id"],
                condition=models.Q(state="held", report__isnull=False),
                name="photo_held",
            ),
        ]
