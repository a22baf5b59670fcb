"""`hopthu verify`: the entries of one report, which have to fit together."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from hopthu.core.canonical import Json
from tests.record.checking.town import LAMP, SECRET, TREE, Town, check, wrong


def test_a_time_that_runs_backwards(town: Town) -> None:
    town.step("start", LAMP, after=-timedelta(days=2), untimed=True)
    town.publish()
    (said,) = wrong(town)
    assert said.startswith(f"report {LAMP}, step 3 (entry 5): its time, 2026-03-04T11:00:00Z, is")
    assert said.endswith("before 2026-03-06T08:00:00Z, of a step before")


def test_days_and_hours_are_compared_as_days(town: Town) -> None:
    town.step("recategorise", LAMP, private=True)
    town.step("recategorise", LAMP)
    town.publish()
    town.reports[LAMP].openings.clear()
    town.tell()
    said = wrong(town)
    assert all("is missing" in line for line in said)
    town.step("start", LAMP, private=True, after=-timedelta(days=1), untimed=True)
    town.publish()
    assert "its time, 2026-03-05, is before 2026-03-06T11:00:00Z" in wrong(town)[0]


def test_an_exact_time_that_runs_backwards_within_the_hour(town: Town) -> None:
    town.step("start", TREE, after=timedelta(minutes=10))
    town.step("ask", TREE, {"words.4": "?"}, after=-timedelta(minutes=5))
    town.publish()
    (said,) = wrong(town)
    assert said.startswith(f"report {TREE}: time.4, 2026-03-06T11:13:00.000000Z, is before 2026-")


def test_an_exact_time_that_is_of_another_hour_than_its_entry(town: Town) -> None:
    town.step("start", LAMP, {"time.3": "2026-03-06T09:00:00.000000Z"}, untimed=True)
    town.publish()
    (said,) = wrong(town)
    assert said.startswith(f"report {LAMP}: time.3, '2026-03-06T09:00:00.000000Z', is not within")


def test_two_entries_for_one_step(town: Town) -> None:
    town.reports[LAMP].seq = 1
    town.step("start", LAMP)
    town.publish()
    assert wrong(town)[0] == f"report {LAMP}: entry 5 is for step 2, and step 2 has been before"


@pytest.mark.parametrize(
    ("type_", "told"),
    [("answer", {}), ("redact", {}), ("redact", {"replaces": ["words.2"]}), ("relocate", {})],
)
def test_a_text_fixed_anew_by_a_step_that_may_not(
    town: Town, type_: str, told: Mapping[str, Json]
) -> None:
    values: dict[str, Json] = {"text": "Đèn sáng"}
    if told:
        values["words.2"] = "x"
    town.step(type_, LAMP, values, told=told)
    town.publish()
    assert wrong(town) == [
        f"report {LAMP}, step 3 (entry 5): {type_} fixes another value of text, which it may not"
    ]


def test_steps_that_may_fix_anew(town: Town) -> None:
    town.step("redact", LAMP, {"text": "Đèn ▇"}, told={"replaces": ["text"]})
    town.step("relocate", LAMP, {"place": {"lat": "10.78", "lon": "106.7"}})
    photo: dict[str, Json] = {"sha256": "0" * 64, "width": 1, "height": 1}
    town.step("photo.published", LAMP, {"photo.7": photo}, told={"photo": 7})
    town.step("photo.replaced", LAMP, {"photo.7": photo | {"width": 2}}, told={"photo": 7})
    town.publish()
    assert check(town.log.folder)[0] == 0


def test_words_of_another_step(town: Town) -> None:
    town.step("answer", LAMP, {"words.9": "Mai"})
    town.publish()
    assert "it fixes words.9, which belongs to another step" in wrong(town)[0]


def test_a_redaction_that_is_none(town: Town) -> None:
    town.step("redact", LAMP, told={"replaces": ["text"]})
    town.publish()
    assert "it says that it replaces text, and does not" in wrong(town)[0]


@pytest.mark.parametrize(("type_", "report"), [("answer", SECRET), ("received", LAMP)])
def test_a_report_begins_with_received_once(town: Town, type_: str, report: str) -> None:
    town.step(type_, report)
    town.publish()
    assert f"{type_}: a report begins with received, once" in wrong(town)[0]


def test_steps_in_another_order_than_the_log(town: Town) -> None:
    town.step("start", LAMP)
    town.step("ask", LAMP)
    town.log.entries[5:] = town.log.entries[:4:-1]
    town.publish()
    assert wrong(town)[:2] == [
        f"report {LAMP}: step 3 is missing before step 4 (entry 5)",
        f"report {LAMP}: entry 6 is for step 3, and step 4 has been before",
    ]
