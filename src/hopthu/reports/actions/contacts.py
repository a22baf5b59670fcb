"""An address or a telephone number that the sender leaves, changes or takes back, and their end
when the report is over.
"""

from datetime import datetime, timedelta

from django.db import transaction

from hopthu.core.telephones import parse_telephone
from hopthu.outbox.actions import send_by
from hopthu.people import contacts, telephones
from hopthu.people.follow_codes import take_back_offer
from hopthu.people.models import Contact, Telephone
from hopthu.reports.models import Report
from hopthu.reports.residue import left_behind

KEPT_FOR = timedelta(days=30)
"""How long after its report was closed a contact is kept: as long as it can still be reopened."""


def leave_contact(report: Report, *, email: str, language: str) -> None:
    """Write to this address or number from now on, in the place of another.

    Raises what `contacts.read` does, and `people.seal_keys.NoSeal`.
    """
    sealed = contacts.seal(contacts.read(email, language), number=report.number)
    with transaction.atomic():
        if contacts.keep(report.number, sealed):
            send_by(sealed.channel, number=report.number)
            take_back_offer(report.number)
            left_behind()


@transaction.atomic
def remove_contact(report: Report) -> None:
    """Write no more; what was sealed is cleared from the database's files as well."""
    if contacts.forget(number=report.number):
        take_back_offer(report.number)
        left_behind()


def leave_telephone(report: Report, *, telephone: str) -> None:
    """They may be called at this number from now on, in the place of another.

    Raises `core.telephones.BadTelephone` and `people.seal_keys.NoSeal`.
    """
    sealed = telephones.seal(parse_telephone(telephone), number=report.number)
    with transaction.atomic():
        if telephones.keep(report.number, sealed):
            left_behind()


@transaction.atomic
def remove_telephone(report: Report) -> None:
    """As `remove_contact`: nobody may call any more."""
    if telephones.forget(number=report.number):
        left_behind()


@transaction.atomic
def purge_contacts(*, at: datetime) -> int:
    """Forget the contacts of reports that have been closed for `KEPT_FOR`; gives how many."""
    over = Report.objects.filter(closed_at__lte=at - KEPT_FOR).values("number")
    gone = 0
    for old in (Contact.objects.filter(number__in=over), Telephone.objects.filter(number__in=over)):
        count = old.count()
        if count:
            old.delete()
            left_behind()
        gone += count
    return gone
