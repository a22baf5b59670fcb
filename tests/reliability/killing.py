"""A stream of reports into a server that is killed again and again, and what must be true after.

Clients behave as a phone does: when no answer comes, they send the very same form again. What they
were told is theirs: every report whose number they were shown has to be there, whole, once, and in
the public record, which has to verify and to have grown out of what it was before the kill.
"""

import json
import random
import re
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import cycle

import psutil

from tests.live import Server
from tests.reliability.published import Log
from tests.reliability.sending import Form, Told, post

CLIENTS = 4
MOMENT = 3
"""Seconds that the kernel of a busy machine may take to end a family of processes."""
PATIENCE = 60
"""Seconds for a busy machine to acknowledge a few reports."""
SEQUENCED = 0.7
"""Part of the kills that wait until the sequencer has published something of the stream."""
WHILE_RECOVERING = 0.2
"""Part of the kills before which the server is killed once more, in its first two seconds."""
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
    return bool(code) and bool(follow_codes.check(
        parse_number(number), parse_follow_code(code), at=MONDAY
    ))

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


@dataclass
class Round:
    """What one kill left behind."""

    acknowledged: int
    killed: str
    """Who died: all at once, or one process first."""
    faults: list[str]
    """Of the log as it was found, and command lines of processes that outlived the kill."""


@dataclass
class Drill:
    """The clients, and what they were told, over all kills."""

    server: Server
    told: dict[Form, Told] = field(default_factory=dict)
    contradictions: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    again: list[Form] = field(default_factory=list)
    """Sent, and not answered: to be sent again."""
    log: Log = field(init=False)
    _victims: Iterator[str] = field(default_factory=lambda: cycle(["work", "all", "web"]))
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _stop: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.log = Log(self.server)

    def round(self, reports: int, seconds: float) -> Round:
        """Start the server, look at its log, and kill it in the middle of the stream.

        That is `seconds` after it has acknowledged so many `reports`, and in most rounds after the
        sequencer was seen at work. In some, one process of it dies a little before the others.
        """
        if random.random() < WHILE_RECOVERING:
            self.server.start()
            time.sleep(random.uniform(0, 2))
            self.server.kill()
        self.server.start()
        faults = self.log.faults(self.numbers)
        before, size = len(self.told), self.log.size
        sequenced = random.random() < SEQUENCED
        with self._clients():
            end = time.monotonic() + PATIENCE
            while time.monotonic() < end and (
                len(self.told) < before + reports or (sequenced and self.log.size == size)
            ):
                time.sleep(0.005)
            time.sleep(seconds)
            processes = family(self.server)
            first = self._kill_one(processes)
            self.server.kill()
        faults += survivors(self.server, processes)
        return Round(len(self.told) - before, first, faults)

    def _kill_one(self, processes: list[psutil.Process]) -> str:
        """Work or a web process dies alone, and what is left goes on for a moment."""
        victim = next(self._victims)
        if victim == "all":
            return victim
        work = [one for one in processes if "--parent" in words_of(one).split()]
        web = [one for one in processes[1:] if one not in work]
        chosen = work if victim == "work" else web[:1]
        for process in chosen:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        time.sleep(random.uniform(0, 1))
        return f"{victim} first"

    @property
    def numbers(self) -> list[str]:
        return [told.number for told in self.told.values()]

    def settle(self) -> list[str]:
        """Start the server a last time, and have every form that is still out answered.

        Gives what is wrong with the log then, held against all that the city shows.
        """
        self.server.start()
        for form in self.again:
            self._send(form)
        self.again.clear()
        faults = self.log.faults(self.numbers, values=True)
        assert self.server.stop() == 0
        return faults

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
        faults += [f"kill {kill}: {fault}" for fault in result.faults]
        if not result.acknowledged:
            faults.append(f"kill {kill}: no report was acknowledged before it")
        say(f"kill {kill} ({result.killed}): {result.acknowledged} acknowledged before it")
    out = len(drill.again)
    faults += drill.settle()
    faults += drill.contradictions + drill.refused + list(differences(drill))
    photos = sum(form.photo is not None for form in drill.told)
    say(f"{len(drill.told)} reports acknowledged, {photos} with a photo; {out} sent a last time")
    say(f"{drill.log.size} entries in the public record")
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
