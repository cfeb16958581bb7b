"""Coverages: a point that names a paragraph counts first, then rare words that both share, and the words are shown."""

import time

import pytest

from models import Paragraph, Point, PointMission, Triage
from models.vocabulary import Channel, Group
from services import comments, coverages, programmes, submissions
from services.submissions import Draft
from tests.services.conftest import ROOT, read
from tests.services.factories import academic, call, draft, key, said

DRAFT = (ROOT / "demo" / "draft-masterplan.md").read_text("utf-8")


@pytest.fixture
def read_beside_a_draft(session, round_id, now):
    """Many voices on mangroves, which the draft does not name, a comment on P-LIV-01, and a mission named by hand."""
    draft_id = draft(session, DRAFT)
    programmes.import_file(session, ROOT / "demo" / "programmes.csv", now=now)
    for n in range(4):
        text = f"Semaian bakau di pantai utara rusak, penyu dan kepiting hilang, sudah {n} tahun"
        sent = Draft(text, group=Group.CITIZEN)
        receipt = submissions.receive(session, sent, round_id=round_id, prefix="PKL", key=key(), now=now)
    paragraph = next(p for p in session.query(Paragraph) if p.mark == "P-LIV-01" and p.draft_id == draft_id)
    comments.add(
        session, academic(session), paragraph.id, said("Air payau di sumur"), call=call(round_id), key=key(), now=now
    )
    point = session.query(Point).filter_by(submission_id=receipt.submission_id).one()
    session.add(PointMission(point_id=point.id, mission="2"))
    session.flush()
    return read(session, round_id), point


def test_a_loud_theme_without_a_paragraph_says_what_comes_closest(session, read_beside_a_draft):
    found = coverages.of_run(session, read_beside_a_draft[0])
    loudest = found.unanswered[0]
    assert loudest.received == 4 and loudest.links == ()
    assert found.draft_number == 1 and found.paragraphs == 49
    assert all(len(one.words) < coverages.ENOUGH_WORDS or one.words for one in loudest.near)


def test_what_a_point_names_counts_before_words(session, read_beside_a_draft):
    found = coverages.of_run(session, read_beside_a_draft[0])
    named = [link for row in found.answered for link in row.links if link.code == "P-LIV-01"]
    assert named and named[0].points == 1 and named[0].words == ()
    silent = {one.code for chapter in found.chapters for one in chapter.paragraphs}
    assert "P-LIV-01" not in silent and "P-ECO-06" in silent
    assert found.silent_paragraphs == len(silent)


def test_missions_that_nobody_named_stand_beside_those_that_writers_or_the_team_named(
    session, round_id, read_beside_a_draft
):
    run_id, point = read_beside_a_draft
    facts = {"round_id": round_id, "group": Group.CITIZEN, "channel": Channel.WEB}
    row = session.get(Triage, point.id) or Triage(point_id=point.id, **facts)
    row.missions = ["9", "2"]
    session.add(row)
    session.flush()
    named = {row.code: row.named for row in coverages.of_run(session, run_id).missions}
    assert named == dict.fromkeys("1345678", 0) | {"2": 1, "9": 1}


def test_without_a_draft_programmes_alone_are_compared(session, run_id):
    found = coverages.of_run(session, run_id)
    assert (found.draft_number, found.paragraphs, found.chapters) == (None, 0, ())
    assert found.themes == len(found.unanswered) + len(found.answered) or len(found.unanswered) == coverages.LOUD


def test_an_unpublished_draft_answers_nothing(session, run_id):
    draft(session, DRAFT, is_published=False)
    assert coverages.of_run(session, run_id).paragraphs == 0


def test_a_draft_of_four_hundred_pages_is_held_against_the_voices_within_a_second(session, run_id, now):
    words = DRAFT.split()
    lines = [f"[P-UJI-{n:04d}] {' '.join(words[n % 900 : n % 900 + 60])}" for n in range(3000)]
    draft(session, "# Panjang\n\n## Bab\n\n" + "\n\n".join(line.replace("{", "").replace("}", "") for line in lines))
    started = time.process_time()
    found = coverages.of_run(session, run_id)
    assert found.paragraphs == 3000 and time.process_time() - started < 1.5
