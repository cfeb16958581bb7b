"""The citizen's form: only the text is asked for; whatever else is sent must be one of its choices."""

from types import SimpleNamespace

import pytest

from forms.suggestion import LONGEST, SHORTEST, SuggestionForm

TEXT = "Selokan di depan pasar mampet"
GROUPS = [SimpleNamespace(label="Rob dan bencana", topics=[SimpleNamespace(slug="rob-dan-banjir", label="Rob")])]
AREAS = [SimpleNamespace(code="tirto", name="Tirto")]
TERMS = {
    "affected": [SimpleNamespace(code="fishers", label="Nelayan")],
    "constituency": [SimpleNamespace(code="elderly", label="Lansia")],
}
WORDINGS = {purpose: SimpleNamespace(text=f"Setuju {purpose}") for purpose in ("text", "news", "name")}


@pytest.fixture
def suggest(filled):
    return lambda **typed: filled(SuggestionForm, (GROUPS, AREAS, TERMS, WORDINGS), **typed)


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


OPTIONAL = ["topic", "condition", "importance", "kelurahan", "visibility", "experience", "age_band", "gender"]


@pytest.mark.parametrize("name", [*OPTIONAL, "affected", "constituencies", "purposes"])
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


def test_everything_optional_may_be_left_out_and_no_name_is_asked_for(suggest):
    form = suggest(text=TEXT)
    assert form.validate()
    assert form.visibility.data == "unnamed" and not form.purposes.data
    assert "checked" not in form.purposes()


def test_everything_optional_can_be_said(suggest):
    form = suggest(
        text=TEXT,
        topic="lainnya",
        affected="fishers",
        constituencies="elderly",
        experience="own",
        age_band="41_59",
        gender="woman",
        visibility="team",
    )
    assert form.validate(), form.errors


GOOD = [
    {"phone": "0812-0000-0000", "purposes": "news"},
    {"phone": "+62 812 0000 0000", "purposes": "news"},
    {"email": "nama@contoh.invalid", "purposes": "news", "name": "Warga"},
    {"name": "Warga", "purposes": "name", "visibility": "named"},
    {"phone": "bukan nomor", "name": "Anak", "age_band": "under_18"},
]


@pytest.mark.parametrize("typed", GOOD, ids=str)
def test_a_contact_with_its_consent_is_taken(suggest, typed):
    form = suggest(text=TEXT, **typed)
    assert form.validate(), form.errors


BAD = [
    ({"phone": "0812-0000-0000"}, "purposes", "Kabari saya"),
    ({"email": "nama@contoh.invalid", "purposes": "name"}, "purposes", "Kabari saya"),
    ({"purposes": "news"}, "purposes", "Tulis nomor HP atau e-mail"),
    ({"name": "Warga"}, "purposes", "Centang persetujuan"),
    ({"visibility": "named", "purposes": "name"}, "name", "Tulis nama"),
    ({"visibility": "named", "name": "Warga"}, "purposes", "Boleh tampilkan nama saya"),
    ({"phone": "hubungi saya", "purposes": "news"}, "phone", "tidak terbaca"),
    ({"phone": "0812", "purposes": "news"}, "phone", "tidak terbaca"),
    ({"phone": "0" * 31, "purposes": "news"}, "phone", "31 huruf"),
    ({"email": "nama", "purposes": "news"}, "email", "tidak terbaca"),
    ({"email": "a@b.id\nBcc: c@d.id", "purposes": "news"}, "email", "tidak terbaca"),
    ({"email": "a@b.id, c@d.id", "purposes": "news"}, "email", "tidak terbaca"),
    ({"email": "a@" + "b" * 260 + ".id", "purposes": "news"}, "email", "huruf"),
    ({"name": "x" * 121, "purposes": "name"}, "name", "121 huruf"),
]


@pytest.mark.parametrize(("typed", "field", "said"), BAD, ids=lambda value: str(value)[:40])
def test_a_contact_without_its_consent_or_that_cannot_be_read_is_told_beside_its_field(suggest, typed, field, said):
    form = suggest(text=TEXT, **typed)
    assert not form.validate()
    assert said in " ".join(str(message) for message in form.errors[field])
