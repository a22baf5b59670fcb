"""What was answered to a category's questions, in the reader's words."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.utils import formats, timezone

from hopthu.bodies.configuration import Category, Question

Answer = str | list[str]


def answered(category: Category, details: Mapping[str, Answer]) -> Iterator[tuple[Question, str]]:
    """The category's questions that were answered, each with the words for it."""
    for question in category.questions:
        answer = details.get(question.code)
        if answer:
            yield question, shown(question, answer)


def shown(question: Question, answer: Answer) -> str:
    """Choices by their names, a moment as it is written here; anything else as it was typed."""
    values = [answer] if isinstance(answer, str) else answer
    if question.datatype == "datetime":
        return ", ".join(_moment(value) for value in values)
    return ", ".join(str(question.choice(value)) for value in values)


def _moment(typed: str) -> str:
    try:
        moment = datetime.fromisoformat(typed)
    except ValueError:
        return typed  # struck out, or from another system
    if moment.tzinfo is not None:
        moment = timezone.localtime(moment)
    if len(typed) <= len("2026-11-22"):
        return formats.date_format(moment, "DATE_FORMAT")
    return formats.date_format(moment, "DATETIME_FORMAT")
