"""What people who sign in say: theirs to change while the round is open, and never told in the trace."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from models import Event, Point, Submission
from models.vocabulary import Element, Nature, PointType
from services import contributions, submissions
from services.errors import KeyReused, NotFound, RoundClosed
from tests.services.factories import academic, call, key, officer, said


def give(session, author, round_id, now, what=None, form_key=None):
    what = what or said("Selokan perlu dikeruk", dimension="ENV")
    return contributions.add(session, author, what, call=call(round_id), key=form_key or key(), now=now)


def test_one_sending_is_one_submission_with_a_receipt_of_its_author(session, round_id, now):
    author = academic(session)
    point = session.get_one(Point, give(session, author, round_id, now))
    row = point.submission
    assert row.receipt_no.startswith("PKL-") and row.person_id == author.person_id
    assert (row.group, row.organisation, row.agency) == ("academic", "Universitas Contoh", None)
    assert (row.text, point.text, point.changed_at) == ("Selokan perlu dikeruk",) * 2 + (None,)


def test_without_an_open_round_nothing_is_taken(session, now):
    with pytest.raises(RoundClosed):
        give(session, academic(session), None, now)
    assert session.scalar(select(func.count(Submission.id))) == 0


def test_a_double_tap_is_one_point_that_has_not_changed(session, round_id, now):
    author, form_key = academic(session), key()
    what = said("Sama", dimension="ENV", missions=("1",), framework_items=(("pp-59-2022", "ekonomi"),))
    first = give(session, author, round_id, now, what, form_key)
    session.commit()
    assert give(session, author, round_id, now, what, form_key) == first
    assert session.scalar(select(func.count(Point.id))) == 1
    assert session.get_one(Point, first).changed_at is None
    assert session.scalars(select(Event.action).where(Event.subject == "point")).all() == []


def test_the_same_form_with_other_words_changes_what_it_sent_and_leaves_a_trace(session, round_id, now):
    author, form_key = academic(session), key()
    first = give(session, author, round_id, now, said("Lama", dimension="ENV"), form_key)
    session.commit()
    assert give(session, author, round_id, now, said("Baru", dimension="ENV"), form_key) == first
    assert session.scalars(select(Point.text)).all() == ["Baru"]
    assert session.get_one(Point, first).changed_at == now
    assert session.scalars(select(Event.action).where(Event.subject == "point")).all() == ["point.change"]


def test_a_form_sent_again_about_something_else_is_refused_and_keeps_the_first(session, round_id, now):
    author, form_key = academic(session), key()
    give(session, author, round_id, now, said("Soal lingkungan", dimension="ENV"), form_key)
    with pytest.raises(KeyReused):
        give(session, author, round_id, now, said("Soal bencana", dimension="DIS"), form_key)
    assert session.scalars(select(Point.text)).all() == ["Soal lingkungan"]


def test_the_key_of_another_person_is_refused(session, round_id, now):
    form_key = key()
    give(session, officer(session), round_id, now, said("Milik orang", dimension="ENV"), form_key)
    for other in (academic(session), officer(session)):
        with pytest.raises(KeyReused):
            give(session, other, round_id, now, said("Bukan milik saya", dimension="ENV"), form_key)
    assert session.scalars(select(Point.text)).all() == ["Milik orang"]


def test_the_key_of_a_citizens_form_is_refused(session, round_id, now):
    form_key = key()
    draft = submissions.Draft(text="Selokan di depan pasar mampet")
    submissions.receive(session, draft, round_id=round_id, prefix="PKL", key=form_key, now=now)
    with pytest.raises(KeyReused):
        give(session, academic(session), round_id, now, form_key=form_key)


def test_an_own_point_is_written_anew_while_the_round_is_open(session, round_id, now):
    author = academic(session)
    point_id = give(session, author, round_id, now, said("Lama", dimension="ENV", evidence="UU 1/2020", condition=2))
    later = now + timedelta(hours=1)
    new = said("Baru", dimension="ENV", point_type=PointType.PROPOSAL, element=Element.STRUCTURE, nature=Nature.BOTH)
    contributions.change(session, author, point_id, new, is_open=True, now=later)
    point = session.get_one(Point, point_id)
    assert (point.text, point.submission.text, point.evidence, point.condition) == ("Baru", "Baru", None, None)
    assert (point.changed_at, point.submission.received_at) == (later, now)


def test_after_the_round_a_change_is_refused_and_changes_nothing(session, round_id, now):
    author = academic(session)
    point_id = give(session, author, round_id, now, said("Lama", dimension="ENV", missions=("1",)))
    session.commit()
    with pytest.raises(RoundClosed):
        contributions.change(session, author, point_id, said("Baru"), is_open=False, now=now)
    assert not session.dirty and not session.new
    point = session.get_one(Point, point_id)
    assert (point.text, point.changed_at, [m.mission for m in point.missions]) == ("Lama", None, ["1"])


def test_two_people_of_one_agency_share_what_it_said(session, round_id, now):
    one, other = officer(session), officer(session)
    point_id = give(session, one, round_id, now)
    assert contributions.own(session, other, point_id).id == point_id
    contributions.change(session, other, point_id, said("Oleh rekan"), is_open=True, now=now)
    assert session.get_one(Point, point_id).text == "Oleh rekan"
    changed = session.scalars(select(Event).where(Event.action == "point.change")).one()
    assert changed.actor_id == other.person_id


def test_what_is_not_theirs_is_not_there(session, round_id, now):
    scholar, office = academic(session), officer(session)
    of_scholar, of_office = give(session, scholar, round_id, now), give(session, office, round_id, now)
    for author, point_id in (
        (academic(session), of_scholar),
        (office, of_scholar),
        (scholar, of_office),
        (officer(session, "bapperida"), of_office),
        (scholar, 999_999),
    ):
        with pytest.raises(NotFound):
            contributions.own(session, author, point_id)
        with pytest.raises(NotFound):
            contributions.change(session, author, point_id, said("Bukan milik"), is_open=True, now=now)
    assert "Bukan milik" not in session.scalars(select(Point.text)).all()


def test_somebody_who_moved_into_an_agency_does_not_speak_with_their_former_voice(session, round_id, now):
    scholar = academic(session)
    point_id = give(session, scholar, round_id, now)
    moved = contributions.Author(scholar.person_id, "agency", "Peneliti", None, "dinkominfo")
    with pytest.raises(NotFound):
        contributions.own(session, moved, point_id)


def test_somebody_who_left_an_agency_leaves_its_words_behind(session, round_id, now):
    office = officer(session)
    point_id = give(session, office, round_id, now)
    left = contributions.Author(office.person_id, "academic", "Pegawai", "Universitas Contoh")
    with pytest.raises(NotFound):
        contributions.own(session, left, point_id)


def test_words_are_kept_without_control_characters_and_empty_ones_are_none(session, round_id, now):
    what = said(" rob\x00 naik\x07 ", dimension="DIS", proposal=" \x00 ", evidence="", signed_off_by=" ")
    point = session.get_one(Point, give(session, academic(session), round_id, now, what))
    assert (point.text, point.proposal, point.evidence) == ("rob naik", None, None)
    assert point.submission.signed_off_by is None


def test_links_are_added_and_removed_and_those_that_stay_are_the_same_rows(session, round_id, now):
    author = academic(session)
    items = (("pp-59-2022", "ekonomi"), ("pp-59-2022", "tata-kelola"))
    point_id = give(session, author, round_id, now, said(missions=("1", "2"), framework_items=items))
    session.commit()
    point = session.get_one(Point, point_id)
    kept = point.missions[1]
    contributions.change(
        session, author, point_id, said(missions=("2", "3"), framework_items=items[1:]), is_open=True, now=now
    )
    session.flush()
    assert kept in point.missions and {m.mission for m in point.missions} == {"2", "3"}
    assert [(i.framework, i.code) for i in point.framework_items] == [("pp-59-2022", "tata-kelola")]
    assert point.changed_at == now


def test_a_change_of_links_alone_is_a_change(session, round_id, now):
    author = academic(session)
    point_id = give(session, author, round_id, now, said("Sama", missions=("1",)))
    session.commit()
    contributions.change(session, author, point_id, said("Sama", missions=("2",)), is_open=True, now=now)
    assert session.get_one(Point, point_id).changed_at == now


def test_the_trace_has_ids_and_no_words(session, round_id, now):
    author = academic(session, name="Nama Rahasia")
    point_id = give(session, author, round_id, now, said("kata-rahasia", evidence="rujukan-rahasia"))
    contributions.change(session, author, point_id, said("kata-rahasia lain"), is_open=True, now=now)
    events = session.scalars(select(Event).where(Event.action.in_(["submission.receive", "point.change"]))).all()
    assert [e.actor_id for e in events] == [author.person_id] * 2
    assert "rahasia" not in " ".join(f"{e.subject_id} {e.details}" for e in events).lower()
