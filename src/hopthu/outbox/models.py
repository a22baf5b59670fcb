"""Letters that are to go out, and who follows what.

They hold no words, and no address that could be read: only what to tell, and whom.
"""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from hopthu.core.terms import Channel
from hopthu.people.models import Contact, Invitation


class Often(models.TextChoices):
    """How often somebody wants to hear of what they follow."""

    NOW = "now"
    DAILY = "daily"
    WEEKLY = "weekly"


class Subscription(models.Model):
    """Somebody wants to hear of one thing. No row knows of another: nothing tells whose they are.

    Unconfirmed it gets one letter, and is deleted in three days (`following.subscribing`).
    """

    token = models.UUIDField(unique=True)
    """Random; the links in its letters are made of it, and it is inside the seal."""
    thing = models.CharField(max_length=120)
    """`following.things.Thing.key`."""
    often = models.CharField(max_length=6, choices=Often.choices)
    sealed = models.BinaryField()
    """Address and language: an age blob, which work alone opens."""
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["often", "thing", "id"], name="subscription_things")]


class News(models.Model):
    """What everybody is to be told who follows `thing`, and how far that is done.

    Of one event, or (without a number) of all that happened up to a morning.
    """

    thing = models.CharField(max_length=120)
    often = models.CharField(max_length=6, choices=Often.choices)
    number = models.CharField(max_length=8, blank=True)
    seq = models.PositiveIntegerField()
    """Event `seq` of report `number`, or the morning as days since the year 1."""
    lines = models.JSONField(default=list)
    """Of a morning: number and seq of each event."""
    at = models.DateTimeField()
    """When it happened; who confirmed later is not told."""
    after = models.PositiveBigIntegerField(default=0)
    """Subscriptions up to this id have their letter."""
    told = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "news"
        constraints = [
            models.UniqueConstraint(fields=["thing", "often", "number", "seq"], name="one_news")
        ]
        indexes = [models.Index(fields=["told", "id"], name="news_to_tell")]


class Gathered(models.Model):
    """How far the public record was looked through for news: a row for each `Often`."""

    often = models.CharField(max_length=6, primary_key=True, choices=Often.choices)
    upto = models.PositiveBigIntegerField()
    """Index of the next entry."""
    morning = models.DateField(null=True)
    """The last one that letters were gathered for."""

    class Meta:
        verbose_name_plural = "gathered"


class Delivery(models.Model):
    """One letter on one way: to the sender of a report, to somebody who follows a thing, or to
    somebody who is invited to work here.

    It goes with its contact, its subscription or its invitation: who is forgotten gets no more
    letters.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        """To be sent; by whoever claims it, once `due_at` has come."""
        SENT = "sent"
        DEAD = "dead"
        """Given up: refused for good, or tried too often. `hopthu mail` shows and revives it."""

    contact = models.ForeignKey(
        Contact, null=True, on_delete=models.CASCADE, related_name="deliveries"
    )
    subscription = models.ForeignKey(
        Subscription, null=True, on_delete=models.CASCADE, related_name="deliveries"
    )
    invitation = models.ForeignKey(
        Invitation, null=True, on_delete=models.CASCADE, related_name="deliveries"
    )
    """Exactly one of the three is there."""
    rank = models.PositiveSmallIntegerField(default=0)
    """Lower ranks go first: a hundred thousand followers keep no sender waiting."""
    channel = models.CharField(
        max_length=5, choices=[(c, c) for c in Channel], default=Channel.EMAIL
    )
    topic = models.CharField(max_length=16)
    """Which floor above knows the words (`outbox.letters`)."""
    number = models.CharField(max_length=8, blank=True)
    seq = models.PositiveIntegerField()
    """What is told: event `seq` of report `number`; without one, what the topic says it is."""
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
            models.UniqueConstraint(fields=["contact", "topic", "number", "seq"], name="told_once"),
            models.UniqueConstraint(
                fields=["subscription", "topic", "number", "seq"],
                condition=Q(subscription__isnull=False),
                name="followed_once",
            ),
            models.CheckConstraint(
                name="to_somebody",
                condition=Q(contact__isnull=False, subscription=None, invitation=None)
                | Q(contact=None, subscription__isnull=False, invitation=None)
                | Q(contact=None, subscription=None, invitation__isnull=False),
            ),
        ]
        indexes = [
            # Not a partial one: SQLite does not choose it where the state is a parameter.
            models.Index(fields=["state", "channel", "rank", "due_at", "id"], name="delivery_due"),
            models.Index(
                fields=["holder"], condition=Q(holder__isnull=False), name="delivery_held"
            ),
        ]

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING
