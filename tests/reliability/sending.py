"""What residents send to a server that is being killed, and what it told them."""

import io
import secrets
from dataclasses import dataclass
from http.client import HTTPConnection

from PIL import Image


@dataclass(frozen=True)
class Form:
    """What one resident sends, as often as it takes."""

    submission: str
    text: str
    photo: tuple[int, int] | None
    """Its width and height, of its own each time: no other photo can stand in for it."""


@dataclass(frozen=True)
class Told:
    """What the city told them."""

    number: str
    code: str


def post(port: int, form: Form) -> tuple[int, str]:
    """The last request of the form, complete in itself, as a browser without scripts sends it."""
    boundary = secrets.token_hex(16)
    fields = {
        "page": "check",
        "submission": form.submission,
        "category": "lamp",
        "lat": "10.005",
        "lon": "106.015",  # the eastern ward of `tests.makers.make_city`
        "text": form.text,
        "seen": "1",
    }
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    if form.photo:
        head = 'Content-Disposition: form-data; name="photo"; filename="a.jpg"'
        parts.append(f"--{boundary}\r\n{head}\r\nContent-Type: image/jpeg\r\n\r\n".encode())
        parts.append(picture(form.photo) + b"\r\n")
    body = b"".join([*parts, f"--{boundary}--\r\n".encode()])
    connection = HTTPConnection("localhost", port, timeout=30)
    try:
        kind = f"multipart/form-data; boundary={boundary}"
        connection.request("POST", "/report/new", body, {"Content-Type": kind})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def picture(size: tuple[int, int]) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "darkgreen").save(out, "JPEG")
    return out.getvalue()
