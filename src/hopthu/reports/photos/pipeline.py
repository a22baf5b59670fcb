"""A photo in, two clean pictures out; the work is done in the darkroom, a process of its own.

This process loads no imaging library and no model: what they need of memory, and what a broken
file makes of them, stays over there.
"""

import contextlib
import os
import select
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from typing import Final

from hopthu.core.limits import MAX_PHOTO_BYTES
from hopthu.reports.photos import jobs
from hopthu.reports.photos.boxes import Box
from hopthu.reports.photos.errors import Broken, NotAPhoto, TookTooLong, TooLarge
from hopthu.reports.photos.limits import CPU_SECONDS, WALL_SECONDS
from hopthu.reports.photos.rendered import MAX_ANSWER, Rendered, unpack

_PATIENCE: Final = 5.0
"""Seconds beyond the darkroom's own limit (and its start) before it is taken for dead."""
_LARGE_PAGES: Final = "glibc.malloc.hugetlb=1"
"""Each fork touches 180 MB for the first time, two thirds of it to look for faces. In pages of 4 kB
a photo of 2048 × 1536 costs 50,000 page faults and 380 ms of CPU time, in pages of 2 MB, where the
system has some, 7,000 and 270. (Looking in bands, so that less is touched, saved no more: 235 ms
became 195, and with large pages 150 became 155.) A HEIC of 12 Mpx costs the same with either.
Other libraries than glibc 2.35 do not read it."""
_AT_ONCE: Final = max(2, os.cpu_count() or 1)
"""Photos that one process has developed at a time: each may take a gigabyte."""

_lock = threading.Lock()
_places = threading.BoundedSemaphore(_AT_ONCE)


class _Darkroom:
    """The running helper process of this process, and the socket that keeps it alive."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.control, theirs = socket.socketpair()
        # Its own empty environment: neither the database's address nor any other secret.
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "hopthu.reports.photos.darkroom"],
            stdin=theirs.fileno(),
            stdout=subprocess.DEVNULL,
            env={
                "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
                "OPENBLAS_NUM_THREADS": "1",
                "GLIBC_TUNABLES": _LARGE_PAGES,
            },
        )
        theirs.close()

    def is_ours_and_alive(self) -> bool:
        """Its end of the socket closes before the kernel tells that a process has ended."""
        if self.owner != os.getpid():
            return False
        try:
            return self.control.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) != b""
        except BlockingIOError:
            return True
        except OSError:
            return False

    def end(self) -> None:
        self.control.close()
        if self.owner == os.getpid():
            self.process.kill()
            self.process.wait()


_darkroom: _Darkroom | None = None


def render(data: bytes) -> Rendered:
    """`data` rebuilt from its pixels, upright, in sRGB, as WebP of at most 2048 and 480 px.

    Faces are covered, unless `Rendered.faces` is None. Comes back within `WALL_SECONDS` and a
    little, whatever the file does to the libraries that read it. Raises a `PhotoRefused`.
    """
    if not data:
        raise NotAPhoto
    if len(data) > MAX_PHOTO_BYTES:
        raise TooLarge
    return _done(jobs.DEVELOP, data)


def cover(picture: bytes, boxes: Sequence[Box]) -> Rendered:
    """Both pictures of a photo anew, from its large one, with `boxes` painted over.

    Raises a `PhotoRefused`.
    """
    return _done(jobs.PAINT, jobs.write_painting(picture, boxes))


def _done(job: bytes, data: bytes) -> Rendered:
    with _places:
        rendered = _try(job, data)
        if rendered is None and not _darkroom_lives():
            rendered = _try(job, data)  # killed from outside, which is not this photo's fault
    if rendered is None:
        raise Broken
    return rendered


def _try(job: bytes, data: bytes) -> Rendered | None:
    """None where whoever read the photo died of it, before the time was over."""
    started = time.monotonic()
    rendered = unpack(_ask(job, data, deadline=started + WALL_SECONDS + _PATIENCE))
    if rendered is None and time.monotonic() - started >= CPU_SECONDS:
        raise TookTooLong
    return rendered


def _darkroom_lives() -> bool:
    return _darkroom is not None and _darkroom.is_ours_and_alive()


def _ask(job: bytes, data: bytes, *, deadline: float) -> bytes:
    """The frame that the darkroom answers with; cut short where its fork died."""
    photo = os.memfd_create("photo")
    answer, theirs = os.pipe()
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(photo, view) :]
        darkroom = _send(job, photo, theirs)
        os.close(theirs)
        theirs = -1
        frame = _read(answer, deadline)
        if frame is None:
            darkroom.end()
            raise TookTooLong
        return frame
    finally:
        for descriptor in (photo, answer, theirs):
            if descriptor >= 0:
                os.close(descriptor)


def _send(job: bytes, photo: int, answer: int) -> _Darkroom:
    """Hand a photo to the darkroom, which is started where there is none (or it was killed)."""
    global _darkroom
    with _lock:
        if _darkroom is not None and _darkroom.is_ours_and_alive():
            # It may have died since: then the socket says so, and another one is started.
            with contextlib.suppress(OSError):
                socket.send_fds(_darkroom.control, [job], [photo, answer])
                return _darkroom
        if _darkroom is not None:
            _darkroom.end()
        _darkroom = _Darkroom()
        socket.send_fds(_darkroom.control, [job], [photo, answer])
        return _darkroom


def _read(answer: int, deadline: float) -> bytes | None:
    """Everything up to the end of the pipe, or None where the deadline comes first."""
    poll = select.poll()
    poll.register(answer, select.POLLIN | select.POLLHUP)
    frame = bytearray()
    while len(frame) <= MAX_ANSWER:
        left = deadline - time.monotonic()
        if left <= 0 or not poll.poll(left * 1000):
            return None
        chunk = os.read(answer, 1 << 20)
        if not chunk:
            break
        frame += chunk
    return bytes(frame)
