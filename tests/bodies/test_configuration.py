"""Reading the city's set-up."""

from typing import Any

import pytest

from hopthu.bodies import actions
from hopthu.bodies.models import City
from hopthu.bodies.queries import NoCity, configuration, one_setup
from tests.makers import name

pytestmark = pytest.mark.django_db


def test_without_a_city_it_says_so(db: None) -> None:
    with pytest.raises(NoCity):
        configuration()


def test_a_change_is_seen_at_once(city: None) -> None:
    before = configuration()

    actions.put_area("east", name=name("Phường Mới"))

    assert str(before.areas["east"].name) == "Phường Đông"
    assert str(configuration().areas["east"].name) == "Phường Mới"


def test_what_did_not_change_is_not_loaded_again(
    city: None, django_assert_num_queries: Any
) -> None:
    first = configuration()

    with django_assert_num_queries(1):
        assert configuration() is first


def test_one_request_reads_it_once(city: None, django_assert_num_queries: Any) -> None:
    configuration()

    with one_setup(), django_assert_num_queries(1):
        assert configuration() is configuration()


def test_one_request_speaks_of_one_version(city: None) -> None:
    with one_setup():
        before = configuration()
        City.objects.update(version=before.version + 1)  # another process
        assert configuration() is before

    assert configuration().version == before.version + 1


def test_a_request_sees_its_own_changes(city: None) -> None:
    with one_setup():
        configuration()
        actions.put_body("works", name=name("Phòng Mới"))
        assert str(configuration().bodies["works"].name) == "Phòng Mới"
