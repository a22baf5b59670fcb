"""The letter to somebody who is invited to work for the city: with the one link that fits once."""

from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hopthu.bodies.queries import configuration
from hopthu.desk.offices import office_name
from hopthu.outbox.letters import Attempt, Letter
from hopthu.people import invitations
from hopthu.web.words import ROLES

if TYPE_CHECKING:
    from hopthu.outbox.models import Delivery


def write(delivery: "Delivery", attempt: Attempt) -> Letter | None:
    """After its link was made good; None if the invitation is too old by now."""
    invitation = delivery.invitation
    if invitation is None:
        raise TypeError("an invitation goes to somebody who is invited")
    secret = urlsafe_b64encode(attempt.secret("invitation")).decode().rstrip("=")
    if not invitations.offer(invitation, secret, at=attempt.at):
        return None
    setup = configuration()
    until = timezone.localtime(invitation.invited_at + invitations.LIFE)
    subject = _("Your sign-in at the public mailbox")
    words: dict[str, Any] = {
        "city": setup.city.name,
        "language": get_language(),
        "subject": subject,
        "username": invitation.username,
        "role": ROLES[invitation.role],
        "office": office_name(invitation.body_id, setup),
        "day": date_format(until, "DATE_FORMAT"),
        "link": f"{settings.ADDRESS}{reverse('desk:invitation', args=[secret])}",
    }
    return Letter(
        subject=subject,
        text=render_to_string("desk/invitation_letter.txt", words),
        html=render_to_string("desk/invitation_letter.html", words),
        sender=str(setup.city.name),
    )
