"""Everything that somebody typed so far, exactly as typed.

The server keeps no draft: each page carries the fields of all the others as hidden inputs, so that
going back, changing an answer or correcting a mistake loses nothing, and the last request is
complete in itself. Photos alone travel as the tokens of what was uploaded before.
"""

import re
import secrets
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from django.http import QueryDict

QUESTION = "question_"
"""Prefix of the fields of a category's own questions."""

TEXT_FIELDS = ("category", "concerned", "lat", "lon", "area", "landmark", "text", "email", "phone")
MARKS = ("private", "call_me", "seen", "changing")
"""Fields that are `1` or absent."""


@dataclass(frozen=True)
class Draft:
    submission: str = ""
    """Random words of the browser that make sending twice one report."""
    category: str = ""
    concerned: str = ""
    lat: str = ""
    lon: str = ""
    area: str = ""
    landmark: str = ""
    text: str = ""
    email: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Question code → what was typed or chosen."""
    uploads: tuple[str, ...] = ()
    private: bool = False
    call_me: bool = False
    """The sender may be called at `phone`."""
    seen: bool = False
    """The sender saw what was already reported nearby."""
    changing: bool = False
    """The sender came from the last page to change one thing, and goes back there."""

    @classmethod
    def read(cls, data: QueryDict) -> "Draft":
        return cls(
            submission=data.get("submission", ""),
            category=data.get("category", ""),
            concerned=data.get("concerned", ""),
            lat=data.get("lat", ""),
            lon=data.get("lon", ""),
            area=data.get("area", ""),
            landmark=data.get("landmark", ""),
            text=data.get("text", ""),
            email=data.get("email", ""),
            phone=data.get("phone", ""),
            answers={
                name.removeprefix(QUESTION): tuple(map(str, data.getlist(name)))
                for name in data
                if name.startswith(QUESTION)
            },
            uploads=tuple(dict.fromkeys(str(token) for token in data.getlist("upload") if token)),
            private=data.get("private") == "1",
            call_me=data.get("call_me") == "1",
            seen=data.get("seen") == "1",
            changing=data.get("changing") == "1",
        )

    def with_submission(self) -> "Draft":
        """The same draft, under a random id if it has no good one."""
        if is_submission(self.submission):
            return self
        return replace(self, submission=new_submission())

    def hidden(self, *, shown: Collection[str]) -> Iterator[tuple[str, str]]:
        """Name and value of the hidden inputs of a page that shows the fields `shown` itself."""
        for name in ("submission", *TEXT_FIELDS):
            if name not in shown and getattr(self, name):
                yield name, getattr(self, name)
        for code, values in self.answers.items():
            if "questions" not in shown:
                yield from ((f"{QUESTION}{code}", value) for value in values)
        if "upload" not in shown:
            yield from (("upload", token) for token in self.uploads)
        for name in MARKS:
            if name not in shown and getattr(self, name):
                yield name, "1"

    def is_empty(self) -> bool:
        return not any((self.category, self.text, self.uploads, self.landmark, self.lat))


_SUBMISSION = re.compile(r"[A-Za-z0-9_-]{22,128}")


def is_submission(text: str) -> bool:
    """Whether somebody could have made it up at random: at least 128 bits, written plainly."""
    return _SUBMISSION.fullmatch(text) is not None


def new_submission() -> str:
    """256 bits: whoever knows a submission can have its follow-up code shown again."""
    return secrets.token_urlsafe(32)
