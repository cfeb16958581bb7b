"""Changes: pieces of a later text beside an earlier one, none where only white space differs."""

import pytest

from services import changes


@pytest.mark.parametrize(("one", "other"), [("Pompa dijaga", "Pompa  dijaga\n"), ("", ""), ("a", "a")])
def test_white_space_is_no_change(one, other):
    assert changes.between(one, other) == ()


def test_the_pieces_together_are_both_texts():
    before, after = "Pompa dijaga petugas setiap malam.", "Pompa dijaga warga bergilir setiap malam."
    pieces = changes.between(before, after)
    assert "".join(p.text for p in pieces if p.kind != "added") == before
    assert "".join(p.text for p in pieces if p.kind != "removed") == after
    assert {p.kind for p in pieces} == {"same", "removed", "added"}


def test_very_long_texts_are_shown_whole():
    before = "kata " * changes.LONGEST
    assert [p.kind for p in changes.between(before, before + "lagi")] == ["removed", "added"]
    assert [p.kind for p in changes.between("", before)] == ["added"]


def test_a_wording_of_the_whole_paragraph_is_told_word_by_word_and_a_sentence_to_put_in_is_not():
    text = "Pompa dijaga petugas setiap malam dan solarnya dicatat di buku."
    pieces = changes.wording(text, text.replace("malam", "malam hari"))
    assert [(p.kind, p.text.strip()) for p in pieces if p.kind != "same"] == [("added", "hari")]
    assert changes.wording(text, "Jadwalnya ditempel di pintu rumah pompa.") == ()
    assert changes.wording(text, text) == changes.wording(text, None) == changes.wording(text, "") == ()
