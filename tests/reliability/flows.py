"""What people do here, each thing once, over HTTP alone: residents, followers, an officer.

Whoever calls this searches afterwards for what was typed. So each thing is seen to have worked.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from secrets import randbelow, token_hex
from typing import NamedTuple
from urllib.parse import urlsplit

from tests.makers import PASSWORD
from tests.outbox.mail_server import Post
from tests.outbox.text_gateway import TextGateway
from tests.public.wizard import whole
from tests.reliability.visiting import BROWSER, Visitor, hashes, spellings
from tests.reports.photos.pictures import jpeg

PATIENCE = 60.0
"""Seconds until a letter must be there, on a busy machine."""
RENAME = """
from django.db import connection
connection.cursor().execute("ALTER TABLE {} RENAME TO {}")
"""


@dataclass(frozen=True)
class Person:
    """What somebody types about themselves; each in one place alone, so that it tells where."""

    sender: str
    later: str
    """What a sender writes in the place of the first address."""
    follower: str
    bounced: str
    """An address that the mail server does not know."""
    slip: str
    """In forms that are refused or broken off, and in addresses of pages."""
    phone: str

    @classmethod
    def invented(cls) -> "Person":
        def address(what: str) -> str:
            return f"{what}.{token_hex(6)}@trace.example"

        return cls(
            sender=address("sender"),
            later=address("later"),
            follower=address("follower"),
            bounced=address("bounced"),
            slip=address("slip"),
            phone=f"09{randbelow(10**8):08}",
        )

    @property
    def kept(self) -> set[str]:
        """What the city has in the end, sealed."""
        return {self.later, self.bounced, f"+84{self.phone[1:]}"}

    @property
    def traces(self) -> list[bytes]:
        """Every form in which any of it could stand in a file: an address is found by its name."""
        addresses = [self.sender, self.later, self.follower, self.bounced, self.slip]
        local, phone = self.phone, self.phone[1:]
        spaced = f"{local[:4]} {local[4:7]} {local[7:]}"
        written = [*(one.partition("@")[0] for one in addresses), phone, spaced]
        whole = [*addresses, local, f"+84{phone}"]
        forms = [form for text in written for form in spellings(text)]
        return forms + [form for text in whole for form in hashes(text)]


class Signs(NamedTuple):
    number: str
    code: str


def everything(
    visitor: Visitor, person: Person, mail: Post, texts: TextGateway, *, landmark: str
) -> None:
    look_around(visitor, person)
    bounce(visitor, person)
    lose_code(visitor, person, texts)
    signs = report(visitor, person, landmark=landmark)
    arrived(mail, person.sender)
    follow(visitor, signs, person)
    ending = subscribe(visitor, signs, person, mail)
    desk(visitor, signs, lambda: reply(visitor, signs))
    assert "answered you" in part(arrived(mail, person.later, count=3))
    news = arrived(mail, person.follower, count=2)
    unsubscribe(visitor, news, ending)
    assert visitor.post("/follow/lost", {"number": signs.number}).status == 303
    arrived(mail, person.later, count=4)
    errors(visitor, person)
    flood(visitor)


def look_around(visitor: Visitor, person: Person) -> None:
    for path in ("/", "/reports", "/report/new", "/areas", "/areas/east", "/record", "/privacy"):
        assert visitor.get(path).status == 200
    for typed in (person.phone, person.slip):
        assert visitor.get(f"/reports?q={typed}").status == 200
        assert visitor.get(f"/reports?status={typed}&area={typed}").status == 200
    assert visitor.get("/language/en?next=/reports").status == 302


def bounce(visitor: Visitor, person: Person) -> None:
    """A report whose sender mistyped: the mail server says the address in its refusal."""
    done = visitor.post("/report/new", whole(seen="1", email=person.bounced))
    assert 'id="follow-code"' in done.body


def lose_code(visitor: Visitor, person: Person, texts: TextGateway) -> None:
    """Of a report whose sender wants to hear by text; the new one comes there."""
    done = visitor.post("/report/new", whole(seen="1", email=person.phone))
    number = re.findall(r'id="report-id"[^>]*>([^<]+)<', done.body)[0]
    assert visitor.post("/follow/lost", {"number": person.phone}).status == 422
    assert visitor.post("/follow/lost", {"number": number}).status == 303
    end = time.monotonic() + PATIENCE
    while not any(person.phone[1:].encode() in body for body in texts.bodies):
        assert time.monotonic() < end, "no text"
        time.sleep(0.1)


def report(visitor: Visitor, person: Person, *, landmark: str) -> Signs:
    """With a photo and an address, page by page; first with a slip. Gives number and code."""
    uploaded = visitor.upload("/report/photo", "photo", jpeg())
    token = re.search(r'"token": "([^"]+)"', uploaded.body)
    assert token
    form = whole(upload=token[1], seen="1", email=person.sender, phone=person.phone, call_me="1")
    form |= {"lat": "", "lon": "", "area": "east", "landmark": landmark}
    draft = form | {"page": "describe", "text": f"Gọi {person.phone}, {person.slip}"}
    assert visitor.post("/report/new", draft).status == 200
    assert visitor.post("/report/new", form | {"email": f"{person.slip}@"}).status == 422
    done = visitor.post("/report/new", form)
    signs = re.findall(r'id="(?:report-id|follow-code)"[^>]*>([^<]+)<', done.body)
    assert len(signs) == 2
    return Signs(*signs)


def follow(visitor: Visitor, signs: Signs, person: Person) -> None:
    number, code = signs
    assert visitor.post("/follow", {"number": number, "code": "0" * 16}).status == 422
    assert visitor.post("/follow", {"number": person.slip, "code": person.phone}).status == 422
    assert visitor.post("/follow", {"number": number, "code": code}).status == 303
    assert visitor.get("/follow").status == 200
    assert visitor.get("/follow/proof.json").status in {200, 404}
    assert visitor.get("/follow/everything.zip").status == 200
    assert visitor.post("/follow/contact", {"email": f"{person.slip} x"}).status == 422
    assert visitor.post("/follow/contact", {"email": person.later}).status == 303
    form = {"words": "Thêm một tấm ảnh."}
    assert visitor.upload("/follow/add_words", "photo", jpeg(), form).status == 303
    for _ in range(2):
        assert visitor.post(f"/reports/{number}/support", {}).status == 303
    assert visitor.get(f"/reports/{number}").status == 200
    assert visitor.get("/record/values.ndjson").status == 200
    assert visitor.get("/record/checkpoint").status in {200, 404}


def reply(visitor: Visitor, signs: Signs) -> None:
    """To the city's question; it is answered next."""
    form = {"words": "Trụ số 4.", "seen": seen(visitor)}
    assert visitor.post("/follow/reply", form).status == 303


def seen(visitor: Visitor) -> str:
    return visitor.get("/follow").field("seen")


def subscribe(visitor: Visitor, signs: Signs, person: Person, mail: Post) -> str:
    """To letters about that report, confirmed; gives the address of the page that changes them."""
    form = {"report": signs.number, "often": "now"}
    assert visitor.post("/letters", form | {"email": f"@{person.slip}"}).status == 422
    assert visitor.post("/letters", form | {"email": person.follower}).status == 303
    asking = link(arrived(mail, person.follower), "/letters/confirm/")
    assert visitor.get(asking).status == 200
    confirmed = visitor.post(asking, {})
    assert confirmed.status == 200
    assert visitor.get(asking).status == 410
    change = re.search(r'href="(/letters/[^"]+)"', confirmed.body)
    assert change
    assert visitor.post(change[1], {"often": "weekly"}).status == 303
    assert visitor.post(change[1], {"often": "now", "email": person.slip}).status == 303
    return change[1]


def unsubscribe(visitor: Visitor, news: EmailMessage, change: str) -> None:
    """By one click in the mail program; after that the page knows of nothing."""
    ending = urlsplit(str(news["List-Unsubscribe"]).strip("<>")).path
    assert visitor.get(ending).status == 200
    assert visitor.post(ending, {"List-Unsubscribe": "One-Click"}).status == 200
    assert "have ended" in visitor.get(change).body


def desk(visitor: Visitor, signs: Signs, replied: Callable[[], None]) -> None:
    """An officer asks, has a reply, and closes the report; the sender says that it is not so."""
    number = signs.number.replace("-", "")
    page = visitor.get("/desk/sign-in")
    form = {"username": "an", "csrfmiddlewaretoken": page.field("csrfmiddlewaretoken")}
    assert visitor.post("/desk/sign-in", form | {"password": BROWSER[:9]}).status == 422
    assert visitor.post("/desk/sign-in", form | {"password": PASSWORD}).status == 302
    page = visitor.get(f"/desk/reports/{number}")
    token = {"csrfmiddlewaretoken": page.field("csrfmiddlewaretoken")}
    step = token | {"seen": "99", "words": "Đã trả lời."}
    assert visitor.post(f"/desk/reports/{number}/ask", step).status == 302
    replied()
    assert visitor.post(f"/desk/reports/{number}/resolve", step | {"outcome": "done"}).status == 302
    assert visitor.post("/follow/dispute", {"seen": "99", "words": "Vẫn tối."}).status == 303
    assert visitor.post(f"/desk/reports/{number}/answer", step).status == 302
    assert visitor.post(f"/desk/reports/{number}/accept", {}).status == 403
    assert visitor.post("/desk/sign-out", token).status == 302
    for _ in range(7):
        last = visitor.post("/desk/sign-in", form | {"password": "?", "username": visitor.address})
    assert last.status in {403, 429}


def errors(visitor: Visitor, person: Person) -> None:
    """Of every kind: what was asked wrongly, what is not there, and what is broken here."""
    about = {"email": person.slip, "phone": person.phone, "call_me": "1"}
    assert visitor.post("/report/new", about, Host="elsewhere.example").status == 400
    assert visitor.post("/report/new", about, Origin="https://elsewhere.example").status == 403
    assert visitor.get(f"/nowhere/{person.phone}?from={person.slip}").status == 404
    assert visitor.get(f"/letters/confirm/{person.slip}").status == 404
    assert visitor.get(f"/report/photo?{person.slip}").status == 405
    large = about | {"page": "check", "text": "x" * 3_000_000}
    assert visitor.post("/report/new", large).status == 413
    assert visitor.post("/letters", large).status == 400
    many = {f"{person.slip}{number}": person.phone for number in range(300)}
    assert visitor.post("/follow", many).status == 400
    broken = f'--x\r\nContent-Disposition: form-data; name="{person.slip}'.encode()
    assert visitor.send("/letters", broken, "multipart/form-data; boundary=x").status >= 400
    assert visitor.post("/report/new", whole(subject="https://buy.example", **about)).status == 422
    assert visitor.upload("/report/photo", "photo", person.slip.encode()).status == 422
    assert visitor.get("/record/tile/0/x999").status in {400, 404}
    visitor.server.do(RENAME.format("reports_report", "reports_gone"))
    assert visitor.get(f"/reports?q=hong&status={person.slip}").status == 500
    assert visitor.post("/report/new", whole(seen="1", **about)).status == 500
    visitor.server.do(RENAME.format("reports_gone", "reports_report"))


def flood(visitor: Visitor) -> None:
    answers = [visitor.post("/report/new", whole(seen="1")).status for _ in range(40)]
    assert set(answers) == {200, 429}


def arrived(mail: Post, address: str, *, count: int = 1) -> EmailMessage:
    """The letter of that number to `address`, once it is there."""
    end = time.monotonic() + PATIENCE
    while True:
        pairs = zip(mail.letters, mail.envelopes, strict=True)
        letters = [letter for letter, (_, to) in pairs if to == [address]]
        if len(letters) >= count:
            return letters[count - 1]
        assert time.monotonic() < end, f"{len(letters)} of {count} letters"
        time.sleep(0.1)


def part(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body
    return str(body.get_content())


def link(letter: EmailMessage, path: str) -> str:
    """The path of the one that begins so."""
    links = (urlsplit(line).path for line in part(letter).splitlines() if "://" in line)
    return next(one for one in links if one.startswith(path))
