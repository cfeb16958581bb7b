"""The citizen's form: only the text is asked for; whatever else is sent must be one of its choices."""

from types import SimpleNamespace

import pytest

from forms.suggestion import LONGEST, SHORTEST, SuggestionForm

TEXT = "Selokan di depan pasar mampet"
GROUPS = [SimpleNamespace(label="Rob dan bencana", topics=[SimpleNamespace(slug="rob-dan-banjir", label="Rob")])]
AREAS = [SimpleNamespace(code="tirto", name="Tirto")]


@pytest.fixture
def suggest(filled):
    return lambda **typed: filled(SuggestionForm, (GROUPS, AREAS), **typed)


def test_the_text_alone_is_enough(suggest):
    form = suggest(text=TEXT)
    assert form.validate(), form.errors


def test_everything_can_be_said(suggest):
    form = suggest(text=TEXT, topic="rob-dan-banjir", condition="1", importance="4", kelurahan="tirto")
    assert form.validate(), form.errors


@pytest.mark.parametrize("place", ["", "kota", "luar"])
def test_a_place_may_be_none_the_city_or_outside(suggest, place):
    assert suggest(text=TEXT, kelurahan=place).validate()


@pytest.mark.parametrize("text", ["", "   \n\t ", "a" * (SHORTEST - 1), "a" * (LONGEST + 1)])
def test_a_text_that_is_too_short_or_too_long_is_refused_and_kept(suggest, text):
    form = suggest(text=text)
    assert not form.validate() and list(form.errors) == ["text"] and form.text.data == text


@pytest.mark.parametrize("text", ["a" * SHORTEST, "é" * LONGEST, "a\r\n" * (LONGEST // 2), f"  {'a' * LONGEST}  "])
def test_characters_are_counted_without_the_spaces_around_and_a_line_break_as_one(suggest, text):
    assert suggest(text=text).validate()


@pytest.mark.parametrize("name", ["topic", "condition", "importance", "kelurahan"])
def test_an_unknown_choice_is_told_in_the_readers_language(suggest, name):
    form = suggest(text=TEXT, **{name: "sembilan"})
    assert not form.validate()
    assert [str(message) for message in form.errors[name]] == [
        "Pilihan ini tidak kami kenal. Pilih satu dari daftarnya."
    ]


def test_an_error_is_announced_as_galat_and_tied_to_its_field(suggest):
    form = suggest(text="")
    form.validate()
    html = form.text()
    assert 'class="govuk-visually-hidden">Galat:' in html and "Error" not in html
    assert 'aria-describedby="text-hint text-error"' in html


def test_scales_have_a_legend_and_no_empty_hint(suggest):
    html = suggest(text=TEXT).condition()
    assert "govuk-fieldset__legend" in html and "Menurut Anda keadaannya sekarang?" in html
    assert "govuk-hint" not in html and html.count('type="radio"') == 5
