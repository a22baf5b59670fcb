"""Somebody took over the web process, and writes into the database what they like."""

import json
from base64 import b64encode
from datetime import timedelta

import pytest

from hopthu.care.openings import ledger
from hopthu.care.openings.refusals import Why
from hopthu.core.entries import city_entry, hour
from hopthu.core.sealing import Reachable
from hopthu.core.terms import CallReason
from hopthu.people import contacts, passkeys
from hopthu.people.leaving import let_go
from hopthu.people.models import Membership, Opening, Passkey, Staff, Telephone
from hopthu.record.models import Checkpoint, Entry
from hopthu.reports.models import Event
from tests.care.openings.scene import HERE, LONG_AGO, PHONE, Page, Scene, give_passkey
from tests.desk.device import Device
from tests.makers import make_officer, make_report

pytestmark = pytest.mark.django_db


def nothing_opened() -> bool:
    told = Event.objects.filter(kind="contact.opened").exists()
    return not told and not Opening.objects.exclude(sealed=None).exists()


def test_a_row_that_says_it_is_all_done_opens_nothing(scene: Scene) -> None:
    for state in Opening.State:
        Opening.objects.create(
            staff=scene.an,
            number=scene.report.number,
            reason=CallReason.PLACE,
            words="Giả.",
            page_key=Page().public,
            host=HERE.host,
            asked_at=scene.now,
            state=state,
            answer={"id": "x"},
        )

    for _ in range(3):
        scene.work()
        scene.publish()

    assert nothing_opened()


def test_a_passkey_written_into_the_table_signs_nothing_however_old_it_says_it_is(
    scene: Scene,
) -> None:
    # Given a forged key with the dates of two days ago, but no entry of the record
    forged = Device()
    made = give_passkey(scene.an, forged, at=LONG_AGO)
    Entry.objects.filter(index=None).delete()
    scene.an.passkeys.exclude(pk=made.pk).delete()
    scene.publish()

    scene.now += timedelta(days=3)
    opening = scene.ask()
    scene.work()

    assert scene.standing(opening).why == Why.PASSKEY_NEW
    assert nothing_opened()


def test_an_entry_of_yesterday_made_today_is_a_day_too_young(scene: Scene) -> None:
    # Given a forged key, and its entry with a time of long ago
    give_passkey(scene.an, Device(), at=LONG_AGO)
    scene.an.passkeys.order_by("pk")[:1].get().delete()
    scene.publish()
    Checkpoint.objects.update(signed_at=LONG_AGO)
    scene.work()

    opening = scene.ask()
    scene.work()

    assert scene.standing(opening).why == Why.PASSKEY_NEW
    assert nothing_opened()


def test_an_entry_in_the_table_alone_counts_for_nothing(scene: Scene) -> None:
    # Given what the record published is changed in the table, which work wrote it from
    give_passkey(scene.an, Device(), at=LONG_AGO)
    forged = Entry.objects.get(index=None)
    published = Entry.objects.filter(report="").exclude(index=None).order_by("index")[3]
    leaf = bytes(forged.leaf)
    forged.delete()
    Entry.objects.filter(pk=published.pk).update(leaf=leaf)
    scene.an.passkeys.order_by("pk")[:1].get().delete()
    (scene.data / "keys" / "work" / ledger.NAME).unlink()
    scene.work()

    scene.now += timedelta(days=2)
    opening = scene.ask()
    scene.work()

    assert scene.standing(opening).why == Why.PASSKEY_NEW


def test_another_key_in_the_row_of_an_old_passkey_signs_nothing(scene: Scene) -> None:
    forged = Device()
    theirs = make_officer("binh", body="office")
    new = give_passkey(theirs, forged, at=LONG_AGO)
    old = Passkey.objects.get(staff=scene.an)
    credential, credential_id = bytes(new.credential), bytes(new.credential_id)
    new.delete()
    Passkey.objects.filter(pk=old.pk).update(credential=credential, credential_id=credential_id)

    opening = scene.ask()
    scene.work()

    assert scene.standing(opening).why == Why.PASSKEY_NEW


def test_an_old_passkey_of_somebody_else_does_not_become_theirs(scene: Scene) -> None:
    # Given Bình, of another office, whose passkey is old, and who may write into the database
    binh, device = make_officer("binh", body="office"), Device()
    give_passkey(binh, device, at=LONG_AGO)
    scene.publish()
    scene.work()
    scene.now += timedelta(days=2)
    Passkey.objects.filter(staff=scene.an).delete()
    Passkey.objects.filter(staff=binh).update(staff=scene.an)

    opening = scene.ask()
    scene.work()

    assert scene.standing(opening).why == Why.PASSKEY_NEW


def test_a_task_written_into_the_table_is_none(scene: Scene) -> None:
    binh, device = make_officer("binh", body="office"), Device()
    give_passkey(binh, device, at=LONG_AGO)
    scene.publish()
    scene.work()
    scene.now += timedelta(days=2)
    works = Membership.objects.get(staff=scene.an)
    Membership.objects.create(staff=binh, body=works.body, role=works.role, salt=works.salt)

    opening = scene.ask(staff=binh)
    scene.work()

    assert Opening.objects.get(pk=opening).refusal == Why.TASK_NEW


def test_a_task_that_ended_stays_ended_though_all_its_rows_are_put_back(scene: Scene) -> None:
    rows = [*scene.an.memberships.all(), *scene.an.passkeys.all()]
    let_go(scene.an.username, at=scene.now)
    scene.publish()
    scene.work()
    for row in rows:
        row.save(force_insert=True)
    Staff.objects.update(is_active=True)

    opening = scene.ask()
    scene.work()

    assert scene.standing(opening).why == Why.NOT_IN_CHARGE


def test_an_answer_for_one_report_opens_no_other(scene: Scene) -> None:
    # Given An was asked for one report, and the row is turned to another
    other = make_report(phone="0987654321", call_me=True)
    opening = scene.ask()
    scene.work()
    scene.answer(opening)
    page = Page()
    Opening.objects.update(number=other.number, page_key=page.public, words="Giả.")

    scene.work()
    scene.publish()
    scene.work()

    # Then what was asked is what was opened, for the page that asked
    row = Opening.objects.get()
    assert scene.page.open(bytes(row.sealed or b""), opening) == PHONE
    event = Event.objects.get(kind="contact.opened")
    assert event.report_id == scene.report.pk
    assert event.words == "Không thấy cột đèn này."


def test_an_answer_is_taken_once_and_for_its_own_question(scene: Scene) -> None:
    first, second = scene.ask(), scene.ask()
    scene.work()
    scene.answer(first)
    stolen = Opening.objects.get(pk=first).answer
    Opening.objects.filter(pk=second).update(state=Opening.State.ANSWERED, answer=stolen)
    scene.work()
    assert scene.standing(second).why == Why.WRONG_ANSWER
    assert scene.standing(first).state == "recorded"

    Opening.objects.filter(pk=first).update(state=Opening.State.ANSWERED)
    scene.work()

    assert scene.standing(first).why == Why.EXPIRED
    assert Event.objects.filter(kind="contact.opened").count() == 1


@pytest.mark.parametrize(
    "device",
    [Device(origin="https://evil.example"), Device(host="evil.example")],
    ids=["another page", "another host"],
)
def test_what_was_signed_elsewhere_opens_nothing(scene: Scene, device: Device) -> None:
    device.key, device.id = scene.device.key, scene.device.id
    opening = scene.ask()
    scene.work()
    scene.answer(opening, device)

    scene.work()

    assert scene.standing(opening).why == Why.WRONG_ANSWER


def test_a_row_cannot_say_where_passkeys_are_for(scene: Scene) -> None:
    opening = scene.ask()
    Opening.objects.update(host="evil.example")

    scene.work()

    assert scene.standing(opening).why == Why.BAD_REQUEST


def test_a_late_answer_is_too_late_whatever_the_row_says(scene: Scene) -> None:
    opening = scene.ask()
    scene.work()
    scene.answer(opening)
    scene.now += timedelta(minutes=11)
    Opening.objects.update(asked_at=scene.now)

    scene.work()

    assert scene.standing(opening).why == Why.EXPIRED
    assert nothing_opened()


def test_what_was_sealed_for_another_report_stays_closed(scene: Scene) -> None:
    other = make_report(phone="0987654321", call_me=True)
    Telephone.objects.filter(number=scene.report.number).delete()
    Telephone.objects.filter(number=other.number).update(number=scene.report.number)
    opening = scene.ask()
    scene.work()
    scene.answer(opening)

    scene.work()

    assert scene.standing(opening).why == Why.UNREADABLE
    assert nothing_opened()


def test_an_address_is_no_number_to_call(scene: Scene) -> None:
    sealed = contacts.seal(Reachable("an@example.vn", "vi"), number=scene.report.number)
    Telephone.objects.update(sealed=sealed.blob)
    opening = scene.ask()
    scene.work()
    scene.answer(opening)

    scene.work()

    assert scene.standing(opening).why == Why.UNREADABLE


def test_counts_that_are_taken_out_of_the_database_still_count(scene: Scene) -> None:
    for _ in range(5):
        scene.opened()
    Opening.objects.all().delete()

    opening = scene.ask()
    scene.work()

    assert scene.standing(opening).why == Why.OFFICER_LIMIT


def test_rows_of_rubbish_hold_up_nobody(scene: Scene) -> None:
    for _ in range(3):
        rubbish = scene.ask()
        Opening.objects.filter(pk=rubbish).update(page_key=b"x", reason="money", words="")
    Passkey.objects.create(
        staff=scene.an,
        name="",
        credential_id=b"x",
        credential=b"x",
        salt="no salt",
        added_at=LONG_AGO,
        opens_from=LONG_AGO,
    )
    Passkey.objects.filter(credential_id=b"x").delete()

    opening = scene.ask()
    scene.work()

    assert scene.standing(opening).state == "question"


def test_rubbish_in_the_record_holds_up_nobody(scene: Scene) -> None:
    Entry.objects.create(leaf=b'"staff.changed" and no entry')
    Entry.objects.create(leaf=city_entry("staff.changed", at=scene.now, told={"change": "passkey"}))
    scene.publish()
    scene.work()

    assert scene.standing(scene.opened()).state == "opened"


def test_what_web_reads_has_neither_the_number_nor_what_work_remembers(scene: Scene) -> None:
    scene.opened()

    rows = json.dumps([str(vars(row)) for row in Opening.objects.all()])
    assert PHONE not in rows
    assert b64encode(PHONE.encode()).decode() not in rows
    kept = scene.data / "keys" / "work" / ledger.NAME
    assert kept.stat().st_mode & 0o777 == 0o600
    assert PHONE not in kept.read_text()


def test_fingerprint_and_hour_are_those_of_the_entry(scene: Scene) -> None:
    passkey = Passkey.objects.get()
    with ledger.held() as book:
        told = [json.loads(seen.entry) for seen in book.staff]
    entry = next(one for one in told if one["change"] == "passkey")

    assert entry["key"] == passkeys.fingerprint(passkey)
    assert entry["opens_from"] == hour(passkey.opens_from)
