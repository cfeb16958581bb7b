"""Glances: the room of a page is divided among the comments it shows, and nothing is left out without a word."""

from datetime import UTC, datetime

from models.vocabulary import CommentState, RemarkState
from services import glances
from services.margins import Comment


def comment(number, text="Kata", *, is_own=False, proposed=None, version=1, was="Lama sekali.", now="Baru sekali."):
    return Comment(
        id=number,
        mark="P-DIS-01",
        version=version,
        kind=None,
        text=text,
        proposed_text=proposed,
        evidence=None,
        quote="",
        severity="",
        is_gap=False,
        is_whole=False,
        who="",
        group="Warga",
        receipt_no="PKL-1",
        received_at=datetime(2026, 11, 24, tzinfo=UTC),
        is_changed=False,
        is_own=is_own,
        moderation=RemarkState.SHOWN,
        why="",
        at_id=1,
        at_mark="P-DIS-01",
        state=CommentState.CHANGED,
        state_label="Teksnya berubah",
        was=was,
        now=now,
    )


def test_three_are_shown_ones_own_first_and_the_rest_is_told():
    said = [comment(1), comment(2), comment(3), comment(4, is_own=True)]
    found = glances.at({1: said})[1]
    assert [one.comment.id for one in found.shown] == [4, 1, 2]
    assert found.has_more and found.own == 1
    assert not glances.at({1: said[:3]})[1].has_more
    assert glances.at({}) == {}


def test_on_a_full_page_each_paragraph_shows_fewer_but_always_one():
    for paragraphs, each in ((10, 3), (15, 2), (31, 1)):
        said = {n: [comment(i) for i in range(4)] for n in range(paragraphs)}
        assert {len(found.shown) for found in glances.at(said).values()} == {each}


def test_texts_share_the_room_and_say_that_they_were_cut():
    long = "kata " * 400
    few, many = (
        glances.at({1: [comment(1, long)]}),
        glances.at({n: [comment(n, long, proposed=long)] for n in range(20)}),
    )
    [one], [other] = few[1].shown, many[0].shown
    assert one.is_cut and len(one.text) <= glances.MOST and other.is_cut and len(other.text) <= glances.ROOM // 40
    total = sum(len(g.text) + len(g.proposed_text) for found in many.values() for g in found.shown)
    assert total <= glances.ROOM
    [whole] = glances.at({1: [comment(1, "Singkat.")]})[1].shown
    assert not whole.is_cut and whole.text == "Singkat."


def test_what_changed_is_told_once_for_each_older_version_while_there_is_room():
    said = [comment(1), comment(2), comment(3, version=2, was="Tengah sekali.")]
    [one, two] = glances.at({1: said})[1].changes
    assert (one.version, two.version) == (1, 2) and one.pieces and two.pieces
    assert glances.at({1: [comment(1, was="Sama.", now="Sama. ")]})[1].changes == ()
    heavy = "kata " * glances.ROOM_FOR_CHANGES
    [untold] = glances.at({1: [comment(1, was=heavy)]})[1].changes
    assert untold.pieces is None
