"""What was deleted after a backup was made is deleted again when it is put back, everywhere."""

import json
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.care.test_backup import PHOTO, ROUND, backup, keys, other, page, photos, save
from tests.live import Server
from tests.reports import traces

pytestmark = pytest.mark.server
__all__ = ["backup", "keys", "other"]

PLANT = (
    PHOTO
    + """
import json, sys
from datetime import date
from hopthu.core.orders import Order
from hopthu.people.models import Staff
from hopthu.reports.actions import orders, write_note
from hopthu.reports.actions.erasing import Wish
said = json.load(sys.stdin)
mai = make_staff("mai", (Role.MODERATOR, None), (Role.ADMINISTRATOR, None))
an = Staff.objects.get(username="an")
order = Order("Tòa án tỉnh Thử", "12/QĐ", MONDAY.date(), date(2027, 1, 8))
reports = {}
for what, words in said.items():
    upload = add_upload(file.getvalue(), at=MONDAY)
    reports[what] = report = make_report(text=words, landmark=words, uploads=(upload.token,))
    publish_photo(report.photos.get(), actor=actor(mai), at=MONDAY)
    take(report, Step.ADD_WORDS, words=words)
    write_note(report, text=words, actor=actor(an), at=MONDAY)
    orders.propose(report, actor=actor(mai), order=order, words=words[:-1], at=MONDAY)
    erasing.ask_as_named(
        report, Wish(scope="passage", passage=words[:-1], ground="name"), at=MONDAY
    )
print(json.dumps({what: report.number for what, report in reports.items()}))
"""
)
SINCE = """
import json, sys
said = json.load(sys.stdin)
from hopthu.people.models import Staff
mai = Staff.objects.get(username="mai")
reports = {what: Report.objects.get(text=words) for what, words in said.items()}
erase(reports["erased"], mai)
take(reports["struck"], Step.REDACT, mai, passage=said["struck"][:-1], words="Tên người.")
take(reports["hidden"], Step.HIDE, mai, reason="threat", words="Đe dọa.")
take(make_report(), Step.HIDE, mai, reason="test", words="Thử.")
"""
KEPT = """
import json, sys
from tests.reports import traces
print(json.dumps(traces.found([needle.encode() for needle in json.load(sys.stdin)])))
"""
WAITING = """
print(sorted(ErasureRequest.objects.filter(outcome="").values_list("report__visibility", "scope")))
"""


def test_the_words_are_nowhere_once_the_site_is_up_again(
    server: Server, other: Server, backup: Path, keys: Path
) -> None:
    # Given a backup with words that were erased, struck out and hidden after it was made
    said = {what: f"{traces.sentinel()} {what}" for what in ("erased", "struck", "hidden")}
    gone = [said[what][:-1] for what in ("erased", "struck")]
    given = json.dumps(said)
    numbers = json.loads(server.do(PLANT + ROUND, given=given))
    save(server, backup, keys)
    server.do(SINCE + ROUND, given=given)
    pictures = set(photos(server))

    # When it is put back where nothing is, beside the record that goes on to tell of that
    record = server.data / "record"
    told = other.hopthu("restore", str(backup), "--keys", str(keys), "--record", str(record))

    # Then the words are in no file, whoever asked for them to go is done with, photos are gone
    assert "Taken away again: " in told
    assert json.loads(other.do(KEPT, given=json.dumps([said["hidden"]])))
    assert json.loads(other.do(KEPT, given=json.dumps(gone))) == []
    assert other.do(WAITING).strip() == "[('hidden', 'passage')]"
    assert set(photos(other)) == pictures
    assert not list(other.data.glob(".restoring"))

    # And the site comes up without them, with a record that says what happened to it
    other.hopthu("record", "new-log", "--accept-loss")
    other.do(ROUND)
    other.start()
    addresses = [f"/reports/{dashed(numbers[what])}" for what in ("erased", "struck")]
    for path in (*addresses, *(f"{one}.json" for one in addresses), "/", "/record/values.ndjson"):
        assert not [words for words in gone if words in read(other, path)], path
    for words in gone:
        assert "/reports/" not in hits(read(other, f"/reports?q={quote(words)}"))
    assert f"/reports/{dashed(numbers['erased'])}" in hits(read(other, "/reports"))
    told = json.loads(read(other, f"{addresses[0]}.json"))["entries"]
    assert "sender" in [one["entry"].get("reason") for one in told]
    other.hopthu("verify", f"{other.url}/record")


def read(server: Server, path: str) -> str:
    status, body = page(server, path)
    assert status == 200, path
    return body.decode()


def hits(shown: str) -> str:
    """The reports of a list, apart from the form above it, which repeats what was looked for."""
    return shown.partition('<ul class="items">')[2].partition("</ul>")[0]


def dashed(number: str) -> str:
    return f"{number[:4]}-{number[4:]}"


COVERED = """
from hopthu.reports.actions.covering import cover_photo
from hopthu.reports.photos.boxes import Box
"""


def test_a_photo_covered_since_is_seen_by_nobody_as_it_was_before(
    server: Server, other: Server, backup: Path, keys: Path
) -> None:
    server.do(
        PHOTO
        + """
upload = add_upload(file.getvalue(), at=MONDAY)
report = make_report(text="Xe đỗ trên vỉa hè", uploads=(upload.token,))
mai = make_staff("mai", (Role.MODERATOR, None))
publish_photo(report.photos.get(), actor=actor(mai), at=MONDAY)
"""
        + ROUND
    )
    save(server, backup, keys)
    server.do(
        PHOTO
        + COVERED
        + """
from hopthu.people.models import Staff
mai, photo = Staff.objects.get(username="mai"), Report.objects.get().photos.get()
cover_photo(photo, boxes=[Box(0, 0, 900, 900)], actor=actor(mai), at=MONDAY)
"""
        + ROUND
    )

    record = server.data / "record"
    told = other.hopthu("restore", str(backup), "--keys", str(keys), "--record", str(record))

    assert "Taken away again: " in told
    photo = "photo = Report.objects.get().photos.get(); print(photo.state, photo.reason)"
    assert other.do(photo).split() == ["withheld", "personal_data"]
