"""The words of the set-up, held to what the mailbox is for (`core.refused_words`)."""

from collections.abc import Iterable, Mapping
from typing import Any

from hopthu.bodies.models import City
from hopthu.core.refused_words import check_words


def check_wording(*named: Mapping[str, Any], questions: Iterable[Mapping[str, Any]] = ()) -> None:
    """Raises `core.refused_words.RefusedWord` for a category, group or question with such a word.

    The floor counts, and the words that the city added to it.
    """
    added = City.objects.filter(id=1).values_list("refused_words", flat=True).first()
    texts = [text for fields in named for text in _texts(fields, "name", "description")]
    for question in questions:
        texts += _texts(question, "prompt", "help")
        texts += [text for _, words in question.get("choices", ()) for text in words.values()]
    check_words(texts, added=added or ())


def _texts(fields: Mapping[str, Any], *names: str) -> list[str]:
    return [text for name in names for text in (fields.get(name) or {}).values()]
