"""A round's form: days that are in no calendar, empty texts and unknown levels are told beside their field."""

import pytest

from forms.round import LONGEST, PROMISES, ExtendForm, RoundForm
from models.vocabulary import Level

TEXTS = [f"{name}_{lang}" for name in ("title", "promise", "open", "fixed", "answerer") for lang in ("id", "en")]
GOOD = dict.fromkeys(TEXTS, "isi") | {
    "opens": "2027-04-01",
    "closes": "2027-04-30",
    "answer_by": "2027-06-01",
    "level": "consult",
}


def test_a_whole_round_is_taken(filled):
    form = filled(RoundForm, **GOOD)
    assert form.validate(), form.errors
    assert form.closes.data.isoformat() == "2027-04-30"


@pytest.mark.parametrize("name", ["opens", "closes", "answer_by"])
@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("", "Pilih tanggalnya."),
        ("   ", "Pilih tanggalnya."),
        ("2027-02-30", "Tanggal ini tidak ada"),
        ("besok", "Tanggal ini tidak ada"),
        ("30/04/2027", "Tanggal ini tidak ada"),
        ("0001-01-01", "Tahunnya tidak masuk akal"),
        ("9999-12-31", "Tahunnya tidak masuk akal"),
        ("2027-04-01\x00", "Tanggal ini tidak ada"),
    ],
)
def test_a_day_that_is_none_is_told_once_beside_its_field(filled, name, day, told):
    form = filled(RoundForm, **GOOD | {name: day})
    assert not form.validate() and list(form.errors) == [name]
    assert len(form.errors[name]) == 1 and told in str(form.errors[name][0])


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("text", ["", "  \n ", "\u200b", "x" * (LONGEST + 1)])
def test_no_text_stays_empty_or_grows_without_end(filled, name, text):
    form = filled(RoundForm, **GOOD | {name: text})
    assert not form.validate() and list(form.errors) == [name]


@pytest.mark.parametrize("level", ["", "None", "decide", "CONSULT"])
def test_only_the_five_levels_are_known(filled, level):
    form = filled(RoundForm, **GOOD | {"level": level})
    assert not form.validate() and list(form.errors) == ["level"]


def test_every_level_has_its_promise():
    assert PROMISES.keys() == set(Level) and len({str(p) for p in PROMISES.values()}) == len(Level)


def test_the_field_of_a_day_opens_the_browsers_calendar(filled):
    html = str(filled(RoundForm, **GOOD).opens())
    assert 'type="date"' in html and 'value="2027-04-01"' in html


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({}, ["closes", "answer_by"]),
        ({"closes": "2027-02-31", "answer_by": "2027-06-01"}, ["closes"]),
        ({"closes": "2027-02-14", "answer_by": "2027-06-01", "reason": "x" * (LONGEST + 1)}, ["reason"]),
        ({"closes": "2027-02-14", "answer_by": "2027-06-01"}, []),
    ],
)
def test_an_extension_asks_for_its_days(filled, typed, wrong):
    form = filled(ExtendForm, **typed)
    assert form.validate() is not bool(wrong) and list(form.errors) == wrong
