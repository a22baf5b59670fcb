"""Listening on a port: whether it is free, and when somebody answers there.

PortTaken   somebody else listens there, or nobody may
"""

import socket
import time

LOCAL = {"127.0.0.1", "::1", "0.0.0.0", "::"}  # noqa: S104 - compared, never bound


class PortTaken(SystemExit):
    def __init__(self, host: str, port: int, why: str) -> None:
        super().__init__(f"hopthu: cannot listen on {host}:{port} ({why}); choose another --port")


def try_port(host: str, port: int) -> None:
    """Raise `PortTaken` if somebody listens there: granian would quietly share the port."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        raise PortTaken(host, port, error.strerror or str(error)) from error


def wait_until_it_answers(host: str, port: int) -> str:
    """Gives the address to tell people."""
    while not _answers(host, port):
        time.sleep(0.05)
    # Passkeys need the name, not the number.
    return f"http://{'localhost' if host in LOCAL else host}:{port}"


def _answers(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True
