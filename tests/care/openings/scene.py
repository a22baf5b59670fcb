"""An officer, a passkey, a report; and the page that asks, without a browser."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import transaction

from hopthu.care.openings import actions, queries, working
from hopthu.care.openings.queries import Standing
from hopthu.core import browser_seal
from hopthu.core.terms import CallReason
from hopthu.people import passkeys
from hopthu.people.models import Passkey, Staff
from hopthu.people.passkeys import Site
from hopthu.record import sequencer
from hopthu.reports.models import Report
from tests.desk.device import Device
from tests.makers import MONDAY, make_city, make_officer, make_report

HERE = Site("testserver", "Thành phố Thử")
LONG_AGO = MONDAY - timedelta(days=2)
PHONE = "0912345678"
SECOND = timedelta(seconds=1)


@dataclass
class Page:
    """What a page keeps to itself."""

    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    @property
    def public(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def open(self, sealed: bytes, opening: UUID) -> str:
        return browser_seal.unseal(sealed, key=self.key, context=str(opening))


@dataclass
class Scene:
    data: Path
    an: Staff
    device: Device
    report: Report
    page: Page = field(default_factory=Page)
    now: datetime = MONDAY

    def ask(self, report: Report | None = None, staff: Staff | None = None) -> UUID:
        return actions.ask(
            (report or self.report).number,
            staff_id=(staff or self.an).pk,
            reason=CallReason.PLACE,
            words="Không thấy cột đèn này.",
            page_key=self.page.public,
            host=HERE.host,
            at=self.now,
        )

    def standing(self, opening: UUID, report: Report | None = None) -> Standing:
        number = (report or self.report).number
        return queries.standing(opening, staff_id=self.an.pk, number=number, at=self.now)

    def answer(self, opening: UUID, device: Device | None = None) -> None:
        """The passkey signs what the page was asked."""
        question = self.standing(opening).question
        signed = json.loads((device or self.device).sign(question))
        whole: dict[str, Any] = {"staff_id": self.an.pk, "number": self.report.number}
        assert actions.answer(opening, answer=signed, at=self.now, **whole)

    def work(self) -> int:
        self.now += SECOND
        return working.open_numbers(self.now)

    def publish(self) -> None:
        sequencer.run(self.now)

    def opened(self) -> UUID:
        """All the way."""
        opening = self.ask()
        self.work()
        self.answer(opening)
        self.work()
        self.publish()
        self.work()
        return opening


def set_up(data: Path) -> Scene:
    make_city()
    an, device = make_officer(), Device()
    give_passkey(an, device, at=LONG_AGO)
    report = make_report(phone=PHONE, call_me=True)
    sequencer.run(LONG_AGO)
    working.open_numbers(LONG_AGO)
    return Scene(data, an, device, report)


@transaction.atomic
def give_passkey(staff: Staff, device: Device, *, at: datetime) -> Passkey:
    site = Site(device.host, HERE.name)
    question, state = passkeys.ask_for_new(staff, site=site)
    answer = json.loads(device.make(question))
    return passkeys.add(staff, state, answer, name="Điện thoại", site=site, at=at)
