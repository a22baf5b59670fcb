"""The keys that contact details are sealed to: made once, by `hopthu init`.

`keys/web/seal_recipient` has the public halves, for the web process: that of `hopthu work`, and
that of the recovery key. `keys/work/seal_key` is the private half, for work alone. The recovery key
is told once and written nowhere; put into `seal_key`, on a line of its own or alone, it opens
everything that was sealed.

NoSealKey   this process has no private half, or may not read it
NoSeal      nothing can be sealed here: there is no public half, or it is spoilt
"""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from pyrage.x25519 import Identity, Recipient

from hopthu.core import sealing
from hopthu.record import durable, key_files

SEAL_KEY = "seal_key"
RECIPIENTS = "seal_recipient"


class NoSealKey(Exception):
    """Contact details cannot be opened; whatever is to be sent waits."""


class NoSeal(Exception):
    """No contact details can be taken in; everything else goes on."""


def make(data: Path, *, tell: Callable[[str], None]) -> bool:
    """Make the keys, unless they were made before; `tell` is given the recovery key, once.

    Told before it is used: whoever is cut short in between has a key to throw away, and never
    contacts that are sealed to one that nobody saw.
    """
    public, private = data / "keys" / "web" / RECIPIENTS, data / "keys" / "work" / SEAL_KEY
    if public.exists():
        return False
    durable.make_folder(public.parent, mode=0o700)
    durable.make_folder(private.parent, mode=0o700)
    durable.create(private, f"{sealing.new_identity()}\n".encode(), mode=0o600)
    recovery = sealing.new_identity()
    work = sealing.read_identities(private.read_text())[0]
    tell(str(recovery))
    lines = f"# hopthu work\n{work.to_public()}\n# recovery key\n{recovery.to_public()}\n"
    return durable.create(public, lines.encode(), mode=0o600)


def recipients() -> list[Recipient]:
    """Whom to seal to. Raises `NoSeal`."""
    path = key_files.web_key(settings.DATA, RECIPIENTS)
    try:
        return sealing.read_recipients(path.read_text())
    except (OSError, UnicodeError, sealing.BadRecipient) as error:
        raise NoSeal(f"contact details cannot be sealed: {path}: {_why(error)}") from error


def identities() -> list[Identity]:
    """What opens. Raises `NoSealKey`."""
    path = Path(settings.DATA, "keys", "work", SEAL_KEY)
    try:
        return sealing.read_identities(path.read_text())
    except (OSError, UnicodeError, sealing.BadIdentity) as error:
        raise NoSealKey(
            f"contact details cannot be opened: {path}: {_why(error)}; put it back from its "
            "backup, or the recovery key in its place (docs/operator.md, Sealed contacts). "
            "Letters wait until then"
        ) from None


def _why(error: Exception) -> str:
    """In a word, and without anything that stands in the file."""
    return error.strerror or "unreadable" if isinstance(error, OSError) else type(error).__name__
