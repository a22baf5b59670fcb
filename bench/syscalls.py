"""How often the disk was waited for: fsync and fdatasync calls, counted by strace(1).

Counted in a short run of its own, as tracing slows everything down. Without strace, or where the
kernel forbids it, the number is left out rather than guessed.
"""

import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable

_CALL = re.compile(r"\b(?:fsync|fdatasync)\(")


def syncs(pids: Iterable[int], work: Callable[[], int]) -> float | None:
    """Calls in these processes (and those that they start) for each of what `work` did."""
    if shutil.which("strace") is None:
        return None
    with tempfile.NamedTemporaryFile(mode="r", suffix=".strace") as log:
        command = ["strace", "-f", "-qq", "-e", "trace=fsync,fdatasync", "-o", log.name]
        for pid in pids:
            command += ["-p", str(pid)]
        tracer = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        time.sleep(1)  # until it is attached everywhere
        if tracer.poll() is not None:
            return None
        done = work()
        tracer.send_signal(signal.SIGINT)
        tracer.wait(20)
        calls = sum(1 for line in log if _CALL.search(line))
    return round(calls / done, 2) if done else None
