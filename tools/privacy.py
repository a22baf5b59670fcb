"""`docs/privacy.md` and `docs/access.md`, made of what the program says of its fields.

python tools/privacy.py    writes both: from `src/hopthu/care/inventory.py`, and from
                           `src/hopthu/care/access/parts.py`
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "privacy.md"
ACCESS = ROOT / "docs" / "access.md"
BEGIN = """# What is kept about people

Made by `tools/privacy.py` from `src/hopthu/care/inventory.py`; a test holds that list complete
against every field of every table, and this page up to date. Residents read the same at `/privacy`.

What is erased goes from the database's files and, later, from backups: [erasure.md](erasure.md).
Periods are kept by `hopthu work`, every hour, and by `hopthu retention`.
"""
ACCESS_BEGIN = """# What a sender gets of the own report

Made by `tools/privacy.py` from `src/hopthu/care/access/parts.py`; a test holds that list complete
against every field about a report.

Whoever opens a report with its number and follow-up code finds there **Get everything**
(`/follow/everything.zip`). The file holds `README.txt`, which explains the rest in the reader's
language, `report.json`, `photos/`, and `proof.json` ([record-format.md](record-format.md)) where
the city keeps a public record. Nobody of the city is asked, and nobody learns that it was fetched.

`report.json` holds `format` (`hopthu report v1`), `made_at`, `contact_held` (whether there is a
sealed address: the page cannot open it) and the sections below, `report` as an object and the
others as lists. Times are in ISO 8601; offices, wards and kinds of problems stand by their codes,
other reports by their numbers, steps by `seq`. Each photo has `file` too, its place in `photos/`.
What was covered shows as █████; what was deleted for good is nowhere any more, and the step that
says so is among `events`. Neighbours who have this too are only counted.
"""


def main() -> None:
    TARGET.write_text(page())
    ACCESS.write_text(access_page())


def page() -> str:
    return _written(_lines)


def access_page() -> str:
    return _written(_access_lines)


def _written(lines: Callable[[], Iterator[str]]) -> str:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hopthu.project.settings")
    import django
    from django.utils.translation import override

    django.setup()
    with override("en"):
        return "\n".join(lines()) + "\n"


def _lines() -> Iterator[str]:
    from hopthu.care.inventory import BASES, KINDS, NOTHING_PERSONAL, PLACES

    yield BEGIN
    yield "| what | why | by what right | how long | where |"
    yield "|---|---|---|---|---|"
    for kind in KINDS:
        told = (kind.what, kind.purpose, BASES[kind.basis], kind.period, PLACES[kind.place])
        yield f"| {' | '.join(map(str, told))} |"
    yield "\n## Field by field\n"
    yield "| field | what it is part of |"
    yield "|---|---|"
    for kind in KINDS:
        for model, names in kind.fields.items():
            yield f"| `{model}` {_names(names)} | {kind.what} |"
    yield "\n## What tells nothing about a person\n"
    for model, why in NOTHING_PERSONAL.items():
        yield f"- `{model}`: {why}"


def _access_lines() -> Iterator[str]:
    from hopthu.care.access.parts import OMISSIONS, PARTS, SECTIONS

    yield ACCESS_BEGIN
    for section, model in SECTIONS.items():
        yield f"## `{section}`\n"
        yield "| field | what it tells |"
        yield "|---|---|"
        for part in PARTS:
            if part.model == model:
                yield f"| {_names(part.fields)} | {part.what} |"
        yield ""
    yield "## What is not in it, and why\n"
    for omission in OMISSIONS:
        yield f"- `{omission.model}` {_names(omission.fields)}: {omission.why}"


def _names(fields: str) -> str:
    return " ".join(f"`{name}`" for name in fields.split())


if __name__ == "__main__":
    main()
