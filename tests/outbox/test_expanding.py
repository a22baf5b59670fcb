"""From one piece of news to a letter for everybody who follows the thing."""

from datetime import timedelta
from uuid import uuid4

import pytest

from hopthu.outbox.claiming import claim
from hopthu.outbox.following import expanding
from hopthu.outbox.following.expanding import expand
from hopthu.outbox.models import Delivery, News, Subscription
from tests import makers
from tests.followers import BEFORE, EAST
from tests.makers import MONDAY
from tests.together import together


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expanding, "BATCH", 10)


def follow_many(count: int, **different: object) -> None:
    Subscription.objects.bulk_create(
        Subscription(
            **{
                "token": uuid4(),
                "thing": EAST.key,
                "often": "now",
                "sealed": b"",
                "asked_at": BEFORE,
                "confirmed_at": BEFORE,
                **different,
            }
        )
        for _ in range(count)
    )


def news(**different: object) -> News:
    values = {"thing": EAST.key, "often": "now", "number": "7KQ2M9XD", "seq": 2, "at": MONDAY}
    return News.objects.create(**values | different)


def no_rest(_seconds: float) -> bool:
    return False


@pytest.mark.django_db
class TestOne:
    def test_each_gets_one_letter_and_nobody_else_any(self) -> None:
        follow_many(25)
        follow_many(1, often="daily")
        follow_many(1, thing="area:west")
        follow_many(1, confirmed_at=None)
        follow_many(1, confirmed_at=MONDAY + timedelta(seconds=1))
        news()

        assert expand(MONDAY, rest=no_rest) == 25
        assert expand(MONDAY, rest=no_rest) == 0

        whom = Delivery.objects.values_list("subscription_id", flat=True)
        assert len(set(whom)) == len(whom) == 25
        assert set(Delivery.objects.values_list("topic", "number", "seq")) == {
            ("news", "7KQ2M9XD", 2)
        }

    def test_a_full_last_batch_ends_too(self) -> None:
        follow_many(20)
        news()
        assert expand(MONDAY, rest=no_rest) == 20
        assert News.objects.get().told

    def test_it_rests_after_each_batch_as_long_as_that_took(self) -> None:
        follow_many(25)
        news()
        rests: list[float] = []
        expand(MONDAY, rest=rests.append)
        assert len(rests) == 3
        assert min(rests) > 0

    def test_told_to_stop_it_goes_on_from_there_later(self) -> None:
        follow_many(25)
        news()
        assert expand(MONDAY, rest=lambda _seconds: True) == 10
        assert expand(MONDAY, rest=no_rest) == 15

    def test_cut_short_in_a_batch_it_makes_that_batch_again_and_nothing_twice(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        follow_many(25)
        news()

        def cut(*_: object, **__: object) -> None:
            raise RuntimeError("the power went")

        expand(MONDAY, rest=lambda _seconds: True)
        with monkeypatch.context() as broken:
            broken.setattr(expanding, "_write", cut)
            with pytest.raises(RuntimeError):
                expand(MONDAY, rest=no_rest)
        assert expand(MONDAY, rest=no_rest) == 15
        assert Delivery.objects.count() == 25

    @pytest.mark.usefixtures("sealing")
    def test_a_sender_waits_behind_no_followers(self) -> None:
        follow_many(25)
        news()
        expand(MONDAY, rest=no_rest)
        makers.make_report(email="an@example.vn", language="en", at=MONDAY + timedelta(hours=1))
        first = claim(uuid4(), at=MONDAY + timedelta(hours=2), limit=1)[0]
        assert first.contact is not None


@pytest.mark.django_db(transaction=True)
def test_three_workers_at_once_make_each_letter_once() -> None:
    follow_many(95)
    news()
    news(seq=3)

    faults = together(*[lambda: expand(MONDAY, rest=no_rest)] * 3)

    assert faults == []
    assert Delivery.objects.count() == 190
    assert not News.objects.filter(told=False).exists()
