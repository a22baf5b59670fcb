"""What a program can still do that took over the process which reads a stranger's photo."""

import subprocess
import sys
import textwrap

import pytest

LOCKED_IN = """
    import os, socket, sys
    from hopthu.reports.photos.limits import close_the_door
    from hopthu.core import codes
    close_the_door(os.getppid())
    {attempt}
    os.write(1, b"it could")
"""


@pytest.mark.parametrize(
    "attempt",
    [
        "open('/etc/passwd')",
        "open('/tmp/left-behind', 'w')",
        "socket.socket()",
        "os.pipe()",
        "bytearray(2 * 1024**3)",
        "os.setuid(0) if os.getuid() else open('/proc/self/mem')",
    ],
)
def test_it_can_do_no_more_than_draw(attempt: str) -> None:
    program = textwrap.dedent(LOCKED_IN).format(attempt=attempt)

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)

    assert b"it could" not in done.stdout
    assert done.returncode != 0


def test_it_can_still_answer() -> None:
    program = textwrap.dedent(LOCKED_IN).format(attempt="x = bytearray(300 * 1024**2)")

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)

    assert done.stdout == b"it could"
