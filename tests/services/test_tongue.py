"""Services answer in the reader's language, and in Indonesian where a language has no words yet."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from sqlalchemy import select

from models import Dimension
from models.vocabulary import Gender, Group, RunState
from services import tongue


@pytest.fixture
def english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue of our own in place of the site's, so that no other change to it matters here."""
    messages = Catalog(locale="en")
    messages.add("Tempat %(low)s–%(high)s", "Places %(low)s to %(high)s")
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "messages.mo").open("wb") as file:
        write_mo(file, messages)
    loaded = tongue.catalogue("en", tmp_path)
    monkeypatch.setattr(tongue, "catalogue", lambda lang: loaded)


def test_a_message_is_said_in_the_language_asked_for(english):
    assert tongue.say("en", "Tempat %(low)s–%(high)s", low=1, high=3) == "Places 1 to 3"
    assert tongue.say("id", "Tempat %(low)s–%(high)s", low=1, high=3) == "Tempat 1–3"


def test_an_unknown_message_stays_indonesian(english):
    assert tongue.say("en", "Belum ada terjemahannya") == "Belum ada terjemahannya"


@pytest.mark.parametrize("lang", ["jv", "xx", "../en", ""])
def test_a_language_without_a_catalogue_speaks_indonesian(lang, tmp_path):
    assert tongue.catalogue(lang, tmp_path).gettext("Tempat") == "Tempat"


def test_a_percent_sign_without_values_is_left_alone():
    assert tongue.say("en", "100 % suara") == "100 % suara"


def test_a_label_is_picked_from_a_row_and_from_a_query(session):
    row = session.scalars(select(Dimension).where(Dimension.code == "MOB")).one()
    assert tongue.label(row, "plain", "en") == "Roads and transport"
    assert tongue.label(row, "plain", "jv") == "Dalan lan angkutan"
    assert tongue.label(row, "plain", "su") == "Jalan dan angkutan"
    asked = select(tongue.label(Dimension, "plain", "en")).where(Dimension.code == "MOB")
    assert session.scalar(asked) == "Roads and transport"


def test_an_empty_label_falls_back_to_indonesian_in_a_query(session):
    session.scalars(select(Dimension).where(Dimension.code == "MOB")).one().plain_en = ""
    session.flush()
    asked = select(tongue.label(Dimension, "plain", "en")).where(Dimension.code == "MOB")
    assert session.scalar(asked) == "Jalan dan angkutan"


def test_a_word_of_the_vocabulary_has_both_labels():
    assert tongue.word(Group.CITIZEN, "id") == "Warga" and tongue.word(Group.CITIZEN, "en") == "Citizen"


def test_a_word_that_citizens_meet_is_javanese_and_another_stays_indonesian():
    assert tongue.word(Gender.WOMAN, "jv") == "Wong wadon"
    assert tongue.word(RunState.DONE, "jv") == "Selesai"


def test_a_decimal_has_the_sign_of_its_language():
    assert (tongue.decimal(2, "id"), tongue.decimal(2.25, "en", 2)) == ("2,0", "2.25")
