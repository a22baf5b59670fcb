"""A stream of reports into a server that is killed again and again, and what must be true after.

Clients behave as a phone does: when no answer comes, they send the very same form again. What they
were told is theirs: every report whose number they were shown has to be there, whole, once.
"""

import io
import json
import random
import re
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException

import psutil
from PIL import Image

from tests.live import Server

CLIENTS = 4
MOMENT = 3
"""Seconds that the kernel of a busy machine may take to end a family of processes."""
PATIENCE = 60
"""Seconds for a busy machine to acknowledge a few reports."""
OPTIONS = ("--workers", "2")
NUMBER = re.compile(r'id="report-id"[^>]*>\s*([0-9A-Z-]+)\s*<')
CODE = re.compile(r'id="follow-code"[^>]*>\s*([0-9 ]+?)\s*<')

# What is in the database and on the disk, told by the program itself, as JSON. It is given the
# follow-up code that was shown for each number, and tries it.
TELL = """
import json, sys
from PIL import Image
from hopthu.core.codes import format_number, parse_follow_code, parse_number
from hopthu.people import follow_codes
from hopthu.reports.models import Report
from hopthu.reports.photos import storage

def size(photo):
    with storage.open_photo(photo.name, "large") as file:
        picture = Image.open(file)
        picture.load()
        return list(picture.size)

codes = json.load(sys.stdin)

def opens(number):
    code = codes.get(number)
    return bool(code) and follow_codes.check(
        parse_number(number), parse_follow_code(code), at=MONDAY
    )

print(json.dumps([
    {
        "number": format_number(report.number),
        "text": report.text,
        "events": [event.kind for event in report.events.all()],
        "photos": [size(photo) for photo in report.photos.all()],
        "opens": opens(format_number(report.number)),
    }
    for report in Report.objects.prefetch_related("events", "photos")
]))
"""


@dataclass(frozen=True)
class Form:
    """What one resident sends, as often as it takes."""

    submission: str
    text: str
    photo: tuple[int, int] | None
    """Its width and height, of its own each time: no other photo can stand in for it."""


@dataclass(frozen=True)
class Told:
    """What the city told them."""

    number: str
    code: str


@dataclass
class Round:
    """What one kill left behind."""

    acknowledged: int
    survivors: list[str]
    """Command lines of processes that outlived the kill."""


@dataclass
class Drill:
    """The clients, and what they were told, over all kills."""

    server: Server
    told: dict[Form, Told] = field(default_factory=dict)
    contradictions: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    again: list[Form] = field(default_factory=list)
    """Sent, and not answered: to be sent again."""
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _stop: threading.Event = field(default_factory=threading.Event)

    def round(self, reports: int, seconds: float) -> Round:
        """Start the server, and kill it in the middle of the stream.

        That is `seconds` after it has acknowledged so many `reports`.
        """
        self.server.start()
        before, end = len(self.told), time.monotonic() + PATIENCE
        with self._clients():
            while len(self.told) < before + reports and time.monotonic() < end:
                time.sleep(0.005)
            time.sleep(seconds)
            processes = family(self.server)
            self.server.kill()
        return Round(len(self.told) - before, survivors(self.server, processes))

    def settle(self) -> None:
        """Start the server a last time, and have every form that is still out answered."""
        self.server.start()
        for form in self.again:
            self._send(form)
        self.again.clear()
        assert self.server.stop() == 0

    @contextmanager
    def _clients(self) -> Iterator[None]:
        self._stop.clear()
        threads = [threading.Thread(target=self._client, args=(n,)) for n in range(CLIENTS)]
        for thread in threads:
            thread.start()
        yield
        self._stop.set()
        for thread in threads:
            thread.join()

    def _client(self, number: int) -> None:
        while not self._stop.is_set():
            form = self._next(photo=number % 2 == 0)
            try:
                self._send(form)
            except (OSError, HTTPException):
                with self._lock:
                    self.again.append(form)
                time.sleep(0.02)

    def _next(self, *, photo: bool) -> Form:
        with self._lock:
            if self.again:
                return self.again.pop()
        name = secrets.token_urlsafe(32)
        size = (random.randint(300, 700), random.randint(300, 700)) if photo else None
        return Form(name, f"Đèn đường hỏng, trụ {name}", size)

    def _send(self, form: Form) -> None:
        status, page = post(self.server.port, form)
        number, code = NUMBER.search(page), CODE.search(page)
        with self._lock:
            if status != 200 or not number or not code:
                self.refused.append(f"{status}: {page[:2000]}")
                return
            told = Told(number[1], code[1])
            if self.told.setdefault(form, told) != told:
                self.contradictions.append(f"{self.told[form]} and then {told}")


def post(port: int, form: Form) -> tuple[int, str]:
    """The last request of the form, complete in itself, as a browser without scripts sends it."""
    boundary = secrets.token_hex(16)
    fields = {
        "page": "check",
        "submission": form.submission,
        "category": "lamp",
        "lat": "10.005",
        "lon": "106.015",  # the eastern ward of `tests.makers.make_city`
        "text": form.text,
        "seen": "1",
    }
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    if form.photo:
        head = 'Content-Disposition: form-data; name="photo"; filename="a.jpg"'
        parts.append(f"--{boundary}\r\n{head}\r\nContent-Type: image/jpeg\r\n\r\n".encode())
        parts.append(picture(form.photo) + b"\r\n")
    body = b"".join([*parts, f"--{boundary}--\r\n".encode()])
    connection = HTTPConnection("localhost", port, timeout=30)
    try:
        kind = f"multipart/form-data; boundary={boundary}"
        connection.request("POST", "/report/new", body, {"Content-Type": kind})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def picture(size: tuple[int, int]) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "darkgreen").save(out, "JPEG")
    return out.getvalue()


def family(server: Server) -> list[psutil.Process]:
    """The server's process and everything that it started, down to the last."""
    assert server.process
    parent = psutil.Process(server.process.pid)
    return [parent, *parent.children(recursive=True)]


def survivors(server: Server, processes: list[psutil.Process]) -> list[str]:
    """Who still lives a moment after the kill, and whether anybody answers."""
    end = time.monotonic() + MOMENT
    while True:
        living = [words for one in processes if (words := words_of(one))]
        if server.answers():
            living.append("somebody answers on the port")
        if not living or time.monotonic() > end:
            return living
        time.sleep(0.02)


def words_of(process: psutil.Process) -> str:
    """Its command line; nothing once it is dead, buried or not."""
    try:
        return "" if process.status() == psutil.STATUS_ZOMBIE else " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""


def run(server: Server, kills: int, say: Callable[[str], None] = lambda _: None) -> list[str]:
    """Kill the server `kills` times; gives everything that is wrong afterwards."""
    server.options = OPTIONS
    drill, faults = Drill(server), []
    for kill in range(1, kills + 1):
        result = drill.round(random.randint(1, 20), random.uniform(0, 0.3))
        faults += [f"kill {kill}: {survivor}" for survivor in result.survivors]
        if not result.acknowledged:
            faults.append(f"kill {kill}: no report was acknowledged before it")
        say(f"kill {kill}: {result.acknowledged} acknowledged before it")
    out = len(drill.again)
    drill.settle()
    faults += drill.contradictions + drill.refused + list(differences(drill))
    photos = sum(form.photo is not None for form in drill.told)
    say(f"{len(drill.told)} reports acknowledged, {photos} with a photo; {out} sent a last time")
    return faults


def differences(drill: Drill) -> Iterator[str]:
    """Between what was told and what is there."""
    codes = {told.number: told.code for told in drill.told.values()}
    kept = json.loads(drill.server.do(TELL, given=json.dumps(codes)))
    numbers = Counter(report["number"] for report in kept)
    texts = Counter(report["text"] for report in kept)
    yield from (f"twice: {number}" for number, times in numbers.items() if times > 1)
    yield from (f"twice: {text}" for text, times in texts.items() if times > 1)
    by_number = {report["number"]: report for report in kept}
    for form, told in drill.told.items():
        wanted = {
            "number": told.number,
            "text": form.text,
            "events": ["received"],
            "photos": [list(form.photo)] if form.photo else [],
            "opens": True,
        }
        found = by_number.pop(told.number, None)
        if found != wanted:
            yield f"told {wanted}, kept {found}"
    # Everything that was begun was sent again until it was answered.
    yield from (f"nobody was told of {number}" for number in by_number)
