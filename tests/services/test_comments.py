"""Comments: they stand on a published paragraph, are found again by its text, and none is lost with a new version."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from models import Finding, Point, Submission
from models.vocabulary import CommentState, Element, PointType
from services import comments, contributions, drafts, paragraphs, runs
from services.errors import KeyReused, NotFound, RoundClosed
from tests.services.conftest import read
from tests.services.factories import academic, call, draft, key, officer, said

PERSONAL = "Hubungi saya di 0812-0000-0000 atau a@b.invalid"
COVERED = "Hubungi saya di ▇▇▇ atau ▇▇▇"


@pytest.fixture
def paragraph_id(session):
    return on(session, draft(session, "[P-DIS-01] Rob naik\n\n[P-ECO-01] Pasar"))


def on(session, draft_id, position=0):
    return paragraphs.chapter(session, draft_id, 1)[position].id


def there(session, draft_id, author=None):
    """What stands on each paragraph of a version: mark -> comments; without an author for the team."""
    ids = {p.id: p.mark for p in paragraphs.chapter(session, draft_id, 1)}
    found = comments.on(session, draft_id, list(ids), author=author, is_team=author is None)
    return {ids[number]: said_on for number, said_on in found.items()}


def comment(session, author, paragraph_id, round_id, now, what=None, form_key=None):
    what = what or said(point_type=PointType.UNCLEAR)
    return comments.add(session, author, paragraph_id, what, call=call(round_id), key=form_key or key(), now=now)


def test_a_comment_stands_on_its_paragraph_and_takes_its_dimension(session, paragraph_id, round_id, now):
    what = said("Kurang jelas", point_type=PointType.PROPOSAL, proposed_text="Rob surut", evidence="Perda 1/2020")
    point = session.get_one(Point, comment(session, academic(session), paragraph_id, round_id, now, what))
    assert (point.paragraph_id, point.dimension, point.point_type) == (paragraph_id, "DIS", "proposal")
    assert (point.text, point.proposed_text, point.evidence) == ("Kurang jelas", "Rob surut", "Perda 1/2020")


def test_a_paragraph_that_is_not_published_is_not_there(session, round_id, now):
    unseen = on(session, draft(session, "[P-DIS-01] Rob", is_published=False))
    for paragraph_id in (unseen, 999_999):
        with pytest.raises(NotFound):
            comment(session, academic(session), paragraph_id, round_id, now)
    assert session.scalar(select(func.count(Point.id))) == 0


def test_without_an_open_round_no_comment_is_taken(session, paragraph_id, now):
    with pytest.raises(RoundClosed):
        comment(session, academic(session), paragraph_id, None, now)
    assert session.scalar(select(func.count(Point.id))) == 0


def test_the_same_form_twice_is_one_comment_that_has_not_changed(session, paragraph_id, round_id, now):
    author, form_key = academic(session), key()
    first = comment(session, author, paragraph_id, round_id, now, form_key=form_key)
    session.commit()
    assert comment(session, author, paragraph_id, round_id, now, form_key=form_key) == first
    assert [c.is_changed for c in comments.own(session, author)] == [False]


def test_a_used_key_does_not_move_a_comment_to_another_paragraph_or_person(session, paragraph_id, round_id, now):
    author, form_key = academic(session), key()
    comment(session, author, paragraph_id, round_id, now, form_key=form_key)
    for person, other in ((author, paragraph_id + 1), (academic(session), paragraph_id)):
        with pytest.raises(KeyReused):
            comment(session, person, other, round_id, now, form_key=form_key)
    assert session.scalars(select(Point.paragraph_id)).all() == [paragraph_id]


def test_a_change_keeps_the_paragraph_and_says_that_it_changed(session, paragraph_id, round_id, now):
    author = academic(session)
    point_id = comment(session, author, paragraph_id, round_id, now)
    new = said("Baru", point_type=PointType.OBJECTION, paragraph_id=paragraph_id + 1, dimension="ECO")
    comments.change(session, author, point_id, new, is_open=True, now=now)
    point = session.get_one(Point, point_id)
    assert (point.text, point.paragraph_id, point.dimension) == ("Baru", paragraph_id, "DIS")
    (shown,) = there(session, 1, author)["P-DIS-01"]
    assert shown.is_changed and shown.kind == "Keberatan"
    assert comments.own(session, author, "en")[0].kind == "Objection"


def test_a_change_after_the_round_is_refused_and_changes_nothing(session, paragraph_id, round_id, now):
    author = academic(session)
    point_id = comment(session, author, paragraph_id, round_id, now, said("Lama"))
    session.commit()
    with pytest.raises(RoundClosed):
        comments.change(session, author, point_id, said("Baru"), is_open=False, now=now)
    assert not session.dirty and comments.loaded(session, author, point_id).text == "Lama"


def test_what_is_not_theirs_can_neither_be_seen_nor_changed(session, paragraph_id, round_id, now):
    scholar, office = academic(session), officer(session)
    of_scholar = comment(session, scholar, paragraph_id, round_id, now)
    of_office = comment(session, office, paragraph_id, round_id, now)
    strangers = ((academic(session), of_scholar), (scholar, of_office), (officer(session, "bapperida"), of_office))
    for author, point_id in (*strangers, (office, of_scholar)):
        with pytest.raises(NotFound):
            comments.loaded(session, author, point_id)
        with pytest.raises(NotFound):
            comments.change(session, author, point_id, said("Bukan milik"), is_open=True, now=now)
    assert [c.id for c in comments.own(session, scholar)] == [of_scholar]
    assert comments.own(session, strangers[0][0]) == []
    assert there(session, 1, officer(session, "bapperida")) == {}


def test_two_people_of_one_agency_see_and_change_the_same_comments(session, paragraph_id, round_id, now):
    one, other = officer(session), officer(session)
    point_id = comment(session, one, paragraph_id, round_id, now)
    assert [c.id for c in comments.own(session, other)] == [point_id]
    comments.change(session, other, point_id, said("Oleh rekan"), is_open=True, now=now)
    assert comments.loaded(session, one, point_id).text == "Oleh rekan"


def test_an_opinion_is_no_comment_and_loses_nothing_by_being_taken_for_one(session, round_id, now):
    author = academic(session)
    opinion = said("Pendapat", dimension="DIS", element=Element.STRUCTURE, missions=("1",))
    point_id = contributions.add(session, author, opinion, call=call(round_id), key=key(), now=now)
    with pytest.raises(NotFound):
        comments.loaded(session, author, point_id)
    with pytest.raises(NotFound):
        comments.change(session, author, point_id, said("Komentar"), is_open=True, now=now)
    point = session.get_one(Point, point_id)
    assert (point.text, point.element, len(point.missions)) == ("Pendapat", "structure", 1)


def test_what_points_to_a_person_is_covered_for_the_team_and_not_for_the_author(session, paragraph_id, round_id, now):
    author = academic(session)
    what = said(PERSONAL, proposed_text=PERSONAL, evidence=PERSONAL)
    point_id = comment(session, author, paragraph_id, round_id, now, what)
    (mine,) = comments.own(session, author)
    (theirs,) = there(session, 1)["P-DIS-01"]
    assert {mine.text, mine.proposed_text, mine.evidence} == {PERSONAL}
    assert {theirs.text, theirs.proposed_text, theirs.evidence} == {COVERED}
    assert (theirs.id, theirs.who, theirs.group) == (point_id, "Peneliti", "Akademisi")
    assert comments.loaded(session, author, point_id).text == PERSONAL
    draft(session, "[P-ECO-01] Pasar saja")
    assert [c.text for c in comments.lost(session, 2)] == [COVERED]


def test_a_new_version_finds_comments_by_the_text_and_lists_those_whose_paragraph_is_gone(session, round_id, now):
    first = draft(session, "[P-DIS-01] Rob naik di pesisir utara\n\n[P-ECO-01] Pasar rakyat dibuka lagi\n\nPompa")
    author = academic(session)
    kept = comment(session, author, on(session, first), round_id, now, said("tetap"))
    gone = comment(session, author, on(session, first, 1), round_id, now, said("hilang"))
    second = draft(session, "Pompa\n\n[P-SOC-07] Rob naik di pesisir utara dan timur\n\n[P-DIS-02] Tanggul laut")
    newer = comment(session, author, on(session, second, 1), round_id, now, said("baru"))
    for found in (there(session, second, author), there(session, second)):
        assert {m: [(c.id, c.version, c.mark) for c in said_on] for m, said_on in found.items()} == {
            "P-SOC-07": [(kept, 1, "P-DIS-01"), (newer, 2, "P-SOC-07")]
        }
    assert [c.id for c in comments.lost(session, second)] == [gone]
    assert comments.lost(session, first) == []
    assert [(c.id, c.state) for c in comments.own(session, author)] == [
        (kept, CommentState.CHANGED),
        (gone, CommentState.REMOVED),
        (newer, CommentState.APPLIES),
    ]
    shown = [c for found in there(session, second).values() for c in found]
    assert session.scalar(select(func.count(Point.id))) == len(shown) + len(comments.lost(session, second)) == 3


def test_a_version_that_was_not_published_already_shows_what_it_would_lose(session, paragraph_id, round_id, now):
    comment(session, academic(session), paragraph_id, round_id, now)
    next_id = draft(session, "[P-ECO-01] Pasar", is_published=False)
    assert [c.mark for c in comments.lost(session, next_id)] == ["P-DIS-01"]
    drafts.discard(session, next_id, now=now)
    assert len(there(session, 1)["P-DIS-01"]) == 1


def test_points_of_all_groups_are_counted_by_paragraph(session, paragraph_id, round_id, now):
    for author in (academic(session), officer(session)):
        comment(session, author, paragraph_id, round_id, now)
    assert comments.counts(session, 1, [paragraph_id, paragraph_id + 1]) == {paragraph_id: 2}
    assert comments.counts(session, 1, []) == {} == comments.on(session, 1, [], is_team=True)


def test_a_changed_comment_is_read_again_and_one_sent_twice_is_not(session, paragraph_id, round_id, now):
    author, form_key = academic(session), key()
    words = said("Rob masuk rumah warga tiap sore, pompa sering mati", point_type=PointType.PROBLEM)
    point_id = comment(session, author, paragraph_id, round_id, now, words, form_key)
    session.commit()
    read(session, round_id, now)
    assert not runs.is_due(session, round_id, now=now)
    later = now + timedelta(minutes=1)
    comments.add(session, author, paragraph_id, words, call=call(round_id), key=form_key, now=later)
    assert not runs.is_due(session, round_id, now=now)
    new = said("Tanggul di Panjang retak dan perlu diperbaiki", point_type=PointType.PROBLEM)
    comments.change(session, author, point_id, new, is_open=True, now=later)
    session.flush()
    assert runs.is_due(session, round_id, now=now)
    read(session, round_id, later + timedelta(minutes=1))
    assert not runs.is_due(session, round_id, now=now)


ROB = (
    "Rob masuk rumah di Panjang Baru tiap sore dan pompa sering mati",
    "Banjir rob di kampung nelayan tidak surut karena pompa rob rusak",
)


@pytest.mark.parametrize(
    ("authors", "people"),
    [
        (lambda s: [academic(s)] * 2, 1),
        (lambda s: [academic(s), academic(s)], 2),
        (lambda s: [officer(s), officer(s)], 1),
        (lambda s: [officer(s), officer(s, "bapperida")], 2),
    ],
    ids=["one academic", "two academics", "two people of one agency", "two agencies"],
)
def test_a_speaker_is_one_voice_in_the_ranking_however_often_they_speak(
    session, paragraph_id, round_id, now, authors, people
):
    for author, text in zip(authors(session), ROB, strict=True):
        comment(session, author, paragraph_id, round_id, now, said(text, point_type=PointType.PROBLEM))
    assert session.scalar(select(func.count(Submission.id))) == 2
    read(session, round_id, now)
    (finding,) = session.scalars(select(Finding).where(Finding.position.is_not(None))).all()
    voices = {p["code"]: dict(p["detail"]) for p in finding.rank["parts"]}["consensus"]["voices"]
    assert (finding.received, finding.people_min, voices) == (2, people, people)
