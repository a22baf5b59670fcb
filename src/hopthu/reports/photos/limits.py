"""What a process may still do once it has a stranger's photo in its hands (Linux).

It may think for a while, in bounded memory, and write to the one pipe it holds. It may open no
file and no socket, leave no core dump, gain no rights, and it dies with its parent.
"""

import ctypes
import os
import resource
import signal
from typing import Final

CPU_SECONDS: Final = 8
WALL_SECONDS: Final = 12
"""The largest photo that is taken, a HEIC of 40 Mpx, needs about 3 s on a small machine; looking
for faces takes 0.3 s more, whatever the photo."""
ADDRESS_SPACE: Final = 1024**3
"""Bytes; 40 Mpx in several copies, and the libraries."""

_PR_SET_PDEATHSIG: Final = 1
_PR_SET_DUMPABLE: Final = 4
_PR_SET_NO_NEW_PRIVS: Final = 38
_libc = ctypes.CDLL(None, use_errno=True)


def close_the_door(parent: int) -> None:
    """Give up, for good, everything that drawing a photo does not need.

    `parent` is the process that forked this one: where it is gone already, this one ends too.
    """
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)
    _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def first_to_go() -> None:
    """Where memory runs out, the kernel takes this process before any other of the city."""
    try:
        with open("/proc/self/oom_score_adj", "w") as file:
            file.write("1000")
    except OSError:
        pass  # a container may forbid it; the address space stays bounded
