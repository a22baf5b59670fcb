"""`hopthu verify`: what the city tells of its reports, against what the log fixed."""

import json
from typing import Any

import pytest

from hopthu.core.canonical import Json
from tests.record.checking.town import LAMP, SECRET, TREE, Town, check, wrong


def test_a_text_edited_in_the_database(town: Town) -> None:
    opening = town.reports[LAMP].openings["text"]
    town.reports[LAMP].openings["text"] = type(opening)("Đèn sáng", opening.salt)
    town.tell()
    assert wrong(town) == [f"report {LAMP}: text is not what the log fixed"]


def test_a_report_deleted_in_the_database(town: Town) -> None:
    del town.reports[TREE]
    town.tell()
    assert wrong(town) == [f"report {TREE}: it is in the log and not in values.ndjson"]


def test_a_step_deleted_in_the_database(town: Town) -> None:
    town.reports[TREE].seq = 1
    town.forget(TREE, "time.2")
    town.tell()
    assert wrong(town) == [
        f"report {TREE}: values.ndjson ends at step 1, and the log knows of step 2"
    ]


def test_a_value_that_is_missing_or_was_never_fixed(town: Town) -> None:
    told = town.reports[LAMP].openings
    told["photo.3"] = told.pop("text")
    town.tell()
    assert wrong(town) == [
        f"report {LAMP}: text is missing, and no entry says why",
        f"report {LAMP}: photo.3 is told, and the log never fixed it",
    ]


@pytest.mark.parametrize("reason", ["private", "hidden", "withdrawn"])
def test_a_report_of_which_nothing_need_be_told(town: Town, reason: str) -> None:
    town.step("received", SECRET, {"text": "…"}, private=reason == "private")
    if reason == "hidden":
        town.step("hide", SECRET, told={"reason": "personal_data"})
    if reason == "withdrawn":
        town.step("withdraw", SECRET, status="withdrawn")
    town.reports[SECRET].openings.clear()
    town.publish()
    status, said = check(town.log.folder)
    assert status == 0
    assert any(" 0 erased" in line and " 0 withheld" not in line for line in said)


def test_a_report_that_is_shown_again_is_told_again(town: Town) -> None:
    town.step("hide", LAMP, told={"reason": "personal_data"})
    town.step("show", LAMP)
    town.forget(LAMP, "text")
    town.publish()
    assert wrong(town) == [f"report {LAMP}: text is missing, and no entry says why"]


def test_a_photo_that_is_withheld_and_answers_for_the_body_alone(town: Town) -> None:
    photo: dict[str, Json] = {"sha256": "0" * 64, "width": 1, "height": 1}
    town.step("photo.published", LAMP, {"photo.7": photo}, told={"photo": 7})
    town.step("photo.withheld", LAMP, told={"photo": 7, "reason": "face"})
    town.step("recategorise", LAMP, {"answers_withheld": {"door": "12"}})
    town.forget(LAMP, "photo.7", "answers_withheld")
    town.publish()
    assert check(town.log.folder)[0] == 0


def test_an_erasure(town: Town) -> None:
    town.step("erasure", LAMP, told={"erased": ["place", "text"]})
    town.forget(LAMP, "text", "place")
    town.publish()
    assert any("2 erased" in line for line in check(town.log.folder)[1])
    town.forget(LAMP, "words.2")
    town.tell()
    assert wrong(town) == [f"report {LAMP}: words.2 is missing, and no entry says why"]


def test_what_was_erased_is_not_told(town: Town) -> None:
    town.step("erasure", LAMP, told={"erased": ["text"]})
    town.publish()
    assert wrong(town) == [f"report {LAMP}: text is still told, and the log says it was erased"]


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'{"report":1,"seq":1,"values":{}}',
        b'{"report":"\\ud800","seq":1,"values":{}}',
        b'{"report":"7KQ2M9XD","seq":2,"values":{"text":"Den"}}',
        b'{"report":"7KQ2M9XD","seq":2,"values":{"text":{"value":1}}}',
        b'{"report":"7KQ2M9XD","seq":2,"values":{"text":{"salt":"AA==","value":1}}}',
        b'{"report":"7KQ2M9XD","seq":2,"values":{"text":{"salt":1,"value":1}}}',
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_a_line_that_tells_no_values(town: Town, line: bytes) -> None:
    town.write_values((town.log.folder / "values.ndjson").read_bytes() + line + b"\n")
    assert wrong(town) == ["values.ndjson, line 3: not the values of a report"]


def test_a_report_told_twice(town: Town) -> None:
    town.write_values((town.log.folder / "values.ndjson").read_bytes() * 2)
    assert wrong(town)[0] == f"values.ndjson, line 3: report {LAMP} once more"


def test_values_that_are_not_there(town: Town, served: str) -> None:
    (town.log.folder / "values.ndjson").unlink()
    status, said = check(town.log.folder)
    assert status == 0
    assert said[-2] == "Values: not checked, for values.ndjson is not in the folder"
    assert check(served) == (1, ["values.ndjson: is not there (HTTP 404)"])
    assert check(served, values=False)[0] == 0


def test_values_that_name_an_escape_do_not_reach_the_terminal(town: Town) -> None:
    line = town.reports[LAMP].line(LAMP)
    line["values"]["\x1b[31m\ud800"] = line["values"]["text"]
    town.write_values(json.dumps(line).encode() + b"\n")
    said = wrong(town)
    assert said[0] == f"report {LAMP}: �[31m� is told, and the log never fixed it"


@pytest.mark.parametrize(
    ("name", "shown", "says"),
    [
        ("status", "resolved", 'status is shown as "resolved", and is "in_progress"'),
        ("category", None, 'category is shown as nothing, and is "street-light"'),
        ("area", ["ward-3"], 'area is shown as ["ward-3"], and is "ward-3"'),
        ("fame", 1, "fame is shown as 1, and is nothing"),
        ("steps", [], "0 steps are shown, and there are 2"),
        ("steps", "none", "its steps are not shown"),
        ("steps", [{"type": "received"}], 'step 1 is shown as {"type": "received"}, and is '),
    ],
)
def test_what_is_shown_is_what_the_entries_say(
    town: Town, name: str, shown: Any, says: str
) -> None:
    town.reports[TREE].shown[name] = shown
    town.tell()
    (said,) = wrong(town)
    assert said.startswith(f"report {TREE}: {says}")


def test_what_is_shown_has_to_be_told(town: Town) -> None:
    lines = (town.log.folder / "values.ndjson").read_text().splitlines()
    told = json.loads(lines[0])
    del told["shown"]
    town.write_values(f"{json.dumps(told)}\n{lines[1]}\n".encode())
    assert wrong(town)[0] == "values.ndjson, line 1: not the values of a report"


@pytest.mark.parametrize("depth", range(900, 1000, 3))
def test_however_deep_something_is_there_is_a_verdict(town: Town, depth: int) -> None:
    deep = "[" * depth + "]" * depth
    said = {
        "actor": "x", "commitments": {}, "report": "DEEP0001", "seq": 1, "status": "deep",
        "time": "2026-03-06T08:00:00Z", "type": "received", "v": 1,
    }  # fmt: skip
    town.log.add(json.dumps(said, separators=(",", ":")).replace('"deep"', deep).encode())
    town.log.publish()
    text = (town.log.folder / "values.ndjson").read_text()
    town.write_values(text.replace('"in_progress"', deep, 1).encode())
    assert wrong(town)
