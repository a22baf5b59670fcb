"""The tags that every template may use."""

from datetime import UTC, date, datetime

from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from hopthu.web.icons import ICONS, shapes


def rendered(template: str, **context: object) -> str:
    with translation.override("en"):
        return Template(template).render(Context(context))


def test_an_icon_says_nothing_to_those_who_listen() -> None:
    assert 'aria-hidden="true"' in rendered('{% icon "drain" %}')


def test_an_icon_that_a_city_made_up_becomes_a_sheet_of_paper() -> None:
    assert shapes("no-such-icon") == ICONS["paper"]
    assert "<script>" not in rendered("{% icon name %}", name="<script>")


def test_a_status_is_told_in_words_not_in_colour_alone() -> None:
    assert "Answered" in rendered('{% status_tag "resolved" "answered" %}')


def test_a_panel_holds_what_the_template_says_and_escapes_its_title() -> None:
    panel = rendered('{% panel "warning" title=title %}<p>Call.</p>{% endpanel %}', title="<b>")

    assert "<p>Call.</p>" in panel
    assert "&lt;b&gt;" in panel


def test_numbers_and_days_are_written_for_people_and_for_machines() -> None:
    assert rendered("{{ n|report_number }}", n="7KQ2M9XD") == "7KQ2-M9XD"
    moment = datetime(2026, 11, 16, 2, 5, tzinfo=UTC)
    assert rendered("{{ at|when }}", at=moment) == (
        '<time datetime="2026-11-16T09:05+07:00">16 November 2026 at 09:05</time>'
    )
    assert rendered("{{ at|day }}", at=moment) == (
        '<time datetime="2026-11-16">16 November 2026</time>'
    )
    assert "16 November 2026" in rendered("{{ at|day }}", at=date(2026, 11, 16))


def test_a_list_can_be_turned_over_with_its_filters_kept() -> None:
    request = RequestFactory().get("/reports?q=a&before=1-1")

    assert rendered('{% here before="2-2" %}', request=request) == "?q=a&amp;before=2-2"
    assert rendered('{% here before="" %}', request=request) == "?q=a"


def test_a_language_link_leads_back_to_this_page() -> None:
    request = RequestFactory().get("/reports?q=a b")

    assert rendered('{% language_url "km" %}', request=request) == (
        "/language/km?next=%2Freports%3Fq%3Da%2520b"
    )
