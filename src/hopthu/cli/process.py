"""Processes that never outlive the one that started them, however that one ended.

`kill -9` of a server's parent leaves its children serving, with old code and an old lock. Linux can
be asked to take a process down with its parent: prctl(2), PR_SET_PDEATHSIG. It has to be asked in
the child, and the parent may be gone by then; hence the second look at who the parent is.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
"""<linux/prctl.h>"""


def die_with_parent(parent: int, by: signal.Signals = signal.SIGKILL) -> None:
    """Make this process end when `parent` (a process id) does. To be called in the child.

    It follows the *thread* that forked: start children from a thread that stays. Elsewhere than on
    Linux this does nothing, and a killed server's children have to be ended by hand.
    """
    if not sys.platform.startswith("linux"):
        return
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_PDEATHSIG, int(by), 0, 0, 0) != 0:
        errno = ctypes.get_errno()
        raise OSError(errno, os.strerror(errno))
    if os.getppid() != parent:
        os.kill(os.getpid(), by)
