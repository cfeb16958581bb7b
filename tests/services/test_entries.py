"""Piles: bound to a kelurahan, opened in time, one's own, closed with a reason when not full."""

import pytest

from models.vocabulary import Channel
from services import entries, submissions
from services.errors import NotFound, NotThisState, OtherArea, RoundClosed
from services.submissions import Draft
from tests.services.factories import key, person


@pytest.fixture
def officer(session):
    return person(session).id


def begin(session, officer, now, **more):
    facts = {"channel": Channel.PAPER, "area": "krapyak", "expected": 2, "bound_to": None, "is_round_open": True}
    return entries.open_batch(session, officer, now=now, **facts | more)


def fill(session, batch_id, round_id, now, times=1):
    for _ in range(times):
        draft = Draft("Got mampet lagi.", channel=Channel.PAPER, entry_batch_id=batch_id)
        submissions.receive(session, draft, round_id=round_id, prefix="PKL", key=key(), now=now)


@pytest.mark.parametrize(
    ("organisation", "area"),
    [
        ("Kelurahan Krapyak", "krapyak"),
        ("krapyak", "krapyak"),
        ("Kel. Krapyak", "krapyak"),
        ("Kelurahan Sapuro", "sapuro-kebulen"),
        ("Dinas Komunikasi", None),
        ("Kelurahan", None),
        ("", None),
        (None, None),
    ],
)
def test_an_officer_is_bound_to_the_kelurahan_that_the_organisation_names(session, organisation, area):
    assert entries.area_of(session, organisation) == area


def test_a_pile_of_another_kelurahan_is_refused(session, officer, now):
    assert begin(session, officer, now, bound_to="krapyak")
    for area in ("medono", None):
        with pytest.raises(OtherArea):
            begin(session, officer, now, bound_to="krapyak", area=area)


def test_no_pile_is_begun_while_no_round_is_open(session, officer, now):
    with pytest.raises(RoundClosed):
        begin(session, officer, now, is_round_open=False)


@pytest.mark.parametrize("wrong", [{"expected": 0}, {"expected": 501}, {"channel": Channel.WEB}])
def test_a_pile_has_a_size_and_is_of_paper_or_of_helped_people(session, officer, now, wrong):
    with pytest.raises(ValueError, match="has a size"):
        begin(session, officer, now, **wrong)


def test_a_pile_of_somebody_else_is_not_there(session, officer, now):
    batch_id, other = begin(session, officer, now), person(session).id
    assert entries.own(session, officer, batch_id).id == batch_id
    with pytest.raises(NotFound):
        entries.own(session, other, batch_id)
    with pytest.raises(NotFound):
        entries.close(session, other, batch_id, reason="Bukan milik saya", now=now)
    assert entries.mine(session, other) == []
    assert [pile.id for pile in entries.everybodys(session)] == [batch_id]


def test_a_full_pile_closes_by_itself_and_another_only_with_a_reason(session, officer, round_id, now):
    batch_id = begin(session, officer, now)
    fill(session, batch_id, round_id, now)
    with pytest.raises(ValueError, match="reason"):
        entries.close(session, officer, batch_id, reason=" ", now=now)
    entries.close(session, officer, batch_id, reason="Satu lembar basah", now=now)
    pile = entries.one(session, batch_id)
    assert (pile.entered, pile.reason, pile.closed_at) == (1, "Satu lembar basah", now)
    with pytest.raises(NotThisState):
        entries.writable(session, officer, batch_id)
    full = begin(session, officer, now)
    fill(session, full, round_id, now, times=2)
    entries.close(session, officer, full, reason="", now=now)
    assert entries.one(session, full).is_full
