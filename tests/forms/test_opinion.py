"""The opinion: a problem, a proposal or both; an agency says which missions it serves, three at the most."""

from types import SimpleNamespace

import pytest
from werkzeug.datastructures import MultiDict

from forms.opinion import LONGEST, OpinionForm

UNKNOWN = "Pilihan ini tidak kami kenal. Pilih satu dari daftarnya."
MISSIONS = [SimpleNamespace(code=str(n), label=f"{n}. Misi") for n in range(1, 6)]
ITEMS = [SimpleNamespace(code="pp-59-2022:ekonomi", label="Ekonomi")]
WHOLE = {"problem": "Selokan mampet", "element": "structure", "nature": "both", "capacity": "personal"}


@pytest.fixture
def opinion(app):
    def fill(is_agency=False, **changed):
        typed = MultiDict({**WHOLE, **changed})
        form = OpinionForm(formdata=typed, is_agency=is_agency)
        form.set_choices(MISSIONS, ITEMS)
        return form

    return fill


def errors(form):
    assert not form.validate()
    return {name: [str(m) for m in messages] for name, messages in form.errors.items()}


@pytest.mark.parametrize(
    "texts", [{"problem": "A"}, {"problem": "", "proposal": "B"}, {"problem": "A", "proposal": "B"}]
)
def test_a_problem_a_proposal_or_both_will_do(opinion, texts):
    form = opinion(**texts)
    assert form.validate(), form.errors


@pytest.mark.parametrize("blank", ["", " \r\n ", "\x00", "\u200b"])
def test_neither_is_told_at_the_first(opinion, blank):
    told = errors(opinion(problem=blank, proposal=blank))
    assert told == {"problem": ["Tulis masalahnya, usulannya, atau keduanya."]}


def test_everything_can_be_said(opinion):
    form = opinion(
        condition="1",
        importance="0",
        missions=["1", "2", "3"],
        framework_items=["pp-59-2022:ekonomi"],
        evidence="Data 2025",
        capacity="official",
        signed_off_by="Kepala Bidang",
        is_agency=True,
    )
    assert form.validate(), form.errors
    assert form.missions.data == ["1", "2", "3"] and form.framework_items.data == ["pp-59-2022:ekonomi"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("element", "Pilih satu elemen."),
        ("nature", "Pilih digital, non-digital, atau keduanya."),
        ("capacity", "Pilih pribadi atau resmi lembaga."),
    ],
)
def test_what_must_be_chosen_is_told_once(opinion, name, told):
    assert errors(opinion(**{name: ""})) == {name: [told]}


@pytest.mark.parametrize("name", ["condition", "importance", "element", "nature", "capacity"])
def test_an_unknown_choice_is_told_in_the_readers_language(opinion, name):
    assert errors(opinion(**{name: "sembilan"})) == {name: [UNKNOWN]}


@pytest.mark.parametrize("name", ["missions", "framework_items"])
def test_an_unknown_one_of_several_is_told_in_the_readers_language(opinion, name):
    assert errors(opinion(**{name: ["1", "sembilan"]})) == {name: [UNKNOWN]}


@pytest.mark.parametrize("chosen", [["1"], ["1", "2", "3"]])
def test_an_agency_serves_one_to_three_missions(opinion, chosen):
    form = opinion(is_agency=True, missions=chosen)
    assert form.validate(), form.errors


def test_an_agency_without_a_mission_or_with_four_is_told_so(opinion):
    assert errors(opinion(is_agency=True)) == {"missions": ["Pilih misi yang didukung, satu sampai tiga."]}
    assert errors(opinion(is_agency=True, missions=["1", "2", "3", "4"])) == {
        "missions": ["Pilih paling banyak tiga misi; Anda memilih 4."]
    }


@pytest.mark.parametrize("chosen", [[], ["1", "2", "3", "4", "5"]])
def test_an_academic_names_none_or_as_many_as_they_like(opinion, chosen):
    assert opinion(missions=chosen).validate()


@pytest.mark.parametrize("blank", ["", "  ", "\u200b"])
def test_who_speaks_officially_says_who_approved_it(opinion, blank):
    assert errors(opinion(capacity="official", signed_off_by=blank)) == {
        "signed_off_by": ["Sebut jabatan yang mengesahkan, karena ini resmi lembaga."]
    }
    assert opinion(capacity="official", signed_off_by="Kepala Bidang").validate()
    assert opinion(capacity="personal", signed_off_by=blank).validate()


@pytest.mark.parametrize(
    ("name", "most"), [("problem", LONGEST), ("proposal", LONGEST), ("evidence", 1000), ("signed_off_by", 200)]
)
def test_a_text_is_as_long_as_it_may_be_and_no_longer(opinion, name, most):
    assert opinion(**{name: "a" * most}).validate()
    assert errors(opinion(**{name: "a" * (most + 1)})) == {
        name: [f"Tulisan ini {most + 1} huruf; paling panjang {most}."]
    }
