"""Answers to a category's questions, as a reader sees them."""

from django.utils import translation

from hopthu.bodies.configuration import Question
from hopthu.bodies.translated import Translated
from hopthu.web.answers import shown


def question(datatype: str) -> Question:
    choices = (("daily", Translated(vi="mỗi ngày", en="every day")), ("rarely", Translated()))
    return Question("q", Translated(vi="?"), Translated(), datatype, False, True, choices)


def test_a_moment_is_written_as_the_reader_writes_it() -> None:
    with translation.override("vi"):
        assert shown(question("datetime"), "2026-10-23T18:00") == "18:00 23/10/2026"
        assert shown(question("datetime"), "2026-10-23") == "23/10/2026"
        assert shown(question("datetime"), "█████") == "█████"


def test_choices_go_by_their_names() -> None:
    with translation.override("en"):
        assert shown(question("multivaluelist"), ["daily", "gone"]) == "every day, gone"


def test_what_was_typed_stays() -> None:
    assert shown(question("string"), "14") == "14"
