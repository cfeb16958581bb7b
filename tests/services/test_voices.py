"""Who says what: disagreement first, page after page, and numbers that can be found again."""

import pytest
from sqlalchemy import func, select

from models import Finding, Point, Reading, Theme
from services import originals, priorities, voices


def group(code, voices=3, condition=None, objections=0, end=""):
    return {
        "group": code,
        "voices": voices,
        "condition": condition,
        "importance": None,
        "objections": objections,
        "types": [],
        "end": end,
    }


def test_themes_stand_by_disagreement_then_size_and_those_with_one_group_last(session, run_id):
    found, _ = voices.themes(session, run_id)
    keys = [(-1 if t.disagreement is None else t.disagreement, t.received) for t in found]
    assert keys == sorted(keys, reverse=True) and keys[0][0] > 0


@pytest.mark.parametrize("size", [1, 7, 20])
def test_pages_hold_every_theme_once_in_one_order(session, run_id, monkeypatch, size):
    whole = session.scalar(select(func.count()).where(Finding.run_id == run_id, Finding.position.is_not(None)))
    monkeypatch.setattr(voices, "PAGE", size)
    seen, after = [], None
    while True:
        found, after = voices.themes(session, run_id, after=after)
        seen += [t.id for t in found]
        if after is None:
            break
    assert len(seen) == len(set(seen)) == whole


def test_a_dimension_keeps_its_own_themes(session, run_id):
    found, _ = voices.themes(session, run_id, dimension="MOB")
    assert found and {t.dimension_label for t in found} == {"Mobilitas"}
    assert voices.themes(session, run_id, dimension="XXX") == ([], None)


def test_every_cell_of_the_matrix_is_the_number_of_originals_behind_it(session, run_id, monkeypatch):
    monkeypatch.setattr(originals, "PAGE", 500)
    found = voices.matrix(session, run_id, priorities.dimensions(session))
    assert sum(map(sum, found.counts)) == session.scalar(select(func.count()).select_from(Reading))
    for (dimension, _), counts in zip(found.rows, found.counts, strict=True):
        for (code, _), n in zip(found.columns, counts, strict=True):
            assert len(originals.behind(session, group=code, dimension=dimension)[0]) == n


def test_points_without_a_dimension_have_a_row_of_their_own(session, run_id):
    placed = select(Reading).join(Theme, Theme.id == Reading.theme_id).where(Theme.dimension == "MOB")
    reading = session.scalars(placed).first()
    reading.theme_id = None
    point = session.get_one(Point, reading.point_id)
    point.dimension = None
    session.flush()
    found = voices.matrix(session, run_id, priorities.dimensions(session))
    assert found.rows[-1] == ("-", "Lintas bidang") and sum(found.counts[-1]) == 1
    texts, _ = originals.behind(session, dimension="-")
    assert [t.text for t in texts] == [reading.masked_text]


def test_a_matrix_of_nothing_says_so(session):
    found = voices.matrix(session, 1, priorities.dimensions(session))
    assert found.finding == "Belum ada masukan yang terbaca." and not any(map(sum, found.counts))


@pytest.mark.parametrize(
    ("groups", "value", "said"),
    [
        ([group("citizen", 2)], None, "Baru satu kelompok"),
        ([group("citizen"), group("agency")], 0.0, "Semua kelompok sejalan."),
        (
            [group("citizen", condition=1.3, end="condition_low"), group("agency", condition=3, end="condition_high")],
            30.0,
            "Warga menilai keadaan 1,3, perangkat daerah 3,0.",
        ),
        (
            [
                group("citizen", condition=1.3, end="condition_low"),
                group("agency", condition=3, end="condition_high"),
                group("media", condition=2),
                group("business", condition=4),
                group("academic"),
            ],
            30.0,
            "Warga menilai keadaan 1,3, perangkat daerah 3,0; 1 kelompok lain di antaranya.",
        ),
        (
            [group("citizen", 5, objections=4, end="objection_high"), group("agency", 2, end="objection_low")],
            40.0,
            "Keberatan: warga 4 dari 5 suara, perangkat daerah 0 dari 2.",
        ),
    ],
)
def test_the_sentence_says_what_the_disagreement_rests_on(groups, value, said):
    assert voices.sentence(groups, value).startswith(said)


def test_groups_and_kinds_are_named_in_the_readers_language(session, run_id):
    found, _ = voices.themes(session, run_id, lang="en")
    assert {g.label for t in found for g in t.groups} >= {"Citizen", "Academic"}
    assert "Problem" in {kind for t in found for g in t.groups for kind, _ in g.kinds}
