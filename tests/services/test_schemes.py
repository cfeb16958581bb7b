"""Schemes: weights add up to a hundred, a change after fixing has its reason, and scores go along where they can."""

import pytest
from sqlalchemy import select

from models import Event, Finding, Override, Run, Scheme, Score, Theme
from services import materials, orders, runs, schemes, scores
from services.criteria import Row, Wanted
from services.errors import NotFound, NotThisState, WrongScheme
from services.tongue import say
from tests.services.conftest import read
from tests.services.factories import person

WEIGHTS = {"k1": 20, "k2": 10, "k3": 20, "k4": 10, "k5": 15, "k6": 25}
WHY = "Janji wali kota lebih berat menurut rapat tim."


def wanted(weights=WEIGHTS, order_by="weighted", **more):
    return Wanted(order_by, tuple(Row(code, weight) for code, weight in weights.items()), **more)


def save(session, round_id, now, want=None, why="", actor=None):
    return schemes.save(session, round_id, want or wanted(), why=why, actor_id=actor or person(session).id, now=now)


def test_the_plan_proposes_usg_and_the_six_weighted_criteria(session, round_id):
    proposed = schemes.planned(session)
    assert {c.code: c.weight for c in proposed if c.family == "weighted"} == WEIGHTS
    assert [c.code for c in proposed if c.family != "weighted"] == ["u", "s", "g", "effort", "impact", "evidence"]
    evidence = proposed[-1]
    assert [evidence.word(v) for v in evidence.values] == ["tidak ada", "pengalaman", "data resmi", "kajian"]
    assert [proposed[0].word(v) for v in proposed[0].values] == ["bisa ditunda", "", "", "", "harus sekarang"]


def test_a_draft_is_changed_in_place_without_a_reason(session, round_id, now):
    first = save(session, round_id, now)
    again = save(session, round_id, now, wanted({"k1": 60, "k6": 40}))
    assert first == again
    assert [(c.code, c.weight) for c in schemes.current(session, round_id).of("weighted")] == [("k1", 60), ("k6", 40)]


@pytest.mark.parametrize(("weights", "said"), [({"k1": 60, "k2": 30}, "90"), ({"k1": 100.5}, "")])
def test_weights_of_another_sum_are_refused_in_the_readers_language(session, round_id, now, weights, said):
    with pytest.raises(WrongScheme) as refused:
        save(session, round_id, now, wanted(weights))
    assert said in say("id", refused.value.message, **refused.value.values)
    assert session.scalars(select(Scheme)).all() == []


@pytest.mark.parametrize(
    "wrong",
    [
        wanted({}),
        wanted(order_by="nama"),
        wanted({"k1": 120, "k2": -20}),
        wanted({"u": 100}),
        wanted({"k99": 100}),
        Wanted("usg", (Row("k1", 50), Row("k1", 50))),
        Wanted("usg", (Row("", 100),)),
        wanted(group_weights={"citizen": 0}),
        wanted(group_weights={"citizen": 99}),
        wanted(group_weights={"citizen": 2}),  # without a reason
    ],
)
def test_what_makes_no_sense_is_refused(session, round_id, now, wrong):
    with pytest.raises(WrongScheme):
        save(session, round_id, now, wrong)


def test_number_order_and_names_of_the_criteria_may_change(session, round_id, now):
    save(session, round_id, now, Wanted("weighted", (Row("k6", 50), Row("", 30, "Kesiapan lahan"), Row("k1", 20))))
    found = schemes.current(session, round_id).of("weighted")
    assert [(c.code, c.label) for c in found] == [
        ("k6", "Janji yang harus ditepati"),
        ("k7", "Kesiapan lahan"),
        ("k1", "Sasaran nasional"),
    ]
    save(session, round_id, now, Wanted("usg", (), families=frozenset()))
    assert [c.code for c in schemes.current(session, round_id).criteria] == ["u", "s", "g"]


def test_a_change_after_fixing_needs_a_reason_and_makes_a_new_version_that_the_log_shows(session, round_id, now):
    first = save(session, round_id, now)
    schemes.fix(session, first, actor_id=person(session).id, now=now)
    with pytest.raises(WrongScheme):
        save(session, round_id, now, wanted(WEIGHTS | {"k1": 10, "k6": 35}), why="  pendek ")
    lead = person(session, "Ketua")
    second = save(session, round_id, now, wanted(WEIGHTS | {"k1": 10, "k6": 35}), why=WHY, actor=lead.id)
    assert second != first
    newest, oldest = schemes.versions(session, round_id)
    assert (newest.number, oldest.number, newest.why, newest.made_by) == (2, 1, WHY, "Ketua")
    assert newest.changes == ("Sasaran nasional 20 menjadi 10", "Janji yang harus ditepati 25 menjadi 35")
    assert newest.fixed_at is not None and newest.revealed_at is None and oldest.changes == ()
    events = [e.action for e in session.scalars(select(Event).where(Event.subject == "scheme"))]
    assert events == ["scheme.save", "scheme.fix", "scheme.save"]


def test_scores_and_moves_go_along_where_the_criterion_is_the_same(session, run_id, round_id, now):
    first, actor = save(session, round_id, now), person(session)
    schemes.fix(session, first, actor_id=actor.id, now=now)
    theme = session.scalars(select(Finding.theme_id).where(Finding.run_id == run_id)).first()
    values = {(theme, code): 3 for code in ("u", "s", "g", "k1", "k2")}
    scores.give(session, first, actor.id, values, actor_id=actor.id, now=now)
    scores.finish(session, first, actor.id, actor_id=actor.id, now=now)
    schemes.reveal(session, first, actor_id=actor.id, now=now)
    orders.override(session, round_id, theme, 1, why=WHY, actor_id=actor.id, now=now)
    second = save(session, round_id, now, wanted({"k1": 100}), why=WHY)
    kept = session.scalars(select(Score.criterion).where(Score.scheme_id == second)).all()
    assert sorted(kept) == ["g", "k1", "s", "u"]
    assert [(o.theme_id, o.place) for o in session.scalars(select(Override).where(Override.scheme_id == second))] == [
        (theme, 1)
    ]
    assert scores.progress(session, second)[0].finished_at == now
    assert schemes.current(session, round_id).revealed_at == now  # what was seen is not hidden again


def test_nothing_is_fixed_or_opened_twice_and_nothing_opened_before_it_is_fixed(session, round_id, now):
    scheme, actor = save(session, round_id, now), person(session).id
    with pytest.raises(NotThisState):
        schemes.reveal(session, scheme, actor_id=actor, now=now)
    schemes.fix(session, scheme, actor_id=actor, now=now)
    with pytest.raises(NotThisState):
        schemes.fix(session, scheme, actor_id=actor, now=now)
    newer = save(session, round_id, now, why=WHY)
    with pytest.raises(NotThisState):
        schemes.reveal(session, scheme, actor_id=actor, now=now)
    schemes.reveal(session, newer, actor_id=actor, now=now)
    with pytest.raises(NotThisState):
        schemes.reveal(session, newer, actor_id=actor, now=now)
    with pytest.raises(NotFound):
        schemes.fix(session, 10**9, actor_id=actor, now=now)
    with pytest.raises(NotFound):
        save(session, 10**9, now)


def test_group_weights_ask_for_a_run_that_uses_them_and_equal_ones_for_none(session, run_id, round_id, now):
    actor = person(session).id
    later = session.get_one(Run, run_id).started_at.replace(hour=23)
    scheme = save(session, round_id, now)
    schemes.fix(session, scheme, actor_id=actor, now=later)
    assert not runs.is_due(session, round_id, now=later)
    assert materials.gather(session, round_id).plan.group_weights == ()
    save(session, round_id, later, wanted(group_weights={"citizen": 3}), why="Warga terdampak langsung oleh rob.")
    assert runs.is_due(session, round_id, now=later)
    assert dict(materials.gather(session, round_id).plan.group_weights)["citizen"] == 3.0
    newest = read(session, round_id, later.replace(minute=59))
    assert dict(dict(session.get_one(Run, newest).record["parameters"])["group_weights"])["citizen"] == 3.0
    assert schemes.current(session, round_id).changes == ("Warga 1 menjadi 3",)
    assert not runs.is_due(session, round_id, now=later.replace(minute=59))


def test_weights_that_are_all_the_same_are_no_weights(session, round_id, now):
    even = dict.fromkeys(("citizen", "academic", "agency", "business", "community", "media"), 2.0)
    save(session, round_id, now, wanted(group_weights=even))
    assert schemes.current(session, round_id).group_weights == {}


def test_a_merged_theme_is_scored_no_more(session, run_id, round_id, now):
    scheme, actor = save(session, round_id, now), person(session).id
    schemes.fix(session, scheme, actor_id=actor, now=now)
    theme = session.get_one(Theme, session.scalars(select(Finding.theme_id)).first())
    theme.state = "retired"
    with pytest.raises(NotFound):
        scores.give(session, scheme, actor, {(theme.id, "u"): 3}, actor_id=actor, now=now)
