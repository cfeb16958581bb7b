"""Explanations: each decision says what it must, and a code alone is none."""

import pytest

from models.vocabulary import DecisionCode, ReasonCode
from services.explanations import NEEDS, Ruling, faults, is_sentence

WHY = "Dana untuk pompa baru baru ada mulai tahun 2028."
WHOLE = {
    DecisionCode.ACCEPTED: {"change": "Jadwal jaga masuk.", "paragraph": "III.2"},
    DecisionCode.ACCEPTED_IN_PART: {
        "change": "Jadwal jaga masuk.",
        "programme": "P-1",
        "reason_code": ReasonCode.BUDGET,
    },
    DecisionCode.ALREADY_COVERED: {"paragraph": "III.2"},
    DecisionCode.DEFERRED: {"reason_code": ReasonCode.BUDGET, "deferred_to": "2028"},
    DecisionCode.NOT_ACCEPTED: {"reason_code": ReasonCode.AUTHORITY},
    DecisionCode.FORWARDED: {"forwarded_to": "SP4N-LAPOR!"},
    DecisionCode.NOTED: {},
    DecisionCode.OUT_OF_SCOPE: {"reason_code": ReasonCode.SCOPE},
}


def test_every_code_has_its_needs_and_an_example_that_meets_them():
    assert set(NEEDS) == set(WHOLE) == set(DecisionCode)
    for code, said in WHOLE.items():
        assert faults(Ruling(code=code, reason=WHY, **said)) == {}


@pytest.mark.parametrize("code", list(DecisionCode))
def test_a_code_alone_is_not_an_explanation(code):
    assert "reason" in faults(Ruling(code=code, **WHOLE[code]))


@pytest.mark.parametrize(("code", "field"), [(code, field) for code, said in WHOLE.items() for field in said])
def test_each_thing_that_a_code_needs_is_missed_when_it_is_not_there(code, field):
    said = {name: value for name, value in WHOLE[code].items() if name != field}
    missed = faults(Ruling(code=code, reason=WHY, **said))
    assert list(missed) == ["paragraph" if field == "programme" else field]


def test_against_another_submission_needs_that_other_submission():
    ruling = Ruling(code=DecisionCode.NOT_ACCEPTED, reason=WHY, reason_code=ReasonCode.CONFLICT)
    assert list(faults(ruling)) == ["reason_code"]
    assert faults(ruling, in_conflict=True) == {}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "Anggaran",
        "Perlu kajian.",
        "Tidak bisa",
        "aaaaaaaaaaaaaaaaaaaaaaaa",
        "x y z",
        "Dananya baru ada mulai tahun … nanti.",
    ],
)
def test_what_is_no_sentence(text):
    assert not is_sentence(text)


def test_the_label_of_a_reason_is_no_sentence_though_it_is_long_enough():
    assert not is_sentence("Bertentangan dengan masukan lain.")
    assert is_sentence("Ini bertentangan dengan masukan lain dari warga Krapyak.")
