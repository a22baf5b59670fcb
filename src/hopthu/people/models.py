"""The city's staff, and the follow-up codes of reports. Residents have no account and no row."""

from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.models import Session
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from hopthu.bodies.models import Body
from hopthu.core.limits import MAX_CALL_WORDS
from hopthu.core.terms import STAFF, CallReason, Channel


class Staff(AbstractBaseUser):
    """Somebody who works for the city. The public sees the body, never the person."""

    username = models.CharField(_("user name"), max_length=80, unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    series = models.PositiveIntegerField(default=0)
    """Counted up, it ends every session that began before."""

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = BaseUserManager()

    class Meta:
        verbose_name_plural = "staff"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        """A session goes on only while this is what it was at the sign-in."""
        password = super().get_session_auth_hash()
        return salted_hmac("hopthu.people.series", f"{password}{self.series}").hexdigest()


class Membership(models.Model):
    """A role, for one body or (without a body) for the whole city."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="memberships")
    body = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=13, choices=[(r, r) for r in sorted(STAFF)])
    salt = models.CharField(max_length=44)
    """Base64 of the salt of the record's entry: with it the holder can show that it was them."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "body", "role"], nulls_distinct=False, name="one_membership"
            )
        ]


class Invitation(models.Model):
    """Somebody is to work for the city, and has not chosen a password yet. It goes when they have.

    The address stands in no other place, and goes with the row.
    """

    username = models.CharField(max_length=80, unique=True)
    body = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.CASCADE, related_name="invitations"
    )
    role = models.CharField(max_length=13, choices=[(r, r) for r in sorted(STAFF)])
    mark = models.UUIDField(unique=True)
    """Random, and inside the seal: a blob that was moved to another row is noticed."""
    sealed = models.BinaryField()
    """Address and language: an age blob, which work alone opens."""
    hash = models.CharField(max_length=64, blank=True, db_index=True)
    """SHA-256 of what stands in the link; empty until work writes the letter."""
    invited_at = models.DateTimeField()


class AuthenticatorApp(models.Model):
    """The app on somebody's telephone that makes a new code every half minute."""

    staff = models.OneToOneField(
        Staff, on_delete=models.CASCADE, primary_key=True, related_name="app"
    )
    secret = models.BinaryField()
    """Encrypted with a key of the web process (`people.second_step`)."""
    last_step = models.BigIntegerField()
    """Of the newest code that was taken: none up to it is taken again."""


class Passkey(models.Model):
    """The public half of a key on somebody's phone or computer (WebAuthn)."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="passkeys")
    name = models.CharField(max_length=60)
    """As its owner calls the device."""
    credential_id = models.BinaryField(unique=True)
    credential = models.BinaryField()
    """The attested credential data (WebAuthn §6.5.1), with the public key."""
    counter = models.PositiveBigIntegerField(default=0)
    """How often it signed, if it counts; one that does not go up is a copy's."""
    salt = models.CharField(max_length=44)
    """Of the record's entry, as that of a `Membership`."""
    added_at = models.DateTimeField()
    opens_from = models.DateTimeField()
    """From when on it may open a contact, as the record tells."""


class SignIn(models.Model):
    """One browser in which somebody is signed in at the desk. It goes with its session.

    Which computer that is, and where it stands, is written down nowhere.
    """

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="sign_ins")
    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="sign_in")
    began_at = models.DateTimeField()
    used_at = models.DateTimeField()
    """To the hour."""


class RecoveryCode(models.Model):
    """Opens once, in the place of the app. Who used it has one row less."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="recovery_codes")
    hash = models.CharField(max_length=64)
    """HMAC-SHA-256 with a key of the web process: the code has 59 random bits."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "hash"], name="one_recovery_code")]


class FollowCode(models.Model):
    """Argon2id of a report's follow-up code."""

    number = models.CharField(max_length=8, primary_key=True)
    """The report's number: a code opens this one report alone."""
    hash = models.CharField(max_length=160)
    next_hash = models.CharField(max_length=160, blank=True)
    """Of a code that was sent in place of a lost one; it becomes `hash` when it is first used."""
    next_until = models.DateTimeField(null=True)
    """Until when that one can be used."""


class LostCode(models.Model):
    """Somebody says that they lost the code of a report: `hopthu work` sees what can be done.

    The number is one that was typed: whether there is such a report was not looked at. Work takes
    the row away as soon as it sees it.
    """

    number = models.CharField(max_length=8, primary_key=True)
    asked_at = models.DateTimeField()


class FollowTries(models.Model):
    """How often a wrong code was tried, for a number that exists or not.

    Numbers share a limited number of slots, so that the table stays small and tells nothing of
    which numbers there are.
    """

    slot = models.PositiveIntegerField(primary_key=True)
    failures = models.PositiveIntegerField()
    wait_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "follow tries"


class Contact(models.Model):
    """Where the sender of a report wants to hear of it: an age blob, which work alone opens.

    Beside it stands nothing that was not known before, but whether it is an address or a telephone:
    a way out that hangs keeps none of the other waiting. The language is inside the seal as well.
    """

    number = models.CharField(max_length=8, unique=True)
    """The report's number, which the blob holds too."""
    channel = models.CharField(max_length=5, choices=[(c, c) for c in Channel])
    sealed = models.BinaryField()


class Telephone(models.Model):
    """At which number whoever sent a report may be called: an age blob, as that of a `Contact`.

    That there is one, the body in charge is told: whom else would it ask?
    """

    number = models.CharField(max_length=8, unique=True)
    """The report's number, which the blob holds too."""
    sealed = models.BinaryField()


class Opening(models.Model):
    """Somebody of the staff asks for a telephone number: a row of ten minutes.

    The web process writes who asks for what, and later what the passkey answered. `hopthu work`
    writes the question for the passkey, and at the end the number, sealed to a key of the page
    that asked. Work believes nothing of what stands here (`care.openings`).
    """

    class State(models.TextChoices):
        ASKED = "asked"
        QUESTION = "question"
        """Work put a question to the passkey."""
        ANSWERED = "answered"
        RECORDED = "recorded"
        """The passkey's answer was right; the entry waits for its place in the public record."""
        OPENED = "opened"
        REFUSED = "refused"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="+")
    number = models.CharField(max_length=8)
    """Of the report."""
    reason = models.CharField(max_length=7, choices=[(r, r) for r in CallReason])
    words = models.CharField(max_length=MAX_CALL_WORDS)
    """Why, for everybody to read."""
    page_key = models.BinaryField()
    """The public half of a key that the asking page made for this once."""
    host = models.CharField(max_length=253)
    """Where the passkey is for (`passkeys.Site`)."""
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    question = models.JSONField(null=True)
    answer = models.JSONField(null=True)
    refusal = models.CharField(max_length=16, blank=True)
    wait_until = models.DateTimeField(null=True)
    """Where it was refused for now: until when."""
    sealed = models.BinaryField(null=True)
    """The number, for the page alone (`core.browser_seal`)."""
