"""`docs/privacy.md`, made from the field inventory (`src/hopthu/care/inventory.py`).

python tools/privacy.py    writes it
"""

import os
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "privacy.md"
BEGIN = """# What is kept about people

Made by `tools/privacy.py` from `src/hopthu/care/inventory.py`; a test holds that list complete
against every field of every table, and this page up to date. Residents read the same at `/privacy`.

What is erased goes from the database's files and, later, from backups: [erasure.md](erasure.md).
Periods are kept by `hopthu work`, every hour, and by `hopthu retention`.
"""


def main() -> None:
    TARGET.write_text(page())


def page() -> str:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hopthu.project.settings")
    import django
    from django.utils.translation import override

    django.setup()
    with override("en"):
        return "\n".join(_lines()) + "\n"


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
            fields = " ".join(f"`{name}`" for name in names.split())
            yield f"| `{model}` {fields} | {kind.what} |"
    yield "\n## What tells nothing about a person\n"
    for model, why in NOTHING_PERSONAL.items():
        yield f"- `{model}`: {why}"


if __name__ == "__main__":
    main()
