"""Redactions: the machine proposes, a person confirms; nothing that points to somebody is let go."""

import pytest
from sqlalchemy import select

from models import Event, Point, Submission, Triage, TriageMark
from models.vocabulary import SubmissionState, TriageField
from services import redactions, submissions, triages
from services.errors import NotFound, NotThisState
from services.redactions import StillPersonal
from tests.services.factories import key, person

PLAIN = "Got di depan pasar mampet sejak lama"
PERSONAL = "Saya Bu Fulanah di RT 03, hp 0812-0000-0000. Anak saya asma karena asap."


@pytest.fixture
def desk(session):
    session.actor = person(session).id
    return session


def send(session, round_id, now, text=PLAIN):
    receipt = submissions.receive(
        session, submissions.Draft(text=text), round_id=round_id, prefix="PKL", key=key(), now=now
    )
    triages.prepare(session)
    return session.scalars(select(Point.id).where(Point.submission_id == receipt.submission_id)).one()


def confirm(session, point_id, text, now):
    redactions.confirm(session, point_id, text, actor_id=session.actor, now=now)


def test_a_proposal_covers_what_is_found_and_shows_what_only_a_person_can_write_anew():
    found = redactions.propose(PERSONAL)
    assert found.text == "Saya Bu ▇▇▇ di ▇▇▇, hp ▇▇▇. Anak saya asma karena asap."
    assert {piece.kind for piece in found.kinds} == {"name", "address", "phone", "child_health"}
    assert "".join(piece.text for piece in found.pieces) == PERSONAL
    assert [piece.is_covered for piece in found.pieces if piece.kind == "child_health"] == [False]


def test_a_plain_text_is_proposed_as_it_is():
    found = redactions.propose(PLAIN)
    assert found.text == PLAIN and found.kinds == () and len(found.pieces) == 1
    assert redactions.propose("").pieces == ()


@pytest.mark.parametrize("kind", sorted(redactions.KINDS))
def test_every_kind_has_words(kind):
    assert redactions.KINDS[kind].strip()


def test_a_confirmed_text_stands_with_who_read_it(desk, round_id, now):
    point_id = send(desk, round_id, now, PERSONAL)
    confirm(desk, point_id, "  Anak di kampung kami sakit karena asap. ", now)
    row = desk.get_one(Triage, point_id)
    assert row.public_text == "Anak di kampung kami sakit karena asap."
    assert (row.redacted_at, row.redacted_by) == (now, desk.actor)
    assert desk.scalars(select(TriageMark.value)).all() == ["yes"]


def test_no_history_and_no_audit_holds_the_words(desk, round_id, now):
    point_id = send(desk, round_id, now, PERSONAL)
    confirm(desk, point_id, "Zubrowkaplanted di kampung kami", now)
    marks = [str(tuple(row)) for row in desk.execute(select(TriageMark.__table__))]
    events = [str(tuple(row)) for row in desk.execute(select(Event.__table__))]
    assert marks and events and not any("Zubrowka" in line for line in (*marks, *events))


@pytest.mark.parametrize(
    "text",
    [
        "Hubungi 0812-0000-0000",
        "NIK 3375014101990001",
        "Surat ke fulan@contoh.invalid",
        "Rekening BCA 0000000000",
        "Nomor 9999999999999999",
    ],
)
def test_a_number_or_an_address_of_somebody_is_never_let_go(desk, round_id, now, text):
    point_id = send(desk, round_id, now)
    with pytest.raises(StillPersonal):
        confirm(desk, point_id, text, now)
    assert desk.get_one(Triage, point_id).public_text is None


@pytest.mark.parametrize("text", ["", " \n ", "\x00"])
def test_nothing_is_no_text_for_the_public(desk, round_id, now, text):
    point_id = send(desk, round_id, now)
    with pytest.raises(NotThisState):
        confirm(desk, point_id, text, now)


def test_only_texts_in_which_nothing_was_found_are_confirmed_in_bulk(desk, round_id, now):
    plain, personal = send(desk, round_id, now), send(desk, round_id, now, PERSONAL)
    health = send(desk, round_id, now, "Cucu sering batuk karena debu truk")
    rough = send(desk, round_id, now, "Pejabatnya dasar payah")
    redactions.offend(desk, rough, is_offensive=True, actor_id=desk.actor, now=now)
    ids = [plain, personal, health, rough]
    assert redactions.confirm_plain(desk, ids, actor_id=desk.actor, now=now) == 1
    texts = [desk.get_one(Triage, i).public_text for i in ids]
    assert texts == [PLAIN, None, None, None]
    assert redactions.confirm_plain(desk, ids, actor_id=desk.actor, now=now) == 0


def test_what_does_not_stand_is_not_confirmed_in_bulk(desk, round_id, now):
    point_id = send(desk, round_id, now)
    desk.get_one(Point, point_id).submission.state = SubmissionState.SET_ASIDE
    desk.flush()
    assert redactions.confirm_plain(desk, [point_id], actor_id=desk.actor, now=now) == 0


def test_problem_and_proposal_are_one_text(desk, round_id, now):
    point_id = send(desk, round_id, now)
    desk.get_one(Point, point_id).proposal = "Keruk dua kali setahun"
    desk.flush()
    redactions.confirm_plain(desk, [point_id], actor_id=desk.actor, now=now)
    assert desk.get_one(Triage, point_id).public_text == f"{PLAIN}\nKeruk dua kali setahun"


def test_an_offensive_text_is_hidden_and_stays_to_be_read(desk, round_id, now):
    point_id = send(desk, round_id, now)
    confirm(desk, point_id, PLAIN, now)
    redactions.offend(desk, point_id, is_offensive=True, actor_id=desk.actor, now=now)
    row = desk.get_one(Triage, point_id)
    assert (row.is_offensive, row.public_text, row.redacted_at) == (True, None, None)
    assert desk.get_one(Point, point_id).submission.state is SubmissionState.RECEIVED
    with pytest.raises(NotThisState):
        confirm(desk, point_id, PLAIN, now)
    with pytest.raises(NotThisState):
        redactions.offend(desk, point_id, is_offensive=True, actor_id=desk.actor, now=now)
    redactions.offend(desk, point_id, is_offensive=False, actor_id=desk.actor, now=now)
    assert not row.is_offensive and row.public_text is None


def test_a_text_that_was_let_go_is_taken_back_by_undo_and_no_further(desk, round_id, now):
    point_id = send(desk, round_id, now)
    confirm(desk, point_id, PLAIN, now)
    assert triages.undo(desk, point_id, actor_id=desk.actor, now=now) is TriageField.REDACTION_FIELD
    assert desk.get_one(Triage, point_id).public_text is None
    with pytest.raises(NotThisState):
        triages.undo(desk, point_id, actor_id=desk.actor, now=now)


def test_a_point_that_is_not_at_the_inbox_has_no_public_text(desk, now):
    with pytest.raises(NotFound):
        confirm(desk, 10**9, PLAIN, now)
    assert desk.scalars(select(Submission)).all() == []
