"""Comparing the log with a head that somebody outside kept; this alone ends a freeze.

Whatever this data folder remembers may have come out of the same old backup as its database. A head
from outside has not: a witness's, a monitor's, a reader's checkpoint. If it and every head known
here are heads of the tree that the rows make, nothing was lost and nothing changed.

NotOurs    the checkpoint from outside is not signed by this log
Differs    some head is not of this tree; `findings` names each
NoWitness  no witness could be asked
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import NamedTuple

from django.conf import settings

from hopthu.core.checkpoints import BadCheckpoint, Checkpoint, encode_hash, parse_checkpoint
from hopthu.core.merkle import Frontier, consistency_proof, leaf_hash
from hopthu.core.signed_notes import BadNote, Note, verified
from hopthu.record import folder, models
from hopthu.record.asking import Line, NoAnswer, WitnessDisagrees
from hopthu.record.known_heads import Known, known_heads
from hopthu.record.refusals import NotDone


class NotOurs(NotDone):
    """What somebody else signed says nothing about this log."""


class NoWitness(NotDone):
    """None is configured, none answered, or there is nothing to show them."""


class Differs(NotDone):
    """The log stays frozen: the rows do not make the tree that was signed."""

    def __init__(self, findings: Sequence[str]) -> None:
        super().__init__("\n".join(findings))
        self.findings = tuple(findings)


class Compared(NamedTuple):
    head: Checkpoint
    """From outside, and found in our tree."""
    thawed: bool
    """The log was frozen, and goes on now."""


def compare(outside: Note) -> Compared:
    """Compare, and let a frozen log go on. Raises `NotOurs`, `Differs`, `folder.NotOpened`."""
    head = ours(outside)
    with folder.lock():
        known = [Known("from outside", head), *known_heads()]
        if findings := list(_findings(known)):
            raise Differs(findings)
        thawed = models.Head.objects.exclude(frozen="").update(frozen="")
    return Compared(head, bool(thawed))


def ours(note: Note) -> Checkpoint:
    """The head that this log signed there. Raises `NotOurs`, `folder.NotOpened`."""
    try:
        verified(note, [*folder.verifiers(), *folder.retired()])
        head = parse_checkpoint(note.text)
    except (BadNote, BadCheckpoint) as error:
        raise NotOurs(f"not a checkpoint of this log: {error}") from error
    if head.origin != folder.origin():
        raise NotOurs(f"a checkpoint of {head.origin}; this log is {folder.origin()}")
    return head


def ask_witnesses() -> Note:
    """Show what is published to the witnesses: it, if they know of nothing newer.

    No new signature of the log is given away. Raises `NoWitness`, `Differs`.
    """
    note = folder.published()
    if note is None or not settings.WITNESSES:
        raise NoWitness("nothing is published, or there is no witness in HOPTHU_WITNESSES")
    tree = folder.tree(parse_checkpoint(note.text).size)
    findings, silent = [], []
    for one in settings.WITNESSES:
        try:
            with closing(Line(one)) as line:
                line.ask(note, lambda old, new: consistency_proof(old, new, tree))
        except WitnessDisagrees as error:
            findings.append(str(error))
        except NoAnswer as error:
            silent.append(f"{one.key.name}: {error}")
    if findings:
        raise Differs(findings)
    if len(silent) == len(settings.WITNESSES):
        raise NoWitness("; ".join(silent))
    return note


def largest_known() -> Checkpoint | None:
    """The largest head of this log that is known here."""
    return max((one.head for one in known_heads()), key=lambda head: head.size, default=None)


def _findings(known: Sequence[Known]) -> Iterator[str]:
    roots, size = _roots({one.head.size for one in known})
    for one in known:
        head = one.head
        if head.origin != folder.origin():
            yield f"{one} is of another log, {head.origin}"
        elif head.size > size:
            yield f"{one} is of {head.size - size} entries more than the database has, {size}"
        elif roots[head.size] != head.root:
            yield f"{one} is not of this log: its root was {encode_hash(roots[head.size])} then"


def _roots(sizes: set[int]) -> tuple[dict[int, bytes], int]:
    """The root that the rows make at each size, and how many of them follow one another."""
    tree = Frontier()
    found = {0: tree.root()}
    rows = models.Entry.objects.filter(index__isnull=False).order_by("index")
    for index, leaf in rows.values_list("index", "leaf").iterator(chunk_size=4096):
        if index != tree.size:
            break
        tree.append(leaf_hash(bytes(leaf)))
        if tree.size in sizes:
            found[tree.size] = tree.root()
    return found, tree.size
