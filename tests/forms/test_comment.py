"""The comment: kind and words always; a proposal needs its wording and a factual error its reference."""

import pytest

from forms.comment import LABELS, LONGEST, CommentForm
from models.vocabulary import COMMENT_TYPES

UNKNOWN = "Pilihan ini tidak kami kenal. Pilih satu dari daftarnya."


@pytest.fixture
def comment(filled):
    return lambda **typed: filled(CommentForm, **typed)


def errors(form):
    assert not form.validate()
    return {name: [str(m) for m in messages] for name, messages in form.errors.items()}


@pytest.mark.parametrize("kind", ["unclear", "missing", "objection", "support", "question"])
def test_kind_and_words_are_enough(comment, kind):
    form = comment(comment_type=kind, text="Kurang jelas")
    assert form.validate(), form.errors


def test_nothing_at_all_is_told_field_by_field(comment):
    assert errors(comment()) == {"comment_type": ["Pilih jenis komentarnya."], "text": ["Tulis komentarnya."]}


@pytest.mark.parametrize("kind", ["problem", "sembilan", "None", "<script>"])
def test_a_kind_that_is_none_of_a_comment_is_refused(comment, kind):
    assert list(errors(comment(comment_type=kind, text="Teks"))) == ["comment_type"]


@pytest.mark.parametrize("blank", ["", "  \r\n\t ", "\u00a0\u3000", "\x00\x07", "\u200b\u2060\ufeff"])
def test_what_cannot_be_seen_is_no_text(comment, blank):
    assert list(errors(comment(comment_type="unclear", text=blank))) == ["text"]
    told = errors(comment(comment_type="proposal", text="Teks", proposed_text=blank))
    assert told == {"proposed_text": ["Tulis usul redaksinya, karena ini usul perubahan."]}
    told = errors(comment(comment_type="factual_error", text="Teks", evidence=blank))
    assert told == {"evidence": ["Sebut rujukannya, karena ini soal salah fakta."]}


def test_with_what_its_kind_asks_for_a_comment_is_taken(comment):
    assert comment(comment_type="proposal", text="Teks", proposed_text="Redaksi").validate()
    assert comment(comment_type="factual_error", text="Teks", evidence="Perda 1/2020").validate()


def test_the_wording_of_another_kind_is_not_asked_for_but_may_be_there(comment):
    assert comment(comment_type="objection", text="Teks", proposed_text="Redaksi", evidence="Data").validate()


@pytest.mark.parametrize(("name", "most"), [("text", LONGEST), ("proposed_text", LONGEST), ("evidence", 1000)])
def test_a_text_is_as_long_as_it_may_be_and_no_longer(comment, name, most):
    whole = {"comment_type": "unclear", "text": "Teks"}
    assert comment(**{**whole, name: f" {'a' * most}\r\n"}).validate()
    assert errors(comment(**{**whole, name: "a" * (most + 1)})) == {
        name: [f"Tulisan ini {most + 1} huruf; paling panjang {most}."]
    }


def test_every_kind_of_a_comment_can_be_chosen_and_no_other():
    assert set(LABELS) == set(COMMENT_TYPES)
