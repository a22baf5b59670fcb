"""Letters that are to go out. They hold no words and no address: only what to tell, and whom."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from hopthu.people.models import Contact


class Delivery(models.Model):
    """One letter on one way. It goes with its contact: who is forgotten gets no more letters."""

    class State(models.TextChoices):
        WAITING = "waiting"
        """To be sent; by whoever claims it, once `due_at` has come."""
        SENT = "sent"
        DEAD = "dead"
        """Given up: refused for good, or tried too often. `hopthu mail` shows and revives it."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=8, default="email")
    topic = models.CharField(max_length=16)
    """Which floor above knows the words (`outbox.letters`)."""
    number = models.CharField(max_length=8)
    seq = models.PositiveIntegerField()
    """What is told: event `seq` of report `number`."""
    token = models.UUIDField(default=uuid4, unique=True)
    """Its `Message-ID`: the same at every attempt, so that a mail server can tell a second copy."""

    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField()
    """When to send it; while somebody has claimed it, when that claim ends."""
    holder = models.UUIDField(null=True)
    """The round of `hopthu work` that has claimed it."""
    begun = models.BooleanField(default=False)
    """An attempt began, and how it ended was not written yet."""
    attempts = models.PositiveSmallIntegerField(default=0)
    interrupted = models.PositiveSmallIntegerField(default=0)
    """Attempts after which nobody knew whether it had gone out: so often it may have come twice."""
    problem = models.CharField(max_length=40, blank=True)
    """Why the last attempt failed, in a word or a number: never what the other server said."""
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "channel", "topic", "number", "seq"], name="told_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"], condition=Q(state="waiting"), name="delivery_due"
            ),
            models.Index(
                fields=["holder"], condition=Q(holder__isnull=False), name="delivery_held"
            ),
        ]
