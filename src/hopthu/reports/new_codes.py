"""A new follow-up code for whoever lost theirs: sent to the address that they left, if they did.

The web process writes down that somebody asked (`people.follow_codes.ask_for_new`) and answers
everybody alike. The rest is done here, in `hopthu work`. It makes the code out of its own key, the
sealed address and the code that is lost: until it is used, every letter to that address brings the
same one, however often it is sent, and no table or log has it. There is no event and no entry of
the record: these would tell everybody that the report has an address.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hopthu.core.codes import derive_follow_code, format_follow_code
from hopthu.outbox.actions import tell
from hopthu.outbox.letters import Attempt, Letter
from hopthu.outbox.models import Delivery
from hopthu.outbox.queries import letters_about
from hopthu.people import follow_codes
from hopthu.people.models import LostCode
from hopthu.reports.letters import letter

TOPIC = "code"
PAUSE = timedelta(days=1)
"""Between two letters about one report. Everybody knows its number, and may ask."""
AT_ONCE = 200


def answer(at: datetime) -> int:
    """Put letters with new codes into the outbox for those who asked; gives how many asked.

    Nothing comes of it where there is no address, or where a letter of the last day, which brought
    a code that is still good, is the answer.
    """
    asked = LostCode.objects.order_by("asked_at").values_list("number", flat=True)[:AT_ONCE]
    return sum(_answer(number, at) for number in list(asked))


@transaction.atomic
def _answer(number: str, at: datetime) -> bool:
    """False: another worker was first."""
    if not LostCode.objects.filter(number=number).delete()[0]:
        return False
    earlier = [one for one in letters_about(number) if one.topic == TOPIC]
    if not any(one.is_waiting or one.created_at > at - PAUSE for one in earlier):
        tell(TOPIC, number=number, seq=len(earlier), at=at)
    return True


def write(delivery: Delivery, attempt: Attempt) -> Letter | None:
    """The letter, after its code was made good; None if nobody can follow the report any more."""
    number = delivery.number
    code = derive_follow_code(attempt.secret(follow_codes.mark(number)), number)
    until = attempt.at + follow_codes.NEW_CODE_LIFE
    if not follow_codes.offer(number, follow_codes.hash_code(code), until=until):
        return None
    day = date_format(timezone.localtime(until), "DATE_FORMAT")
    words = {"code": format_follow_code(code), "day": day}
    short = _("%(city)s: new code %(code)s for report %(number)s. %(follow)s")
    return letter("new_code", number, words, short=short)
