"""Keeps `hopthu work` running beside the web workers of `hopthu serve`."""

import os
import signal
import subprocess
import sys
import threading

MISCONFIGURED = os.EX_CONFIG
"""The exit status of a worker that would only fail again."""
PAUSE = 5.0
"""Seconds before a worker that died is started again."""
PATIENCE = 10.0
"""Seconds that it may take to finish what it is doing when told to stop."""


class Supervisor:
    """Starts the worker, and starts it again when it dies, until told to stop.

    A worker that cannot work (`MISCONFIGURED`) stops the whole server.
    """

    def __init__(self) -> None:
        self.fault = 0
        self._stopping = threading.Event()
        self._worker: subprocess.Popen[bytes] | None = None
        self._changing = threading.Lock()

    def watch(self) -> None:
        """To be run in a thread that stays: the kernel takes the worker down with the thread."""
        while self._start():
            status = self._worker.wait() if self._worker else 0
            if self._stopping.is_set():
                return
            if status == MISCONFIGURED:
                self.fault = status
                os.kill(os.getpid(), signal.SIGTERM)
                return
            print(f"hopthu: work ended with status {status}; starting it again", file=sys.stderr)
            self._stopping.wait(PAUSE)

    def stop(self) -> None:
        """Tell the worker to finish what it is doing, and wait for it."""
        self._stopping.set()
        with self._changing:
            if self._worker:
                self._worker.terminate()
                try:
                    self._worker.wait(PATIENCE)
                except subprocess.TimeoutExpired:
                    self._worker.kill()

    def _start(self) -> bool:
        command = [sys.executable, "-m", "hopthu.cli.main", "work", "--parent", str(os.getpid())]
        with self._changing:
            if self._stopping.is_set():
                return False
            self._worker = subprocess.Popen(command)
            return True
