"""Proof of work: a number that takes a computer a moment to find, and nobody else's time.

The scheme is altcha's (altcha.org/docs): SHA-256 of a salt with a number is given, the number is to
be found by trying. Two things differ. A puzzle is bound to one `subject` (the random id of a form),
so that its solution is good for that form alone: whoever sends it again sends the same report
again, and no process has to remember which puzzles were used. And the signature covers the salt
itself, so that what the salt says holds without a solution too: a browser that cannot compute
waits instead.
"""

import hashlib
import hmac
import json
import re
from dataclasses import asdict, dataclass

_SALT = re.compile(r"[0-9a-f]{24}\?expires=(\d{1,12})&ready=(\d{1,12})&for=([0-9a-f]{32})&")
_PARTS = frozenset({"salt", "challenge", "most", "signature"})
MOST_TEXT = 600
"""Characters of a puzzle as it comes back."""


class BadPuzzle(ValueError):
    """What came back is no puzzle of ours, or not one for this subject, or too old."""


@dataclass(frozen=True)
class Puzzle:
    salt: str
    """Random hex, then what holds for this puzzle. The last `&` keeps the number apart from it."""
    challenge: str
    """SHA-256 of salt and number, in hex."""
    most: int
    """The number is between 0 and this."""
    signature: str

    @property
    def ready(self) -> int:
        """Unix time from which on it counts without a solution."""
        return int(_read(self.salt)[2])

    def solved_by(self, number: str) -> bool:
        """Whether `number`, as it was typed in, is the one looked for."""
        plain = number.isascii() and number.isdecimal() and len(number) <= 9
        return plain and hmac.compare_digest(_challenge(self.salt, int(number)), self.challenge)

    def written(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"))


def make(
    key: bytes, subject: str, *, salt: bytes, number: int, most: int, ready: int, expires: int
) -> Puzzle:
    """A puzzle for `subject`; 12 random bytes of salt, and the number to find, are given."""
    words = f"{salt.hex()}?expires={expires}&ready={ready}&for={_fingerprint(subject)}&"
    challenge = _challenge(words, number)
    return Puzzle(words, challenge, most, _signature(key, words, challenge, most))


def read(key: bytes, text: str, *, subject: str, now: int) -> Puzzle:
    """The puzzle that came back as `text`. Raises BadPuzzle."""
    puzzle = _parsed(text)
    signature = _signature(key, puzzle.salt, puzzle.challenge, puzzle.most)
    if not hmac.compare_digest(signature, puzzle.signature):
        raise BadPuzzle("signature")
    found = _read(puzzle.salt)
    if found[3] != _fingerprint(subject):
        raise BadPuzzle("of another form")
    if now > int(found[1]):
        raise BadPuzzle("expired")
    return puzzle


def _parsed(text: str) -> Puzzle:
    if len(text) > MOST_TEXT:
        raise BadPuzzle("too long")
    try:
        parts = json.loads(text)
    except ValueError as error:
        raise BadPuzzle("no JSON") from error
    if not isinstance(parts, dict) or set(parts) != _PARTS or type(parts["most"]) is not int:
        raise BadPuzzle("shape")
    words = [parts[name] for name in ("salt", "challenge", "signature")]
    if not all(isinstance(one, str) and one.isascii() for one in words):
        raise BadPuzzle("shape")
    return Puzzle(**parts)


def _read(salt: str) -> re.Match[str]:
    found = _SALT.fullmatch(salt)
    if found is None:
        raise BadPuzzle("salt")
    return found


def _challenge(salt: str, number: int) -> str:
    return hashlib.sha256(f"{salt}{number}".encode()).hexdigest()


def _signature(key: bytes, salt: str, challenge: str, most: int) -> str:
    return hmac.new(key, f"{salt}\n{challenge}\n{most}".encode(), hashlib.sha256).hexdigest()


def _fingerprint(subject: str) -> str:
    return hashlib.sha256(subject.encode()).hexdigest()[:32]
