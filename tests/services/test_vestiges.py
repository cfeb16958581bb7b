"""Vestiges: whoever takes words back finds nothing of them at the inbox, in the search or in a hand-over."""

import pytest
from sqlalchemy import select

from models import POINT_SEARCH, Finding, Handover, Point, Reading, RefusedMatch, Run, Triage, TriageMark
from models.engine import truncate
from models.vocabulary import HandoverState, MatchState
from services import (
    contributions,
    echoes,
    erasures,
    followups,
    handovers,
    redactions,
    registers,
    search,
    submissions,
    takeouts,
    triages,
    vestiges,
)
from services.handovers import Wanted
from tests.services.conftest import ROOT, read
from tests.services.factories import academic, call, key, person, said

PLANTED = "zubrowkaplanted"
TEXT = f"Pompa rob {PLANTED} di kampung pesisir mati, tambah pompa baru"
S = HandoverState


@pytest.fixture
def screened(session, round_id, now):
    """A point that somebody screened in every way: public text, hand-over, matched refusal, search."""
    registers.import_file(session, ROOT / "demo" / "refused.csv", now=now)
    receipt = submissions.receive(
        session, submissions.Draft(text=TEXT), round_id=round_id, prefix="PKL", key=key(), now=now
    )
    read(session, round_id, now)
    triages.prepare(session)
    search.index(session)
    echoes.match(session)
    actor = person(session).id
    point_id = session.scalars(select(Point.id).where(Point.submission_id == receipt.submission_id)).one()
    redactions.confirm(session, point_id, TEXT, actor_id=actor, now=now)
    handovers.save(session, point_id, Wanted(S.READY, PLANTED, TEXT), actor_id=actor, now=now)
    session.actor, session.submission = actor, receipt.submission_id
    assert session.scalars(select(RefusedMatch.state)).all() == [MatchState.SUGGESTED]
    return point_id


def left(session):
    return [model.__tablename__ for model in vestiges.LINKED if session.scalars(select(model)).first() is not None]


def hand_out(session, point_id, now):
    handovers.save(session, point_id, Wanted(S.HANDED, PLANTED, TEXT, None, "123"), actor_id=session.actor, now=now)


@pytest.mark.parametrize("deed", [erasures.erase, erasures.withdraw])
def test_nothing_is_left_of_what_is_erased_or_withdrawn(session, screened, now, deed):
    deed(session, session.submission, now=now)
    assert left(session) == [] and session.scalars(select(POINT_SEARCH.c.rowid)).all() == []
    assert triages.prepare(session) == 0


def test_the_file_holds_nothing_of_it(session, screened, now, tmp_path):
    hand_out(session, screened, now)
    session.commit()
    assert planted(tmp_path)
    erasures.erase(session, session.submission, now=now)
    session.commit()
    assert truncate(session.get_bind()) and not planted(tmp_path)


def planted(folder):
    return [path.name for path in folder.rglob("*") if path.is_file() and b"browkaplan" in path.read_bytes()]


def test_of_what_went_out_only_its_number_stays(session, screened, now):
    hand_out(session, screened, now)
    erasures.erase(session, session.submission, now=now)
    row = session.get_one(Handover, screened)
    session.refresh(row)
    assert (row.state, row.text, row.category, row.tracking_id) == (S.TAKEN_BACK, "", "", "123")
    assert handovers.listing(session) == ([], None)


def test_new_words_of_a_sender_begin_anew(session, screened, now):
    assert followups.correct(session, session.submission, 1, "Lampu jalan padam", now=now)
    assert left(session) == []
    read(session, session.get_one(Point, screened).submission.round_id, now)
    triages.prepare(session)
    search.index(session)
    assert session.get_one(Triage, screened).public_text is None
    assert session.scalars(search.matching("lampu")).all() == [screened]


def test_new_words_of_somebody_signed_in_begin_anew_too(session, round_id, now):
    author = academic(session)
    opinion = said(TEXT, dimension="DIS")
    point_id = contributions.add(session, author, opinion, call=call(round_id), key=key(), now=now)
    read(session, round_id, now)
    triages.prepare(session)
    search.index(session)
    redactions.confirm(session, point_id, TEXT, actor_id=author.person_id, now=now)
    contributions.change(session, author, point_id, said(TEXT, dimension="DIS"), is_open=True, now=now)
    assert session.get_one(Triage, point_id).public_text == TEXT
    contributions.change(session, author, point_id, said("Pompa lain", dimension="DIS"), is_open=True, now=now)
    assert session.get(Triage, point_id) is None and session.get(Reading, point_id) is None
    assert session.scalars(search.matching(PLANTED)).all() == []


def test_the_sender_gets_what_is_kept(session, screened):
    found = takeouts.rows_of(session, session.submission)
    assert {"triage", "triage_mark", "handover", "refused_match"} <= found.keys()
    assert found["triage"][0]["public_text"] == TEXT and "actor_id" not in found["triage_mark"][0]


def test_what_is_read_anew_is_counted_no_more_and_its_marks_stay(session, screened, round_id, now):
    run_id = session.scalars(select(Run.id)).one()
    theme = session.get_one(Reading, screened).theme_id
    vestiges.unread(session, [screened], now=now)
    assert session.get(Finding, (run_id, theme)) is None and session.get_one(Run, run_id).received == 0
    assert session.get(Triage, screened) is not None and session.scalars(select(TriageMark)).first() is not None
    vestiges.unread(session, [screened], now=now)
    assert session.get_one(Run, run_id).received == 0
