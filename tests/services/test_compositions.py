"""Compositions: what was decided goes into the next version, what cannot is named, and nobody's comment is lost."""

import pytest
from sqlalchemy import func, select

from models import Event, Fate, Paragraph, Point, Reading, Wording
from models.vocabulary import CommentState, DecisionCode, DecisionState, FateState, SubmissionState, Visibility
from services import comments, compositions, decisions, drafts, fates, wordings
from services.errors import NotThisState, Unexplained
from services.explanations import Ruling
from tests.services.decided import decision
from tests.services.factories import academic, call, draft, key, officer, said

ROB = "Tanggul laut di pesisir utara ditinggikan dua meter."
ROB_NOW = "Tanggul laut di pesisir utara ditinggikan tiga meter dan dijaga bergilir."
PASAR = "Pasar rakyat dilengkapi pencatatan retribusi elektronik."
PASAR_NOW = "Pasar rakyat dilengkapi tempat sampah dan pencatatan retribusi elektronik."
TEXT = (
    f"# Naskah\n\nPembuka.\n\n## Bencana\n\n### Rob\n\n[P-DIS-01] {ROB} {{elemen: struktur; opd: BPBD}}\n\n"
    f"## Ekonomi\n\n[P-ECO-01] {PASAR}"
)


@pytest.fixture
def first(session):
    return draft(session, TEXT)


def paragraph(session, draft_id, mark):
    return session.scalars(select(Paragraph).where(Paragraph.draft_id == draft_id, Paragraph.mark == mark)).one()


def comment(session, round_id, now, paragraph_id, author=None, **more):
    author = author or academic(session)
    return comments.add(session, author, paragraph_id, said(**more), call=call(round_id), key=key(), now=now)


def decide(session, round_id, on, point_id, *, before=ROB, after=ROB_NOW, **more):
    facts = {"paragraph_id": on.id, "paragraph_mark": on.mark, "text_before": before, "text_after": after}
    return decision(session, round_id, point_id=point_id, **facts | more)


def words(session, draft_id):
    return list(session.scalars(select(Paragraph.text).where(Paragraph.draft_id == draft_id).order_by(Paragraph.id)))


def test_what_was_decided_stands_in_a_version_that_nobody_sees_yet(session, round_id, now, first):
    rob = paragraph(session, first, "P-DIS-01")
    point = comment(session, round_id, now, rob.id, proposed_text=ROB_NOW)
    made = decide(session, round_id, rob, point)
    second = compositions.compose(session, now=now)
    facts = drafts.facts(session, second)
    assert (facts.number, facts.is_published, facts.title, facts.preface) == (2, False, "Naskah", "Pembuka.")
    assert (facts.chapters, facts.paragraphs, facts.report["changes"]) == (2, 2, 1)
    assert words(session, second) == [ROB_NOW, PASAR]
    copy = paragraph(session, second, "P-DIS-01")
    same = ("position", "section", "dimension", "element", "nature", "agency", "annotation", "page", "lineage_id")
    assert [getattr(copy, name) for name in same] == [getattr(rob, name) for name in same]
    assert rob.text == ROB and copy.element and copy.agency and copy.section == "Rob"
    (row,) = session.scalars(select(Wording)).all()
    assert (row.draft_id, row.paragraph_id, row.decision_id, row.point_id, row.is_literal) == (
        second, copy.id, made.id, point, True,
    )  # fmt: skip
    assert wordings.of_points(session, [point]) == {}
    drafts.publish(session, second, now=now)
    assert wordings.of_points(session, [point]) == {point: (2, 1, 1, "P-DIS-01", True)}
    assert session.scalar(select(func.count(Wording.id))) == 1


def test_the_lines_are_known_and_every_comment_stands_where_it_stood(session, round_id, now, first):
    rob, pasar = (paragraph(session, first, mark) for mark in ("P-DIS-01", "P-ECO-01"))
    on_rob, on_pasar = (comment(session, round_id, now, p.id) for p in (rob, pasar))
    decide(session, round_id, rob, on_rob)
    second = compositions.compose(session, now=now)
    states = session.scalars(select(Fate.state).where(Fate.draft_id == second).order_by(Fate.id)).all()
    assert states == [FateState.EDITED, FateState.SAME]
    assert fates.tally(session, second).unsure == 0
    ids = [paragraph(session, second, mark).id for mark in ("P-DIS-01", "P-ECO-01")]
    shown = comments.on(session, second, ids, is_team=True)
    assert [(c.id, c.state) for found in shown.values() for c in found] == [
        (on_rob, CommentState.SETTLED),
        (on_pasar, CommentState.APPLIES),
    ]


def test_the_same_decisions_make_one_version_and_without_any_there_is_none(session, round_id, now, first):
    with pytest.raises(NotThisState):
        compositions.compose(session, now=now)
    rob = paragraph(session, first, "P-DIS-01")
    decide(session, round_id, rob, comment(session, round_id, now, rob.id))
    second = compositions.compose(session, now=now)
    assert compositions.compose(session, now=now) == second
    drafts.discard(session, second, now=now)
    assert session.scalar(select(func.count(Wording.id))) == 0
    third = compositions.compose(session, now=now)
    drafts.publish(session, third, now=now)
    assert compositions.plan(session).changes == []
    with pytest.raises(NotThisState):
        compositions.compose(session, now=now)
    assert session.scalar(select(func.count(Event.id)).where(Event.action == "draft.compose")) == 2


def test_without_a_published_version_there_is_nothing_to_go_on_from(session, now):
    assert compositions.plan(session) == compositions.Plan(None, (), (), ())
    draft(session, TEXT, is_published=False)
    with pytest.raises(NotThisState):
        compositions.compose(session, now=now)


def test_two_that_want_different_words_clash_and_none_goes_in(session, round_id, now, first):
    rob, pasar = (paragraph(session, first, mark) for mark in ("P-DIS-01", "P-ECO-01"))
    one, other, third = (comment(session, round_id, now, p.id) for p in (rob, rob, pasar))
    clashing = [
        decide(session, round_id, rob, point, after=after).id for point, after in ((one, ROB_NOW), (other, PASAR_NOW))
    ]
    decide(session, round_id, pasar, third, before=PASAR, after=PASAR_NOW)
    found = compositions.plan(session)
    assert [[p.decision_id for p in group] for group in found.clashes] == [clashing]
    assert [c.mark for c in found.changes] == ["P-ECO-01"] and found.stale == []
    assert words(session, compositions.compose(session, now=now)) == [ROB, PASAR_NOW]


def test_two_that_want_the_same_words_are_one_change_and_both_are_credited(session, round_id, now, first):
    rob = paragraph(session, first, "P-DIS-01")
    points = [comment(session, round_id, now, rob.id, proposed_text=ROB_NOW) for _ in range(2)]
    made = [
        decide(session, round_id, rob, p, after=after).id
        for p, after in zip(points, (ROB_NOW, f" {ROB_NOW}"), strict=True)
    ]
    (change,) = compositions.plan(session).changes
    assert change.decision_ids == tuple(made)
    second = compositions.compose(session, now=now)
    assert words(session, second)[0] == ROB_NOW
    drafts.publish(session, second, now=now)
    assert set(wordings.of_points(session, points)) == set(points)


def test_what_was_decided_of_words_that_are_gone_is_stale_and_does_not_go_in(session, round_id, now, first):
    rob, pasar = (paragraph(session, first, mark) for mark in ("P-DIS-01", "P-ECO-01"))
    on_rob, on_pasar = (comment(session, round_id, now, p.id) for p in (rob, pasar))
    draft(
        session, TEXT.replace("dua meter", "empat meter").replace(f"[P-ECO-01] {PASAR}", "[P-ECO-09] Lain sama sekali.")
    )
    stale = [
        decide(session, round_id, rob, on_rob, after="Tanggul dibongkar seluruhnya.").id,
        decide(session, round_id, pasar, on_pasar, before=PASAR, after=PASAR_NOW).id,
    ]
    found = compositions.plan(session)
    assert [one.decision_id for one in found.stale] == stale and found.changes == []
    assert [one.at_id is None for one in found.stale] == [False, True]


@pytest.mark.parametrize(
    "more",
    [
        {"state": DecisionState.DRAFTED},
        {"state": DecisionState.AWAITING},
        {"state": DecisionState.REPLACED},
        {"code": DecisionCode.DEFERRED},
        {"text_after": ""},
        {"paragraph_id": None},
    ],
)
def test_what_does_not_stand_or_says_no_text_does_not_wait(session, round_id, now, first, more):
    rob = paragraph(session, first, "P-DIS-01")
    decide(session, round_id, rob, comment(session, round_id, now, rob.id), **more)
    assert compositions.plan(session) == compositions.Plan(1, [], [], [])


def test_what_was_withdrawn_does_not_go_in(session, round_id, now, first):
    rob = paragraph(session, first, "P-DIS-01")
    point = comment(session, round_id, now, rob.id)
    decide(session, round_id, rob, point)
    session.get_one(Point, point).submission.state = SubmissionState.WITHDRAWN
    session.flush()
    assert compositions.plan(session).changes == []


@pytest.mark.parametrize(
    ("now_says", "is_literal"),
    [
        (ROB_NOW, True),
        (ROB_NOW.replace(" ", "  "), True),
        (ROB_NOW.replace("bergilir", "siang malam"), False),
        (ROB.replace("pesisir", "pantai"), None),
        (ROB, None),
    ],
)
def test_a_file_that_took_a_decided_text_is_known_by_its_words(session, round_id, now, first, now_says, is_literal):
    rob = paragraph(session, first, "P-DIS-01")
    point = comment(session, round_id, now, rob.id, proposed_text=ROB_NOW)
    decide(session, round_id, rob, point)
    draft(session, TEXT.replace(ROB, now_says) + "\n\nTambahan di akhir.")
    found = {} if is_literal is None else {point: (2, 1, 1, "P-DIS-01", is_literal)}
    assert wordings.of_points(session, [point]) == found


def test_only_the_comment_that_proposed_these_very_words_is_their_author(session, round_id, now, first, run_id):
    rob = paragraph(session, first, "P-DIS-01")
    readings = session.scalars(select(Reading).where(Reading.theme_id.is_not(None)).order_by(Reading.point_id)).all()
    theme = readings[0].theme_id
    mine = [r.point_id for r in readings if r.theme_id == theme][:3]
    assert len(mine) == 3
    for point_id, proposed in zip(mine, (ROB_NOW, "Lain.", None), strict=True):
        session.get_one(Point, point_id).proposed_text = proposed
    row = decision(
        session,
        round_id,
        theme_id=theme,
        paragraph_id=rob.id,
        paragraph_mark=rob.mark,
        text_before=ROB,
        text_after=ROB_NOW,
    )
    compositions.compose(session, now=now)
    assert session.scalars(select(Wording.point_id)).all() == [mine[0]]
    drafts.discard(session, 2, now=now)
    session.get_one(Point, mine[1]).proposed_text = ROB_NOW
    compositions.compose(session, now=now)
    assert session.scalars(select(Wording.point_id)).all() == [None]
    assert session.scalars(select(Wording.decision_id)).all() == [row.id]


def test_a_comment_without_a_proposal_caused_the_change_but_is_not_its_author(session, round_id, now, first):
    rob = paragraph(session, first, "P-DIS-01")
    point = comment(session, round_id, now, rob.id)
    made = decide(session, round_id, rob, point)
    drafts.publish(session, compositions.compose(session, now=now), now=now)
    assert wordings.of_points(session, [point]) == {}
    ((credit,),) = wordings.of_draft(session, 2).values()
    assert (credit.decision_id, credit.point_id, credit.who) == (made.id, None, "")


def test_an_office_is_named_and_a_person_who_wants_to_be(session, round_id, now, first):
    rob, pasar = (paragraph(session, first, mark) for mark in ("P-DIS-01", "P-ECO-01"))
    authors = (academic(session, "Siti Contoh"), officer(session))
    one, other = (
        comment(session, round_id, now, p.id, author, proposed_text=text)
        for p, author, text in zip((rob, pasar), authors, (ROB_NOW, PASAR_NOW), strict=True)
    )
    decide(session, round_id, rob, one)
    decide(session, round_id, pasar, other, before=PASAR, after=PASAR_NOW)
    second = compositions.compose(session, now=now)
    named = [credit.who for credits in wordings.of_draft(session, second).values() for credit in credits]
    assert named == ["Akademisi", "Dinkominfo"]
    session.get_one(Point, one).submission.visibility = Visibility.NAMED
    session.flush()
    assert wordings.of_draft(session, second)[paragraph(session, second, "P-DIS-01").id][0].who == "Siti Contoh"


def test_a_decision_is_about_a_paragraph_that_is_out(session, first):
    rob = paragraph(session, first, "P-DIS-01")
    draft(session, TEXT.replace(ROB, ROB_NOW) + "\n\n[P-ECO-02] Baru.", is_published=False)
    values = decisions.values_of(session, Ruling(code=DecisionCode.ACCEPTED, paragraph="P-DIS-01", text_after=ROB_NOW))
    assert (values["paragraph_id"], values["text_before"]) == (rob.id, ROB)
    with pytest.raises(Unexplained):
        decisions.values_of(session, Ruling(code=DecisionCode.ACCEPTED, paragraph="P-ECO-02"))
