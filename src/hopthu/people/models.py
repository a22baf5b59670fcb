"""The city's staff, and the follow-up codes of reports. Residents have no account and no row."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from hopthu.bodies.models import Body
from hopthu.core.terms import STAFF


class Staff(AbstractBaseUser):
    """Somebody who works for the city. The public sees the body, never the person."""

    username = models.CharField(_("user name"), max_length=80, unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = BaseUserManager()

    class Meta:
        verbose_name_plural = "staff"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


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


class FollowCode(models.Model):
    """Argon2id of a report's follow-up code."""

    number = models.CharField(max_length=8, primary_key=True)
    """The report's number: a code opens this one report alone."""
    hash = models.CharField(max_length=160)


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

    Beside it stands nothing that was not known before: the language is inside the seal as well.
    """

    number = models.CharField(max_length=8, unique=True)
    """The report's number, which the blob holds too."""
    sealed = models.BinaryField()
