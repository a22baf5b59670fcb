"""docs/security.md names what there is: each requirement once, each test by its name."""

import ast
import re

import pytest

from tests.live import ROOT

TEXT = (ROOT / "docs" / "security.md").read_text()
ROWS = re.findall(r"^\| (\d+\.\d+\.\d+) \| [^|]+ \| (.+) \|$", TEXT, re.MULTILINE)
NOT_APPLICABLE = re.search(r"\*\*Not applicable\*\*.*?\n\n", TEXT, re.DOTALL)
# ASVS 5.0.0: how many requirements of levels 1 and 2 each section begins with. Those of level 3
# stand last in each; chapters 10 and 17 are about things that are not here.
LEVELS_1_AND_2 = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1,
    "3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4,
    "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3, "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5,
    "6.6": 3, "6.8": 4, "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2, "8.1": 2,
    "8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3, "9.2": 4, "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4,
    "11.5": 1, "11.6": 1, "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1, "13.2": 5, "13.3": 2,
    "13.4": 5, "14.1": 2, "14.2": 4, "14.3": 3, "15.1": 3, "15.2": 3, "15.3": 7, "16.1": 1,
    "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3,
}  # fmt: skip


def test_every_requirement_is_answered_once() -> None:
    assert NOT_APPLICABLE
    answered = [name for name, _ in ROWS]
    answered += re.findall(r"\d+\.\d+\.\d+", NOT_APPLICABLE[0])
    asked = [
        f"{section}.{number}"
        for section, count in LEVELS_1_AND_2.items()
        for number in range(1, count + 1)
    ]
    assert sorted(answered) == sorted(asked)


@pytest.mark.parametrize(("requirement", "answer"), ROWS, ids=lambda part: part[:8])
def test_an_answer_names_a_test_that_exists_or_says_that_nothing_holds_it(
    requirement: str, answer: str
) -> None:
    tests = re.findall(r"`([\w/]+\.py)(?:::(\w+))?`", answer)
    assert tests or "**not held**" in answer or "](" in answer, requirement
    for file, name in tests:
        path = ROOT / "tests" / file
        assert path.exists(), f"{requirement}: {file}"
        tree = ast.parse(path.read_text())
        there = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        assert not name or name in there, f"{requirement}: {name}"
