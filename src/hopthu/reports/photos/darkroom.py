"""The process in which photos are developed: `python -m hopthu.reports.photos.darkroom`.

Started once by each web process (`pipeline.py`), it loads the imaging libraries and nothing of the
city: no Django, no database address, no key. For every photo it forks, which takes a hundredth of
a second instead of an interpreter's start; the fork reads one stranger's file behind closed doors
(`limits.py`), answers and ends.

Standard input is a socket. Each byte that comes in over it names a job (`jobs.py`) and brings two
file descriptors: a memory file with what to work on, and the pipe that the answer goes to
(`rendered.pack`). When the socket closes, the web process is gone, and so is everything here.
"""

import contextlib
import gc
import io
import os
import select
import signal
import socket
import time

from PIL import Image, ImageCms

from hopthu.core.limits import MAX_PHOTO_BYTES
from hopthu.reports.photos.decode import paint, rebuild
from hopthu.reports.photos.errors import Broken, PhotoRefused
from hopthu.reports.photos.faces import load_model
from hopthu.reports.photos.jobs import DEVELOP, read_painting
from hopthu.reports.photos.limits import WALL_SECONDS, close_the_door, first_to_go
from hopthu.reports.photos.rendered import LARGE, pack

_PULSE = 0.1
"""Seconds between two looks at the forks while there are any."""


def main() -> None:
    control = socket.socket(fileno=0)
    for ending in (signal.SIGINT, signal.SIGTERM):
        # A signal to the whole group lets the web process finish its request, and this one too.
        signal.signal(ending, signal.SIG_IGN)
    _warm_up()
    _serve(control)


def _serve(control: socket.socket) -> None:
    forks: dict[int, float] = {}
    while True:
        ready, _, _ = select.select([control], [], [], _PULSE if forks else None)
        if ready:
            job, descriptors, _, _ = socket.recv_fds(control, 1, 2)
            if not job:
                return
            forks[_fork(control, job, *descriptors)] = time.monotonic() + WALL_SECONDS
        _reap(forks)


def _reap(forks: dict[int, float]) -> None:
    for fork, deadline in list(forks.items()):
        if os.waitpid(fork, os.WNOHANG)[0]:
            del forks[fork]
        elif time.monotonic() > deadline:
            os.kill(fork, signal.SIGKILL)


def _fork(control: socket.socket, job: bytes, photo: int, answer: int) -> int:
    parent = os.getpid()
    fork = os.fork()
    if fork:
        os.close(photo)
        os.close(answer)
        return fork
    try:
        control.close()
        first_to_go()
        close_the_door(parent)
        _work(job, photo, answer)
    finally:
        os._exit(0)


def _work(job: bytes, photo: int, answer: int) -> None:
    data = os.pread(photo, MAX_PHOTO_BYTES + 1, 0)
    try:
        frame = pack(rebuild(data) if job == DEVELOP else paint(*read_painting(data)))
    except PhotoRefused as refusal:
        frame = pack(refusal)
    except MemoryError:
        frame = pack(Broken())
    view = memoryview(frame)
    while view:
        view = view[os.write(answer, view) :]


def _warm_up() -> None:
    """Draw a picture of each kind: what the libraries load late is loaded before forking."""
    with contextlib.suppress(Exception):  # without a model photos are kept, and say so
        load_model()
    exif = Image.Exif()
    exif[0x0112] = 6
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for kind in ("JPEG", "PNG", "WEBP", "HEIF"):
        file = io.BytesIO()
        Image.new("RGB", (LARGE + 8, 8)).save(file, kind, exif=exif, icc_profile=profile)
        rebuild(file.getvalue())
    gc.collect()
    gc.freeze()  # the forks then share these pages instead of copying them


if __name__ == "__main__":
    main()
