"""The catalogues follow the sources, and a broken translation is found before a resident does."""

import gettext
from pathlib import Path

import pytest

from tools import messages

TEMPLATE = """{% load i18n %}
<h1>{% translate "Report a problem" %}</h1>
  {% if x %}
<p title='{% translate "It's yours" %}'>{% translate "May" context "month" %}</p>
 {% endif %}
{# Translators: shown under the map #}
{% blocktranslate trimmed with name=area.name count n=reports|length %}
  {{ n }} report in
  <b>{{ name }}</b>
{% plural %}
  {{ n }} reports in
  <b>{{ name }}</b>
{% endblocktranslate %}
{% include "a.html" with label=_("Send") %} 100% "quoted' (
"""

SOURCE = """
from django.utils.translation import gettext_lazy as _, ngettext, npgettext_lazy, pgettext

A = _("Hello, %(name)s")
B = ngettext("one day", "%(n)s days", 3)
C = pgettext("verb", "Open")
D = npgettext_lazy("time", "one hour", "%d hours")
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE)
    (tmp_path / "words.py").write_text(SOURCE)
    return tmp_path


def run(command: str, package: Path) -> int:
    return messages.main([command, "--package", str(package)])


def translate(package: Path, translations: dict[str, str]) -> None:
    for language in messages.LANGUAGES:
        path = messages.catalogue_path(package, language)
        catalogue = messages.read(path, language)
        for message in messages.texts(catalogue):
            text = messages.key_of(message)[0]
            string = translations.get(text, messages.words_of(message.id)[-1])
            message.string = (string,) if message.pluralizable else string
        path.write_bytes(messages.as_po(catalogue))


def test_texts_of_sources_and_templates_are_found(package: Path) -> None:
    found = {
        (messages.words_of(message.id), message.context)
        for message in messages.texts(messages.template_of(package))
    }
    assert found == {
        (("Report a problem",), None),
        (("It's yours",), None),
        (("May",), "month"),
        (("%(n)s report in <b>%(name)s</b>", "%(n)s reports in <b>%(name)s</b>"), None),
        (("Send",), None),
        (("Hello, %(name)s",), None),
        (("one day", "%(n)s days"), None),
        (("Open",), "verb"),
        (("one hour", "%d hours"), "time"),
    }


def test_vietnamese_and_khmer_have_one_plural_form(package: Path) -> None:
    run("extract", package)
    for language in messages.LANGUAGES:
        po = messages.catalogue_path(package, language).read_text()
        assert "nplurals=1; plural=0" in po
        assert "msgstr[1]" not in po


def test_a_second_extract_changes_nothing(package: Path) -> None:
    run("extract", package)
    translate(package, {})
    run("extract", package)
    before = messages.catalogue_path(package, "vi").read_bytes()
    run("extract", package)
    assert messages.catalogue_path(package, "vi").read_bytes() == before


def test_a_text_that_comes_back_has_its_translation_again(package: Path) -> None:
    run("extract", package)
    translate(package, {"Open": "Mở"})
    (package / "words.py").write_text(SOURCE.replace('C = pgettext("verb", "Open")', ""))
    run("extract", package)
    assert '#~ msgid "Open"' in messages.catalogue_path(package, "vi").read_text()
    assert run("check", package) == 0
    (package / "words.py").write_text(SOURCE)
    run("extract", package)
    assert run("check", package) == 0
    po = messages.catalogue_path(package, "vi").read_text()
    assert 'msgstr "Mở"' in po
    assert "#~" not in po


def test_compiled_texts_are_what_django_shows(package: Path) -> None:
    run("extract", package)
    translate(package, {"Open": "Mở", "one day": "%(n)s ngày"})
    run("compile", package)
    with messages.catalogue_path(package, "vi").with_suffix(".mo").open("rb") as file:
        shown = gettext.GNUTranslations(file)
    assert shown.pgettext("verb", "Open") == "Mở"
    assert shown.ngettext("one day", "%(n)s days", 1) == "%(n)s ngày"


def test_a_complete_catalogue_passes(package: Path) -> None:
    run("extract", package)
    translate(package, {})
    assert run("check", package) == 0


@pytest.mark.parametrize(
    ("text", "translation", "complaint"),
    [
        ("Hello, %(name)s", "", "no translation"),
        ("Hello, %(name)s", "Chào %(nam)s", "placeholders differ"),
        ("Hello, %(name)s", "Chào", "placeholders differ"),
        ("one day", "vài ngày", "placeholders differ"),
        ("%(n)s report in <b>%(name)s</b>", "%(n)s ở <i>%(name)s</i>", "placeholders differ"),
    ],
)
def test_a_broken_translation_fails(
    package: Path,
    capsys: pytest.CaptureFixture[str],
    text: str,
    translation: str,
    complaint: str,
) -> None:
    run("extract", package)
    translate(package, {text: translation})
    assert run("check", package) == 1
    shown = capsys.readouterr().err
    assert f"vi: {complaint}" in shown
    assert f"km: {complaint}" in shown


def test_a_new_text_and_a_stale_one_fail(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("extract", package)
    translate(package, {})
    (package / "words.py").write_text(SOURCE.replace("Open", "Close"))
    assert run("check", package) == 1
    shown = capsys.readouterr().err
    assert "vi: not in the catalogue: 'Close' (words.py)" in shown
    assert "vi: no longer in the sources: 'Open'" in shown


def test_a_fuzzy_translation_fails(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("extract", package)
    translate(package, {})
    path = messages.catalogue_path(package, "km")
    path.write_text(path.read_text().replace('msgctxt "verb"', '#, fuzzy\nmsgctxt "verb"'))
    assert run("check", package) == 1
    assert "km: marked fuzzy: 'Open'" in capsys.readouterr().err
