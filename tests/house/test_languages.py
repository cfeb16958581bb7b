"""Every sentence stands in both languages, is compiled as it is written, and can be seen by a translator."""

import inspect
import re
import subprocess
import sys
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from models import vocabulary
from portal.languages import DOORS_OF, OFFERED
from tests.conftest import CHECKOUT
from tests.house import citizens, untranslated
from tools import bootstrap

FOLDER = CHECKOUT / "translations"
CATALOGUES = sorted(FOLDER.glob("*/LC_MESSAGES/*.po"))
OURS = sorted(FOLDER.glob("*/LC_MESSAGES/messages.po"))
WHOLE = [path for path in OURS if path.parent.parent.name not in DOORS_OF]
JAVANESE = FOLDER / "jv/LC_MESSAGES/messages.po"
TEMPLATES = sorted([*(CHECKOUT / "templates").rglob("*.html"), *(CHECKOUT / "templates").rglob("*.txt")])
MODULES = sorted([*(CHECKOUT / "forms").rglob("*.py"), *(CHECKOUT / "portal").rglob("*.py")])
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")


def within(path: Path) -> str:
    return str(path.relative_to(CHECKOUT))


def catalogue(path: Path, **options) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, **options)


def key(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple) else message.id


def forms(text: str | tuple[str, ...] | list[str]) -> list[str]:
    """A sentence, or its singular and plural."""
    return [text] if isinstance(text, str) else list(text)


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def gaps(wanted: Catalog, found: Catalog) -> list[str]:
    """What a catalogue lacks or has too much, measured by the template it belongs to; empty when it is complete."""
    problems = [f"obsolete: {name}" for name in found.obsolete]
    problems += [f"not in the sources: {key(m)}" for m in found if m.id and m.id not in wanted]
    for message in wanted:
        mine = found.get(message.id)
        if message.id and (mine is None or not all(forms(mine.string)) or not forms(mine.string)):
            problems.append(f"not translated: {key(message)}")
        elif message.id and mine.fuzzy:
            problems.append(f"fuzzy: {key(message)}")
        elif message.id and placeholders(forms(mine.string)[-1]) != placeholders(forms(message.id)[-1]):
            problems.append(f"other placeholders: {key(message)}")
    return problems


@pytest.fixture(scope="session")
def sentences(tmp_path_factory) -> Catalog:
    """Every sentence of the site, gathered as `make translations` does."""
    template = tmp_path_factory.mktemp("sentences") / "messages.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", *bootstrap.extraction(template)[1:]]
    subprocess.run(command, cwd=CHECKOUT, check=True, timeout=60)
    return catalogue(template)


@pytest.mark.parametrize("path", WHOLE, ids=within)
def test_every_sentence_of_the_site_is_translated(path, sentences):
    assert gaps(sentences, catalogue(path)) == [], "run `make translations`, then translate what is empty"


def test_every_sentence_on_a_citizens_path_is_javanese_too(sentences):
    wanted, found = citizens.met_by_citizens(sentences), catalogue(JAVANESE)
    assert len([m for m in wanted if m.id]) > 200
    assert gaps(wanted, citizens.alone(found, wanted)) == [], "translate what is empty in translations/jv"
    assert [key(m) for m in found if m.id and m.id not in sentences] == list(found.obsolete) == []


def test_a_sentence_beside_a_citizens_path_may_wait_and_one_on_it_may_not():
    wanted, found = Catalog(), Catalog(locale="jv")
    wanted.add("Kirim", locations=[("templates/citizen/suggest.html", 1)])
    wanted.add("Saring", locations=[("templates/staff/voices.html", 1)])
    met = citizens.met_by_citizens(wanted)
    assert gaps(met, citizens.alone(found, met)) == ["not translated: Kirim"]
    found.add("Kirim", "Kirim")
    assert gaps(met, citizens.alone(found, met)) == []


@pytest.mark.parametrize("lang", ["id", "jv"])
def test_the_messages_of_the_form_library_are_said_in_a_language_of_this_place(lang):
    spec = find_spec("wtforms")
    template = Path(spec.submodule_search_locations[0]).parent / bootstrap.LIBRARIES["wtforms"]
    assert gaps(catalogue(template), catalogue(FOLDER / f"{lang}/LC_MESSAGES/wtforms.po")) == []


@pytest.mark.parametrize("domain", bootstrap.LIBRARIES)
def test_every_message_of_a_library_is_indonesian_too(domain):
    spec = find_spec(domain)
    template = Path(spec.submodule_search_locations[0]).parent / bootstrap.LIBRARIES[domain]
    assert gaps(catalogue(template), catalogue(FOLDER / f"id/LC_MESSAGES/{domain}.po")) == []


def planted() -> tuple[Catalog, Catalog]:
    """A template of one sentence, and a catalogue that translates it."""
    wanted, found = Catalog(), Catalog(locale="en")
    wanted.add("Tempat %(n)s")
    found.add("Tempat %(n)s", "Place %(n)s")
    return wanted, found


def test_a_complete_catalogue_has_no_gaps():
    assert gaps(*planted()) == []


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda wanted, found: wanted.add("Baru"), "not translated: Baru"),
        (lambda wanted, found: found.add("Lama", "Old"), "not in the sources: Lama"),
        (lambda wanted, found: found.obsolete.update({"Lama": Message("Lama", "Old")}), "obsolete: Lama"),
        (lambda wanted, found: found["Tempat %(n)s"].flags.add("fuzzy"), "fuzzy: Tempat %(n)s"),
        (lambda wanted, found: setattr(found["Tempat %(n)s"], "string", ""), "not translated: Tempat %(n)s"),
        (lambda wanted, found: setattr(found["Tempat %(n)s"], "string", "%(m)s"), "other placeholders: Tempat %(n)s"),
    ],
    ids=["missing", "left over", "obsolete", "fuzzy", "empty", "placeholders"],
)
def test_an_incomplete_catalogue_is_told_by_the_sentence(spoil, problem):
    wanted, found = planted()
    spoil(wanted, found)
    assert gaps(wanted, found) == [problem]


def spoken(found: Catalog) -> dict:
    """What a catalogue says, and how it counts; without its dates and the version of the compiler.

    The compiler writes the source where a plural has no translation, so a plural that says the same is left out.
    """
    said = {tuple(forms(m.id)): tuple(forms(m.string)) for m in found if m.id and all(forms(m.string))}
    other = {key: spoken for key, spoken in said.items() if len(key) == 1 or not set(spoken) <= set(key)}
    return other | {"": (found.num_plurals, found.plural_expr)}


@pytest.mark.parametrize("path", CATALOGUES, ids=within)
def test_what_is_compiled_is_what_is_written(path):
    with path.with_suffix(".mo").open("rb") as file:
        assert spoken(read_mo(file)) == spoken(catalogue(path)), "run `make translations`"


def test_every_compiled_catalogue_has_its_source():
    assert sorted(FOLDER.rglob("*.mo")) == [path.with_suffix(".mo") for path in CATALOGUES]
    assert not list(FOLDER.rglob("*.pot"))


def test_every_language_that_is_offered_has_its_catalogue_and_no_other_has_one():
    assert {path.parent.parent.name for path in OURS} | {"id"} == set(OFFERED)


@pytest.mark.parametrize("path", CATALOGUES, ids=within)
def test_a_catalogue_has_no_line_numbers(path):
    assert not re.search(r"^#: .*:\d", path.read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("path", TEMPLATES, ids=within)
def test_a_template_says_nothing_that_cannot_be_translated(path):
    assert untranslated.in_template(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "<p>Halo warga</p>",
        "<p>{{ name }} kiriman</p>",
        '<nav aria-label="Utama"></nav>',
        '<img alt="Peta kota">',
        '<input placeholder="Tulis di sini">',
        '<input type="submit" value="Kirim">',
        "{{ 'Kirim' }}",
        "{{ 'Ya' if is_open else _('Tidak') }}",
        '{{ govukButton({"text": "Kirim"}) }}',
        '{{ govukTable({"caption": "<b>Daftar tema</b>"}) }}',
        "{% if a %}Ada{% endif %}",
        "{% block facts %} title='Ada'{% endblock %}",
    ],
)
def test_bare_words_in_a_template_are_found(source):
    assert len(untranslated.in_template(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "<p>{{ _('Halo warga') }}</p>",
        "{# Halo warga #}<p class='lead'>{{ name }} · 12 %</p>",
        '<input type="hidden" value="kirim">',
        "<a href=\"{{ url_for('public.home') }}\" hreflang='en'>{{ 'n' if a == 'tema' else ', ' }}</a>",
        '{{ govukButton({"text": _("Kirim"), "classes": "alt s"}) }}',
        "{% block main_class %} class='home'{% endblock %}{% block width %}narrow{% endblock %}",
        "<b>18.42 WIB</b><i>PIN</i>",
    ],
)
def test_wrapped_words_names_and_code_in_a_template_are_left_alone(source):
    assert untranslated.in_template(source) == []


@pytest.mark.parametrize("path", MODULES, ids=within)
def test_a_form_or_a_door_says_nothing_that_cannot_be_translated(path):
    assert untranslated.in_python(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        'StringField("Nama tema")',
        'StringField(_l("Nama"), description="Paling banyak 80 huruf")',
        'Length(3, 80, "Terlalu panjang")',
        'InputRequired(message="Tulis dulu")',
        'Regexp("[a-z]+", 0, "Hanya huruf")',
        'raise ValidationError(f"Tulis {n} huruf")',
        'SelectChoice("1", "Buruk")',
        'RadioField(_l("Pilih"), choices=[("a", "Setuju")])',
        'flash("Sudah tersimpan")',
        'abort(404, "Tidak ada")',
        'form.name.errors = ["Nama sudah dipakai"]',
        'form.name.errors.append("Nama sudah dipakai")',
        'render_template("a.html", error_title="Belum terkirim")',
    ],
)
def test_bare_words_in_a_form_or_a_door_are_found(source):
    assert len(untranslated.in_python(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        'StringField(_l("Nama tema"), description=_l("Paling banyak"), name="nama")',
        'Length(3, 80, _l("Terlalu panjang"))',
        'Regexp("[a-z]+", 0, _l("Hanya huruf"))',
        'EqualTo("password", _l("Tidak sama"))',
        'SelectChoice("buruk", _l("Buruk"))',
        'form.name.errors = [_("Nama sudah dipakai")]',
        'render_template("citizen/suggest.html", error_title=None)',
        'log.error("fault at %s", request.endpoint)',
    ],
)
def test_wrapped_words_and_code_in_a_form_or_a_door_are_left_alone(source):
    assert untranslated.in_python(source) == []


def words_of_the_procedure() -> list[StrEnum]:
    kinds = [kind for _, kind in inspect.getmembers(vocabulary, inspect.isclass) if issubclass(kind, StrEnum)]
    return [member for kind in kinds for member in kind]


def test_every_word_of_the_procedure_has_a_label():
    assert len(words_of_the_procedure()) > 20
    assert [member for member in words_of_the_procedure() if member not in vocabulary.LABELS] == []


@pytest.mark.parametrize("name", ["LABELS", "STANCES", "LANGUAGES"])
def test_every_label_stands_in_both_languages(name):
    labels = getattr(vocabulary, name)
    assert labels and all(len(pair) == 2 and all(text.strip() for text in pair) for pair in labels.values())


MET = ("Group", "Visibility", "Experience", "Gender", "AgeBand", "Purpose", "RequestKind", "SubmissionState")


@pytest.mark.parametrize("kind", MET)
def test_every_word_that_a_citizen_meets_has_a_javanese_label(kind):
    assert [word for word in getattr(vocabulary, kind) if not vocabulary.JAVANESE.get(word, "").strip()] == []
