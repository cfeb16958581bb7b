"""Opinions: the short form on one dimension, given, listed, changed; comments and verdicts are something else."""

import pytest

from models.vocabulary import Capacity, Element, Nature, PointType
from services import comments, contributions, opinions, paragraphs
from services.errors import NotFound
from tests.services.factories import academic, call, draft, key, officer, said

WHOLE = {
    "proposal": "Keruk tiap bulan",
    "point_type": PointType.PROPOSAL,
    "dimension": "ENV",
    "evidence": "Perda 1/2020",
    "condition": 1,
    "importance": 4,
    "element": Element.INFRASTRUCTURE,
    "nature": Nature.NON_DIGITAL,
    "missions": ("1", "3"),
    "framework_items": (("pp-59-2022", "ekonomi"),),
    "capacity": Capacity.OFFICIAL,
    "signed_off_by": "Kepala Bidang",
}


def give(session, author, round_id, now, what):
    return contributions.add(session, author, what, call=call(round_id), key=key(), now=now)


def test_an_opinion_comes_back_to_the_form_as_it_was_given(session, round_id, now):
    author, what = academic(session), said("Selokan penuh lumpur", **WHOLE)
    point_id = give(session, author, round_id, now, what)
    session.commit()
    assert opinions.loaded(session, author, point_id) == what


def test_a_bare_opinion_comes_back_bare(session, round_id, now):
    author, what = academic(session), said("Masalah saja", dimension="DIS")
    assert opinions.loaded(session, author, give(session, author, round_id, now, what)) == what


def test_a_changed_opinion_has_the_new_rows_and_not_the_old(session, round_id, now):
    author = academic(session)
    point_id = give(session, author, round_id, now, said("Lama", **WHOLE))
    session.commit()
    new = said("Baru", dimension="ENV", missions=("3", "5"), framework_items=(("pp-59-2022", "tata-kelola"),))
    contributions.change(session, author, point_id, new, is_open=True, now=now)
    session.commit()
    assert opinions.loaded(session, author, point_id) == new
    assert [o.is_changed for o in opinions.own(session, author)] == [True]


def test_own_opinions_are_listed_newest_first_and_by_dimension(session, round_id, now):
    author, office = academic(session), officer(session)
    first = give(session, author, round_id, now, said("Satu", dimension="ENV"))
    second = give(session, author, round_id, now, said("Dua", dimension="DIS", proposal="Usul"))
    give(session, office, round_id, now, said("Milik dinas", dimension="ENV"))
    assert [(o.id, o.proposal) for o in opinions.own(session, author)] == [(second, "Usul"), (first, None)]
    assert [o.text for o in opinions.own(session, author, "ENV")] == ["Satu"]
    assert opinions.own(session, author, "ECO") == []
    assert [o.text for o in opinions.own(session, officer(session))] == ["Milik dinas"]


def test_dimensions_count_what_this_author_has_given_and_nobody_elses(session, round_id, now):
    author = academic(session)
    for text in ("Satu", "Dua"):
        give(session, author, round_id, now, said(text, dimension="ENV"))
    found = opinions.dimensions(session, author)
    assert {d.code: d.given for d in found if d.given} == {"ENV": 2} and len(found) >= 7
    assert not any(d.given for d in opinions.dimensions(session, academic(session)))
    assert [d.code for d in opinions.dimensions(session, author, "en")] == [d.code for d in found]


def test_a_comment_or_a_verdict_is_no_opinion(session, round_id, now):
    author = academic(session)
    paragraph_id = paragraphs.chapter(session, draft(session, "[P-ENV-01] Sungai"), 1)[0].id
    point_id = comments.add(session, author, paragraph_id, said(), call=call(round_id), key=key(), now=now)
    with pytest.raises(NotFound):
        opinions.loaded(session, author, point_id)
    assert opinions.own(session, author) == []
    assert not any(d.given for d in opinions.dimensions(session, author))


def test_an_opinion_of_somebody_else_is_not_there(session, round_id, now):
    point_id = give(session, officer(session), round_id, now, said("Milik dinas", dimension="ENV"))
    for other in (academic(session), officer(session, "bapperida")):
        with pytest.raises(NotFound):
            opinions.loaded(session, other, point_id)
    assert opinions.loaded(session, officer(session), point_id).text == "Milik dinas"


def test_choices_are_the_missions_and_policy_items_of_the_plan_in_the_readers_language(session):
    missions, items = opinions.choices(session)
    assert missions[0].code == "1" and missions[0].label.startswith("1. Hukum")
    assert all(":" in item.code for item in items) and items
    in_english = opinions.choices(session, "en")[0]
    assert in_english[0].label.startswith("1. Law") and len(in_english) == len(missions)
