"""What is written down between two letters: how one ended and that the next begins, at once."""

from collections import Counter

import pytest
from django.db import DatabaseError, connection, connections
from django.test.utils import CaptureQueriesContext

from hopthu.outbox.claiming import LEASE
from hopthu.outbox.models import Delivery
from hopthu.outbox.sending import deliver
from tests import makers
from tests.makers import MONDAY
from tests.outbox.mail_server import Post

ON_SQLITE = """
    CREATE TRIGGER stop BEFORE UPDATE ON outbox_delivery WHEN NEW.id = {pk} AND NEW.begun
    BEGIN SELECT RAISE(ABORT, 'no'); END
"""
ON_POSTGRES = """
    CREATE FUNCTION stop() RETURNS trigger AS 'BEGIN RAISE EXCEPTION ''no''; END' LANGUAGE plpgsql;
    CREATE TRIGGER stop BEFORE UPDATE ON outbox_delivery FOR EACH ROW
    WHEN (NEW.id = {pk} AND NEW.begun) EXECUTE FUNCTION stop()
"""


def execute(words: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(words)


def letters(count: int) -> list[Delivery]:
    for _ in range(count):
        makers.make_report(email="an@example.vn", language="vi")
    return list(Delivery.objects.order_by("id"))


def commits(statements: list[str]) -> int:
    """How often the database had to wait for the disk."""
    count, inside = 0, False
    for words in statements:
        first = words.split()[0]
        if first == "BEGIN":
            inside = True
        elif first == "COMMIT":
            count, inside = count + 1, False
        elif first in {"UPDATE", "INSERT", "DELETE"} and not inside:
            count += 1
    return count


@pytest.mark.django_db(transaction=True)
def test_a_letter_costs_one_wait_for_the_disk(post: Post) -> None:
    counts = []
    for number in (3, 13):
        letters(number)
        with CaptureQueriesContext(connection) as seen:
            assert deliver(MONDAY) == number
        counts.append(commits([one["sql"] for one in seen]))
    assert counts[1] - counts[0] == 10


@pytest.mark.django_db(transaction=True)
def test_never_is_there_more_than_one_letter_in_doubt(post: Post) -> None:
    """Whoever is killed leaves one letter behind of which nobody knows."""
    seen: list[Counter[tuple[str, bool]]] = []

    def look() -> None:
        seen.append(Counter(Delivery.objects.values_list("state", "begun")))
        connections.close_all()

    letters(3)
    post.on_arrival = look

    assert deliver(MONDAY) == 3

    assert [one["waiting", True] for one in seen] == [1, 1, 1]
    assert [one["sent", False] for one in seen] == [0, 1, 2]


@pytest.mark.django_db
def test_what_keeps_one_from_beginning_makes_nobody_forget_that_the_last_went_out(
    post: Post,
) -> None:
    first, second = letters(2)
    is_sqlite = connection.vendor == "sqlite"
    execute((ON_SQLITE if is_sqlite else ON_POSTGRES).format(pk=second.pk))

    with pytest.raises(DatabaseError):
        deliver(MONDAY)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state, second.attempts) == ("sent", "waiting", 0)
    execute("DROP TRIGGER stop" if is_sqlite else "DROP TRIGGER stop ON outbox_delivery")
    assert deliver(MONDAY + LEASE) == 1
    assert len(set(post.ids)) == len(post.ids) == 2
