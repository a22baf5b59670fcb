"""The most specific rule decides, in whatever order the rules stand."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopthu.core.routing import Rule, route

IN_ORDER = [
    Rule("category and area", category="lamp", area="ward-1"),
    Rule("category", category="lamp"),
    Rule("group and area", group="streets", area="ward-1"),
    Rule("group", group="streets"),
    Rule("area", area="ward-1"),
    Rule("fallback"),
]


@pytest.mark.parametrize(("first", "second"), list(combinations(IN_ORDER, 2)))
def test_the_more_specific_rule_decides(first: Rule, second: Rule) -> None:
    for rules in ([first, second], [second, first]):
        assert route(rules, category="lamp", group="streets", area="ward-1") == first.body


@given(st.permutations(IN_ORDER), st.integers(0, 5))
def test_the_order_of_the_rules_does_not_matter(rules: list[Rule], without: int) -> None:
    left = [rule for rule in rules if rule not in IN_ORDER[:without]]

    assert route(left, category="lamp", group="streets", area="ward-1") == IN_ORDER[without].body


def test_rules_for_other_categories_groups_and_areas_do_not_count() -> None:
    others = [
        Rule("a", category="drain"),
        Rule("b", group="water"),
        Rule("c", area="ward-2"),
        Rule("d", category="lamp", area="ward-2"),
        Rule("e", category="drain", area="ward-1"),
    ]

    assert route(others, category="lamp", group="streets", area="ward-1") is None
    assert route([*others, Rule("z")], category="lamp", group="streets", area="ward-1") == "z"


def test_a_report_without_a_place_is_nobody_s_area() -> None:
    assert route(IN_ORDER, category="lamp", group="streets", area=None) == "category"
    assert route(IN_ORDER, category="bench", group=None, area=None) == "fallback"


def test_of_two_rules_as_specific_as_each_other_the_first_decides() -> None:
    rules = [Rule("first", category="lamp"), Rule("second", category="lamp")]

    assert route(rules, category="lamp", group=None, area=None) == "first"


def test_a_city_without_rules_leaves_it_to_the_dispatcher() -> None:
    assert route([], category="lamp", group="streets", area="ward-1") is None
