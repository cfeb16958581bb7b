"""Hand-overs: a complaint goes to SP4N-LAPOR! with a text that names nobody, step by step, and keeps its theme."""

import pytest
from sqlalchemy import select

from models import Event, Handover, Point, Reading, Triage
from models.vocabulary import HandoverState, PointType
from services import handovers, triages
from services.errors import NotFound, NotThisState
from services.handovers import Wanted
from services.redactions import StillPersonal
from tests.services.factories import person

S = HandoverState
AGENCIES = [("dlh", "DLH"), ("dpupr", "DPUPR"), ("perumda-air-minum", "Perumda Air Minum")]


@pytest.fixture
def desk(session, run_id):
    triages.prepare(session)
    session.actor = person(session).id
    return session


def save(session, point_id, now, state=S.READY, text="Sampah di TPS tidak diangkut", **more):
    wanted = Wanted(state, more.pop("category", "Sampah"), text, **more)
    handovers.save(session, point_id, wanted, actor_id=session.actor, now=now)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("sudah lapor dlh dan DPUPR", "dlh"),
        ("ke perumda air minum belum dijawab", "perumda-air-minum"),
        ("dlhx tidak ada", None),
        ("", None),
    ],
)
def test_the_agency_that_a_text_names_first_is_proposed(text, code):
    assert handovers.propose_agency(text, AGENCIES) == code


def test_handed_over_it_keeps_its_theme_and_is_called_a_complaint(desk, now):
    theme = desk.get_one(Reading, 1).theme_id
    save(desk, 1, now, agency="dlh")
    row = desk.get_one(Handover, 1)
    assert (row.state, row.category, row.agency, row.made_by) == (S.READY, "Sampah", "dlh", desk.actor)
    assert desk.get_one(Triage, 1).point_type is PointType.SERVICE_COMPLAINT
    assert desk.get_one(Reading, 1).theme_id == theme


def test_what_somebody_called_it_before_stays(desk, now):
    triages.mark(desk, [1], triages.F.TYPE_FIELD, "proposal", actor_id=desk.actor, now=now)
    save(desk, 1, now)
    assert desk.get_one(Triage, 1).point_type is PointType.PROPOSAL


@pytest.mark.parametrize(
    ("steps", "refused"),
    [
        ([], S.HANDED),
        ([], S.ANSWERED),
        ([S.READY], S.ANSWERED),
        ([S.READY, S.HANDED], S.READY),
        ([S.READY, S.HANDED, S.ANSWERED], S.TAKEN_BACK),
        ([S.READY, S.TAKEN_BACK], S.HANDED),
    ],
)
def test_it_goes_step_by_step(desk, now, steps, refused):
    for state in steps:
        save(desk, 1, now, state)
    with pytest.raises(NotThisState):
        save(desk, 1, now, refused)
    found = desk.get(Handover, 1)
    assert (found.state if found else None) == (steps[-1] if steps else None)


def test_what_went_out_is_not_written_anew_but_gets_its_number(desk, now):
    save(desk, 1, now)
    save(desk, 1, now, S.HANDED, text="Sampah di TPS tidak diangkut seminggu")
    save(desk, 1, now, S.HANDED, text="Lain sama sekali", category="Lain", tracking_id="1234567")
    row = desk.get_one(Handover, 1)
    assert (row.text, row.category, row.tracking_id) == (
        "Sampah di TPS tidak diangkut seminggu", "Sampah", "1234567",
    )  # fmt: skip


def test_a_text_with_a_number_of_somebody_does_not_go_out(desk, now):
    with pytest.raises(StillPersonal):
        save(desk, 1, now, text="Hubungi 0812-0000-0000")
    desk.rollback()
    assert desk.get(Handover, 1) is None


def test_the_audit_holds_codes_and_no_words(desk, now):
    save(desk, 1, now, text="zubrowkaplanted menumpuk")
    event = desk.scalars(select(Event).where(Event.action == "point.hand_over")).one()
    assert event.details == {"old": None, "new": "ready", "agency": None}
    assert "zubrowka" not in str([tuple(row) for row in desk.execute(select(Event.__table__))])


def test_a_point_that_is_not_there_is_not_handed_over(desk, now):
    with pytest.raises(NotFound):
        save(desk, 10**9, now)


def test_the_list_holds_them_page_after_page_by_state(desk, now, monkeypatch):
    monkeypatch.setattr(handovers, "PAGE", 2)
    for point_id in (1, 2, 3, 4, 5):
        save(desk, point_id, now)
    save(desk, 5, now, S.HANDED)
    seen, after = [], None
    while True:
        rows, after = handovers.listing(desk, state=S.READY, after=after)
        seen += [row.point_id for row in rows]
        if after is None:
            break
    assert seen == [4, 3, 2, 1]
    assert [row.point_id for row in handovers.listing(desk, state=S.HANDED)[0]] == [5]


def test_what_was_withdrawn_is_not_in_the_list(desk, now):
    save(desk, 1, now)
    desk.get_one(Point, 1).submission.state = "withdrawn"
    desk.flush()
    assert handovers.listing(desk) == ([], None)
