"""The catalogues of texts, without any gettext program: extract, compile, check.

    python tools/messages.py extract   texts of sources and templates → each django.po
    python tools/messages.py compile   django.po → django.mo (not committed)
    python tools/messages.py check     fails on what is missing, unsure, outdated or broken

English is the language of the sources, so that it has no catalogue of its own. A text that is gone
from the sources stays at the end of its catalogue as a comment, and comes back with its translation
when the text does.
"""

import argparse
import io
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("vi", "km")
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
COMMENT_TAGS = ("Translators:", "Translators")
# What a translation must carry over unchanged: %(name)s, %s, {name}, and the tags of HTML.
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdi]|\{\w*\}|</?[a-z]+")


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with one text of one catalogue."""

    language: str
    why: str
    text: str
    where: str

    def __str__(self) -> str:
        return f"{self.language}: {self.why}: {self.text!r} ({self.where})"


Key = tuple[str, str | None]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("command", choices=["extract", "compile", "check"])
    parser.add_argument("--package", type=Path, default=ROOT / "src" / "hopthu")
    given = parser.parse_args(arguments)
    if given.command == "extract":
        return _extract(given.package)
    if given.command == "compile":
        return _compile(given.package)
    return _check(given.package)


def _extract(package: Path) -> int:
    template = template_of(package)
    for language in LANGUAGES:
        path = catalogue_path(package, language)
        catalogue = merge(read(path, language), template)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(as_po(catalogue))
        empty = sum(1 for message in texts(catalogue) if not translated(message))
        sys.stdout.write(f"{language}: {len(catalogue)} texts, {empty} without a translation\n")
    return 0


def _compile(package: Path) -> int:
    for language in LANGUAGES:
        path = catalogue_path(package, language)
        if not path.exists():
            continue
        compiled = path.with_suffix(".mo")
        fresh = compiled.with_suffix(".new")
        with fresh.open("wb") as out:
            write_mo(out, read(path, language))
        fresh.replace(compiled)
    return 0


def _check(package: Path) -> int:
    template = template_of(package)
    faults = [
        fault
        for language in LANGUAGES
        for fault in faults_of(read(catalogue_path(package, language), language), template)
    ]
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    if any(fault.why in OUTDATED for fault in faults):
        sys.stderr.write("Run `python tools/messages.py extract` and translate what is new.\n")
    sys.stdout.write(f"{len(template)} texts in {len(LANGUAGES)} languages, {len(faults)} faults\n")
    return 1 if faults else 0


def catalogue_path(package: Path, language: str) -> Path:
    return package / "locale" / language / "LC_MESSAGES" / "django.po"


def read(path: Path, language: str) -> Catalog:
    """The catalogue as it is, or an empty one for a language that has none yet."""
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def texts(catalogue: Catalog) -> Iterator[Message]:
    """Every text of the catalogue; not its header, which has an empty id."""
    return (message for message in catalogue if message.id)


def key_of(message: Message) -> Key:
    """What tells two texts apart: the (singular) words and their context."""
    return words_of(message.id)[0], message.context


def words_of(words: str | Iterable[str] | None) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words or ())


def translated(message: Message) -> bool:
    return all(words_of(message.string)) and bool(message.string)


# --- out of the sources ---------------------------------------------------------------------------


def template_of(package: Path) -> Catalog:
    """Every text that the package's Python sources and Django templates ask to be translated."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
    catalogue = Catalog()
    for path in sorted(sources(package)):
        name = path.relative_to(package).as_posix()
        for _line, words, comments, context in found_in(path):
            catalogue.add(
                words,
                locations=[(name, 0)],
                auto_comments=[comment.strip() for comment in comments],
                context=context,
            )
    return catalogue


def sources(package: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(package):
        folders[:] = [name for name in folders if name not in {"migrations", "static", "locale"}]
        for name in files:
            template = "templates" in Path(folder).parts and name.endswith(WEB)
            if template or name.endswith(".py"):
                yield Path(folder, name)


WEB = (".html", ".txt", ".svg", ".json")


def found_in(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    source = path.read_text("utf-8")
    if path.suffix != ".py":
        # In brackets, as a template's indentation would be wrong in Python.
        source = f"({templatize(source, origin=str(path))}\n)"
    file: IO[bytes] = io.BytesIO(source.encode())
    return iter(extract("python", file, KEYWORDS, COMMENT_TAGS, {"encoding": "utf-8"}))


# --- catalogues -----------------------------------------------------------------------------------


def merge(catalogue: Catalog, template: Catalog) -> Catalog:
    """The template's texts with the catalogue's translations; what is gone goes to `obsolete`."""
    known = {key_of(message): message for message in texts(catalogue)}
    gone = {key_of(message): message for message in catalogue.obsolete.values()}
    merged = Catalog(locale=catalogue.locale, fuzzy=False, project="Hopthu", copyright_holder="")
    merged.header_comment = "# Texts of Hopthu, by tools/messages.py; translate msgstr only."
    for message in sorted(texts(template), key=lambda one: (one.locations, words_of(one.id))):
        before = known.pop(key_of(message), None) or gone.pop(key_of(message), None)
        merged.add(
            message.id,
            _translation(message, before),
            locations=message.locations,
            auto_comments=message.auto_comments,
            user_comments=before.user_comments if before else (),
            flags=before.flags & {"fuzzy"} if before else (),
            context=message.context,
        )
    for (text, context), message in {**gone, **known}.items():
        if translated(message):
            message.locations = []
            merged.obsolete[text if context is None else (text, context)] = message
    return merged


def _translation(message: Message, before: Message | None) -> str | tuple[str, ...]:
    """What was translated before, in the shape (one text, or one a plural form) needed now."""
    strings = words_of(before.string) if before else ()
    first = next(iter(strings), "")
    return (first,) if message.pluralizable else first


def as_po(catalogue: Catalog) -> bytes:
    """The catalogue as a file; without dates, which would make every run another file."""
    out = io.BytesIO()
    write_po(out, catalogue, width=100, include_lineno=False)
    lines = out.getvalue().decode().splitlines()
    dated = ('"POT-Creation-Date', '"PO-Revision-Date', '"Last-Translator', '"Language-Team')
    kept = [line for line in lines if not line.startswith(dated)]
    return ("\n".join(kept).rstrip() + "\n").encode()


# --- faults ---------------------------------------------------------------------------------------

OUTDATED = ("not in the catalogue", "no longer in the sources")


def faults_of(catalogue: Catalog, template: Catalog) -> Iterator[Fault]:
    """Everything that keeps the catalogue from saying what the sources say."""
    language = str(catalogue.locale)
    known = {key_of(message): message for message in texts(catalogue)}
    for wanted in texts(template):
        message = known.pop(key_of(wanted), None)
        why = OUTDATED[0] if message is None else fault_of(message, wanted)
        if why:
            where = ", ".join(name for name, _ in wanted.locations)
            yield Fault(language, why, key_of(wanted)[0], where)
    for text, _context in known:
        yield Fault(language, OUTDATED[1], text, "catalogue")


def fault_of(message: Message, wanted: Message) -> str:
    """Why this translation cannot be used, or nothing."""
    if not translated(message):
        return "no translation"
    if message.fuzzy:
        return "marked fuzzy"
    if words_of(message.id) != words_of(wanted.id):
        return "another plural than in the sources"
    needed = placeholders(words_of(wanted.id)[-1])
    for string in words_of(message.string):
        if placeholders(string) != needed:
            return f"placeholders differ in {string!r}"
    return ""


def placeholders(text: str) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(text.replace("%%", "")))


if __name__ == "__main__":
    sys.exit(main())
