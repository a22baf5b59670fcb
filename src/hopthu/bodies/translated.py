"""Names that a city writes in several languages."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language

FALLBACK = ("vi", "en", "km")


class Translated(dict[str, str]):
    """Language code → words; as a string, the words in the reader's language.

    A language that is missing falls back to Vietnamese, then English, then Khmer.
    """

    def in_language(self, language: str | None) -> str:
        for code in (language, *FALLBACK):
            if code and self.get(code):
                return self[code]
        return ""

    def __str__(self) -> str:
        return self.in_language(get_language())


class TranslatedField(models.JSONField):
    """A `Translated`, kept as a JSON object."""

    description = "words in several languages"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", Translated)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Translated:
        return Translated(super().from_db_value(value, expression, connection) or {})

    def to_python(self, value: Any) -> Translated:
        if isinstance(value, str):
            return Translated(vi=value)
        if not isinstance(value, Mapping):
            raise ValidationError("a name is text, or an object of language: text")
        return Translated(value)
