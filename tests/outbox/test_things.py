"""What can be followed, as one word."""

import pytest

from hopthu.outbox.following.things import NoThing, Thing, things_of


@pytest.mark.parametrize(
    ("thing", "key"),
    [
        (Thing(number="7KQ2M9XD"), "report:7KQ2M9XD"),
        (Thing(area="east"), "area:east"),
        (Thing(category="lamp"), "category:lamp"),
        (Thing(area="east", category="lamp"), "area:east+category:lamp"),
    ],
)
def test_it_is_written_and_read(thing: Thing, key: str) -> None:
    assert thing.key == key
    assert Thing.parse(key) == thing


@pytest.mark.parametrize("key", ["", "report:", "staff:an", "report:7KQ2M9XD+area:east", "east"])
def test_nothing_else_is_a_thing(key: str) -> None:
    with pytest.raises(NoThing):
        Thing.parse(key)


def test_a_report_without_an_area_belongs_to_its_category_alone() -> None:
    keys = [thing.key for thing in things_of("7KQ2M9XD", area=None, category="papers")]
    assert keys == ["report:7KQ2M9XD", "category:papers"]
