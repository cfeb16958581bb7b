"""Suggestions: the writer's own word first, then the machine's with the words that tell."""

from sqlalchemy import select

from models import Point, PointMission, Reading, Triage
from models.vocabulary import Element, Nature, PointType, TriageField
from services import suggestions, triages

F = TriageField


def bare(session, point_id):
    """A point of which its writer said nothing but the words."""
    point = session.get_one(Point, point_id)
    point.dimension = point.element = point.nature = point.point_type = None
    session.flush()
    return point


def one(session, point_id):
    return suggestions.of_points(session, [point_id])[point_id]


def test_what_the_machine_reads_comes_with_its_cues(session, run_id):
    bare(session, 2)
    reading, found = session.get_one(Reading, 2), one(session, 2)
    code, _confidence, cues = reading.dimensions[0]
    assert found[F.DIMENSION_FIELD][0] == suggestions.Suggestion(code, tuple(cues))
    assert found[F.TYPE_FIELD][0].value == reading.types[0][0]
    assert found[F.ELEMENT_FIELD][0].value == Element.INFRASTRUCTURE and found[F.ELEMENT_FIELD][0].cues
    assert found[F.NATURE_FIELD][0].value == Nature.NON_DIGITAL


def test_the_writers_own_word_comes_first_and_says_so(session, run_id):
    point = bare(session, 1)
    point.dimension, point.element, point.point_type = "GOV", Element.STRUCTURE, PointType.OBJECTION
    session.flush()
    found = one(session, 1)
    for field, value in ((F.DIMENSION_FIELD, "GOV"), (F.ELEMENT_FIELD, "structure"), (F.TYPE_FIELD, "objection")):
        first = found[field][0]
        assert (first.value, first.is_said, first.cues) == (value, True, (suggestions.BY_WRITER,))
    assert found[F.SECOND_DIMENSION_FIELD][0].value == session.get_one(Reading, 1).dimensions[0][0]


def test_the_second_dimension_is_another_than_the_teams(session, run_id, now):
    bare(session, 1)
    triages.prepare(session)
    first, second = (code for code, *_ in session.get_one(Reading, 1).dimensions[:2])
    assert one(session, 1)[F.SECOND_DIMENSION_FIELD][0].value == second
    session.get_one(Triage, 1).dimension = second
    session.flush()
    assert one(session, 1)[F.SECOND_DIMENSION_FIELD][0].value == first


def test_missions_follow_the_dimension_and_the_writer(session, run_id):
    point = bare(session, 1)
    point.missions = [PointMission(mission="2")]
    session.flush()
    found, feeds = one(session, 1), suggestions.missions(session)
    dimension = found[F.DIMENSION_FIELD][0].value
    values = [some.value for some in found[F.MISSION_FIELD]]
    assert values == ["2", *(code for code, of in feeds.items() if dimension in of and code != "2")]


def test_a_text_without_a_reading_has_only_what_its_writer_said(session, run_id):
    bare(session, 1)
    session.delete(session.get_one(Reading, 1))
    session.flush()
    assert one(session, 1) == {}


def test_each_example_has_a_dimension_suggested(session, run_id):
    ids = list(session.scalars(select(Point.id)))
    found = suggestions.of_points(session, ids)
    assert len(found) == 98 and all(F.DIMENSION_FIELD in some for some in found.values())
