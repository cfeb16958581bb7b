"""Screenings: the page of a point says what stands, what is suggested, what was said and what lies around it."""

import pytest
from sqlalchemy import event, select

from models import Point, Triage
from models.vocabulary import AsideReason, MatchState, TriageField
from services import asides, echoes, redactions, registers, screenings, search, splits, triages
from services.errors import NotFound
from tests.services.conftest import ROOT
from tests.services.factories import person

F = TriageField


@pytest.fixture
def desk(session, run_id, now):
    triages.prepare(session)
    search.index(session)
    registers.import_file(session, ROOT / "demo" / "refused.csv", now=now)
    echoes.match(session)
    session.actor = person(session, "Fulan Penyaring").id
    return session


def line(opened, field):
    return next(one for one in opened.lines if one.field is field)


def test_it_takes_five_statements(desk):
    seen = []
    event.listen(desk.get_bind(), "before_cursor_execute", lambda *args: seen.append(args[2]))
    desk.flush()
    seen.clear()
    screenings.opened(desk, 1)
    assert len([statement for statement in seen if not statement.startswith("BEGIN")]) == 5


def test_choices_are_numbered_and_show_what_is_chosen_and_what_is_suggested(desk, now):
    triages.mark(desk, [1], F.DIMENSION_FIELD, "GOV", actor_id=desk.actor, now=now)
    triages.mark(desk, [1], F.MISSION_FIELD, "4", actor_id=desk.actor, now=now)
    opened = screenings.opened(desk, 1)
    dimensions = line(opened, F.DIMENSION_FIELD)
    assert [option.key for option in dimensions.options] == [f"d{n}" for n in range(1, 8)]
    assert {option.label: option.value for option in dimensions.options if option.is_chosen} == {"Tata kelola": ""}
    assert [option.value for option in dimensions.options if option.is_suggested] == ["DIS"]
    (mission,) = [option for option in line(opened, F.MISSION_FIELD).options if option.is_chosen]
    assert mission.value == "-4"
    keys = [option.key for one in opened.lines for option in one.options]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_line_and_choice_has_words(desk, lang):
    for one in screenings.opened(desk, 1, lang).lines:
        assert one.label and all(option.label.strip() for option in one.options) and one.options


def test_the_history_says_who_said_what_in_words(desk, now):
    for field, value in ((F.DIMENSION_FIELD, "GOV"), (F.DIMENSION_FIELD, ""), (F.MISSION_FIELD, "4")):
        triages.mark(desk, [1], field, value, actor_id=desk.actor, now=now)
    triages.mark(desk, [1], F.MISSION_FIELD, "-4", actor_id=desk.actor, now=now)
    triages.mark(desk, [1], F.STAGE_FIELD, "screened", actor_id=desk.actor, now=now)
    redactions.confirm(desk, 1, "Pompa mati", actor_id=desk.actor, now=now)
    history = screenings.opened(desk, 1).history
    assert {one.by for one in history} == {"Fulan Penyaring"}
    values = [one.value for one in history]
    assert values[0] == "ya" and values[1] == "Sudah disaring" and values[-1] == "Tata kelola"
    assert values[2].startswith("tanpa Infrastruktur") and values[4] == "ditarik kembali"


def test_what_was_refused_before_stands_beside_it(desk):
    (echo, *_more) = screenings.opened(desk, 1).echoes
    assert echo.cycle == "2021–2025" and echo.reason_label == "Anggaran" and echo.state is MatchState.SUGGESTED
    assert set(echo.words) == {"pompa", "rob"}


def test_the_other_points_of_the_sending_are_named_without_what_points_to_anybody(desk, now):
    desk.get_one(Point, 1).text = "Pompa mati. Hubungi 0812-0000-0000."
    desk.flush()
    first, second = splits.split(desk, 1, ["Pompa mati.", "Hubungi 0812-0000-0000."], actor_id=desk.actor, now=now)
    triages.prepare(desk)
    opened = screenings.opened(desk, second)
    assert opened.is_split and [one.point_id for one in opened.siblings] == [first, second]
    assert "0812" not in opened.siblings[1].start and opened.siblings[1].is_this
    assert "0812" not in opened.masked and "0812" in opened.said


def test_what_was_set_aside_can_be_opened_and_says_why(desk, now):
    asides.set_aside(desk, [1], AsideReason.TRIAL, actor_id=desk.actor, now=now)
    opened = screenings.opened(desk, 1)
    assert opened.is_aside and opened.aside_reason == "Percobaan"


def test_what_is_not_at_the_inbox_is_not_there(desk):
    for point_id in (10**9, 0):
        with pytest.raises(NotFound):
            screenings.opened(desk, point_id)
    desk.delete(desk.get_one(Triage, 5))
    desk.flush()
    with pytest.raises(NotFound):
        screenings.opened(desk, 5)


@pytest.mark.parametrize("state", ["withdrawn", "erased", "held"])
def test_what_does_not_stand_is_not_opened(desk, state):
    desk.get_one(Point, 1).submission.state = state
    desk.flush()
    with pytest.raises(NotFound):
        screenings.opened(desk, 1)


def test_each_example_opens(desk):
    for point_id in desk.scalars(select(Point.id)):
        assert screenings.opened(desk, point_id).lines
