"""What the mailbox never does (docs/principles.md), as far as a test can hold it."""

import ast
import re
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "hopthu"
ASKING_OTHERS = {
    "urllib.request",
    "http.client",
    "requests",
    "httpx",
    "aiohttp",
    "smtplib",
    "ftplib",
}
# They ask for public logs, and for witnesses of our own: never for what people write. The last two
# hand letters and texts to services of the city's own, and read nothing there.
MAY_ASK = {
    "record/checking/source.py",
    "record/checking/watch.py",
    "record/asking.py",
    "outbox/channels/email.py",
    "outbox/channels/sms.py",
}
TRACES = re.compile(r"REMOTE_ADDR|FORWARDED.FOR|X-Real-IP|USER_AGENT|User-Agent", re.IGNORECASE)
ABOUT_PEOPLE = re.compile(
    r"(^|_)(ip|address|user_agent|device|fingerprint|score|sentiment|mood|tag)"
)


def sources() -> list[Path]:
    return list(SOURCE.rglob("*.py"))


def fields(*models: str) -> set[str]:
    return {field.name for model in models for field in apps.get_model(model)._meta.get_fields()}


def test_1_it_asks_no_other_host_for_what_people_write() -> None:
    asking = {
        path.relative_to(SOURCE).as_posix()
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text()))
        for module in imported(node)
        if module in ASKING_OTHERS
    }
    assert asking == MAY_ASK


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [name.name for name in node.names]
    if isinstance(node, ast.ImportFrom):
        module = node.module or ""
        return [module, *(f"{module}.{name.name}" for name in node.names)]
    return []


def test_3_nothing_ties_a_report_to_who_sent_it() -> None:
    report = apps.get_model("reports.Report")
    to_people = {
        field.name
        for field in report._meta.get_fields()
        if field.is_relation and field.related_model is apps.get_model("people.Staff")
    }
    # Those of the staff who look after it, or hid it: see `people.Staff`, which has no sender.
    assert to_people == {"assignee", "hidden_by", "hide_proposed_by"}
    assert fields("people.FollowCode") == {"number", "hash", "next_hash", "next_until"}
    assert fields("people.LostCode") == {"number", "asked_at"}
    assert fields("people.FollowTries") == {"slot", "failures", "wait_until"}
    # One a report, and sealed: two of one resident cannot be told from two of two.
    assert fields("people.Contact") == {"id", "number", "channel", "sealed", "deliveries"}
    assert apps.get_model("people.Contact")._meta.get_field("number").unique


def test_6_a_contact_is_opened_in_two_places_by_work_alone() -> None:
    opening = {
        path.relative_to(SOURCE).as_posix()
        for path in sources()
        if re.search(
            r"\b(open_(sealed|telephone)|(contacts|telephones)\.reach|seal_keys\.identities)\(",
            path.read_text(),
        )
    }
    assert opening == {
        "core/sealing.py",  # how it is done
        "people/contacts.py",
        "people/telephones.py",
        "care/openings/working.py",  # a telephone number, once everybody was told
        "people/invitations.py",  # the same for who is invited to work here
        "outbox/following/subscribing.py",  # the same for who follows something
        "outbox/sending.py",  # to send a letter to either
        "cli/mail.py",  # tells the operator whether the key is there
        "care/doctor/letters.py",  # and whether it is the right one
    }


def test_6_the_desk_knows_of_no_contact() -> None:
    names = re.compile(r"\b(contacts?|Contact|Delivery|outbox)\b")
    # Of the outbox it knows the letters by which it invites its own people, and a page may say
    # the word.
    own = re.compile(r"outbox\.(inviting|letters) import|blocktranslate")
    pages = [*(SOURCE / "desk").rglob("*.py"), *(SOURCE / "desk").rglob("*.html")]
    desk = [path for path in pages if path.name != "invitation_letter.py"]
    found = [
        (path.name, line)
        for path in desk
        for line in path.read_text().splitlines()
        if names.search(line) and not own.search(line)
    ]
    assert found == []


def test_3_no_table_keeps_a_score_or_a_trace_of_anybody() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("hopthu.")]
    found = {
        f"{model.__name__}.{field.name}"
        for model in ours
        for field in model._meta.get_fields()
        if ABOUT_PEOPLE.search(field.name)
    }
    assert found == set()


def test_6_nothing_reads_a_visitors_address_or_browser() -> None:
    """One module alone, which gives out marks that mean nothing from the next day on."""
    looking = [path for path in sources() if TRACES.search(path.read_text())]
    assert [path.relative_to(SOURCE).as_posix() for path in looking] == ["web/senders.py"]


def test_6_there_is_no_access_log() -> None:
    """The one place that starts a web server, for a city and for a witness alike."""
    server = (SOURCE / "cli" / "web_server.py").read_text()
    assert "log_access=False" in server
    starts = {path.name for path in sources() if "Granian(" in path.read_text()}
    assert starts == {"web_server.py"}
