"""How much is too much, for this process, since it started.

Everything is in memory and bounded (`core.pacing`); each web process counts for itself, so that
several of them together allow several times as much. Nobody is refused a report: much of it asks
for more work (`level`). What is refused for a while says so, and for how long.
"""

import threading
import time

from django.http import HttpRequest

from hopthu.core.pacing import Levels
from hopthu.web import senders

MOST_LEVEL = 5
ALL = b"everybody"


class _Switch:
    on = True


def switch_off() -> None:
    """For measuring alone (`bench/`): no setting of a city leads here."""
    _Switch.on = False


_lock = threading.Lock()
# A carrier's address may stand for a thousand phones: what is free is no concern for a ward.
_from_one = Levels(free=30, each=20)
_from_all = Levels(free=600, each=0.5)
_uploads = Levels(free=300, each=2)
_wrong_codes = Levels(free=30, each=2)
_lost_codes = Levels(free=30, each=60)
_erasures = Levels(free=5, each=600)
_voices = Levels(free=1, each=senders.KEY_LIFE)
_asking_one = Levels(free=20, each=60)
_asking_all = Levels(free=300, each=1)
_to_one_address = Levels(free=5, each=senders.KEY_LIFE / 5)
_LEVELS = (
    _from_one,
    _from_all,
    _uploads,
    _wrong_codes,
    _lost_codes,
    _voices,
    _erasures,
    _asking_one,
    _asking_all,
    _to_one_address,
)


def forget() -> None:
    """As if the process had just started."""
    with _lock:
        for levels in _LEVELS:
            levels.forget()


def level(request: HttpRequest) -> int:
    """How hard a report from there is to send just now: 0 is not at all, 5 the most.

    One harder for every so many reports again as are free: from that network, or altogether.
    """
    return _hardest(senders.mark(request, "received"), one=_from_one, everybody=_from_all)


def _hardest(network: bytes | None, *, one: Levels, everybody: Levels) -> int:
    if not _Switch.on:
        return 0
    now = time.monotonic()
    with _lock:
        heights = [_level(everybody, ALL, now)]
        if network is not None:
            heights.append(_level(one, network, now))
    return min(max(heights), MOST_LEVEL)


def _level(levels: Levels, key: bytes, now: float) -> int:
    over = levels.over(key, now=now)
    return 1 + int(over / levels.free) if over > 0 else 0


def received(request: HttpRequest) -> None:
    """A report came in."""
    _count(senders.mark(request, "received"), one=_from_one, everybody=_from_all)


def _count(network: bytes | None, *, one: Levels, everybody: Levels) -> None:
    now = time.monotonic()
    with _lock:
        everybody.raise_(ALL, now=now)
        if network is not None:
            one.raise_(network, now=now)


def asking_level(request: HttpRequest) -> int:
    """How hard it is to ask for letters from there just now, as `level` says."""
    return _hardest(senders.mark(request, "asking"), one=_asking_one, everybody=_asking_all)


def asked(request: HttpRequest) -> None:
    """Somebody asked for letters."""
    _count(senders.mark(request, "asking"), one=_asking_one, everybody=_asking_all)


def may_ask(address: str) -> bool:
    """Whether one more letter may ask at this address whether it was meant; asking counts.

    Nobody is to fill another's mailbox with questions. The address is kept as a mark alone, which
    means something in this process, today.
    """
    mark, now = senders.mark_of("asked", address.lower()), time.monotonic()
    with _lock:
        if _to_one_address.wait(mark, now=now):
            return False
        _to_one_address.raise_(mark, now=now)
    return True


def upload_wait(request: HttpRequest, files: int) -> int:
    """Seconds until so many photos more are taken from there; 0, and then they are counted."""
    network, now = senders.mark(request, "upload"), time.monotonic()
    if not files or network is None or not _Switch.on:
        return 0
    with _lock:
        wait = _uploads.wait(network, now=now)
        if not wait:
            _uploads.raise_(network, now=now, by=files)
    return _seconds(wait)


def code_wait(request: HttpRequest) -> int:
    """Seconds until somebody from there may try a code again."""
    network = senders.mark(request, "code")
    if network is None:
        return 0
    with _lock:
        return _seconds(_wrong_codes.wait(network, now=time.monotonic()))


def wrong_code(request: HttpRequest) -> None:
    network = senders.mark(request, "code")
    if network is not None:
        with _lock:
            _wrong_codes.raise_(network, now=time.monotonic())


def lost_code_wait(request: HttpRequest) -> int:
    """Seconds until somebody from there may ask for a new code again; 0, and then it is counted."""
    network, now = senders.mark(request, "lost"), time.monotonic()
    if network is None:
        return 0
    with _lock:
        wait = _lost_codes.wait(network, now=now)
        if not wait:
            _lost_codes.raise_(network, now=now)
    return _seconds(wait)


def erasure_wait(request: HttpRequest) -> int:
    """Seconds until one more request to delete something is taken; 0, and then it is counted."""
    network = senders.mark(request, "erasure")
    if network is None or not _Switch.on:
        return 0
    now = time.monotonic()
    with _lock:
        wait = _erasures.wait(network, now=now)
        if not wait:
            _erasures.raise_(network, now=now)
    return _seconds(wait)


def first_voice(request: HttpRequest, number: str) -> bool:
    """Whether nobody from there supported that report today; asking counts as doing so."""
    mark = senders.mark(request, "voice", number)
    if mark is None:
        return True
    now = time.monotonic()
    with _lock:
        if _voices.wait(mark, now=now):
            return False
        _voices.raise_(mark, now=now)
    return True


def _seconds(wait: float) -> int:
    return int(wait) + (wait > int(wait))
