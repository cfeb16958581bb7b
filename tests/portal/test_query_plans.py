"""No list of the team goes through everything that was received, whatever it is narrowed to."""

import re
from typing import NamedTuple

import pytest
from sqlalchemy import event, text

from models.engine import weigh
from portal.access import ROUTES, allows
from portal.clerk import Clerk
from portal.extensions import db
from tests.portal.conftest import sign_in

# What the planner would be told of a round of a hundred thousand points; what is not named is as long as it is.
LARGE = {
    "submission": {
        "ix_submission_round_id": "101000 101000",
        "ix_submission_state": "101000 50500",
        "ix_submission_person_id": "101000 1000",
        "ix_submission_agency": "101000 1000",
        "ix_submission_received_at": "101000 1",
        "ix_submission_import_id": "101000 1656",
        "ix_submission_meeting_id": "101000 1000",
        "ix_submission_entry_batch_id": "101000 1000",
    },
    "point": {
        "ix_point_submission_id": "101000 1",
        "ix_point_dimension": "101000 12625",
        "ix_point_paragraph_id": "101000 2020",
        "ix_point_programme": "101000 3061",
        "ix_point_changed_at": "101000 101000",
        "ix_point_shown_at": "101000 101000",
    },
    "reading": {
        "ix_reading_run_id": "100000 100000",
        "ix_reading_theme_id_point_id": "100000 2942 1",
        "ix_reading_duplicate_group": "100000 17",
        "ix_reading_fingerprint": "100000 1",
    },
    "triage": {
        "ix_triage_theme_id": "100000 2942",
        "ix_triage_facets": "100000 100000 100000 33334" + " 1" * 12,
    },
    "event": {"ix_event_subject_id_action": "200000 2 1"},
}
# What goes through a round: a scan, or a search by what holds for all of it.
WHOLE = re.compile(
    r"^SCAN (submission|point|reading|triage|event)\b"
    r"|^SEARCH submission USING (COVERING )?INDEX ix_submission_(state|round_id) \((state|round_id)=\?"
    r"|^SEARCH triage USING (COVERING )?INDEX ix_triage_facets \(round_id=\?\)"
)
ROLES = ("lead", "privacy", "administrator")
NOT_LISTS = ("staff_priorities.table",)  # a file of the whole ranking
# What goes through a round and says so; each is to be taken from here when it no longer does.
COUNTING = {
    "/staff/rounds/": "how many sendings each round received",
    "/staff/responses": "how far the answers of a round are that is not big; in a big one only when asked",
    "/staff/coding/": "how many texts are left to be drawn, where no sample is open",
}
FILTERS = (
    "/staff/inbox?dimension=DIS&group=citizen",
    "/staff/inbox?q=jalan&flag=complaint",
    "/staff/inbox?flag=aside",
    "/staff/inbox?stage=arrived&language=jv&after=90",
    "/staff/voices/originals?dimension=DIS&group=citizen",
    "/staff/voices/originals?channel=paper&after=20",
    "/staff/voices/originals?area=krapyak&gender=woman",
    "/staff/voices/originals?mission=1",
    "/staff/voices/originals?element=structure",
    "/staff/unplaced/?word=jalan",
    "/staff/decisions?state=confirmed&dimension=DIS",
    "/staff/decisions?q=jalan",
    "/staff/decisions/undecided?dimension=DIS",
    "/staff/priorities?order=team",
    "/staff/codebook/?dimension=DIS",
    "/staff/held/?rest=1",
    "/staff/conflicts?theme=1",
    "/staff/objections?state=objected",
    "/staff/inbox/handovers?state=ready",
    "/staff/inbox/1",
    "/staff/comments/?dimension=DIS&undecided=1",
    "/staff/comments/?group=academic&state=applies&moderation=pending&after=90",
    "/staff/themes/1",
    "/staff/themes/1/sort",
    "/staff/decisions/on/1/theme/1",
)


class Step(NamedTuple):
    """One step of a plan, and whether its statement asks for what stands, which is nearly everything."""

    what: str
    sql: str
    asks_for_what_stands: bool


def lists(app, role):
    """Every desk of a role that asks for nothing in its path."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("staff_") and not rule.arguments]
    return sorted(
        rule.rule
        for rule in rules
        if "GET" in rule.methods and rule.endpoint not in NOT_LISTS and allows(ROUTES[rule.endpoint].permission, [role])
    )


@pytest.fixture
def plans(app, examples):
    """The plans of all statements of a page, as they would be in a round of a hundred thousand points."""
    with app.app_context():
        Clerk(db.engine, big=0).lay_out()
        weigh(db.engine)
        with db.engine.begin() as connection:
            for table, indexes in LARGE.items():
                connection.execute(text("DELETE FROM sqlite_stat1 WHERE tbl = :tbl"), {"tbl": table})
                rows = [{"tbl": table, "idx": name, "stat": stat} for name, stat in indexes.items()]
                connection.execute(text("INSERT INTO sqlite_stat1 VALUES (:tbl, :idx, :stat)"), rows)
        db.engine.dispose()  # connections read it when they open
        said = []
        event.listen(db.engine, "before_cursor_execute", lambda _c, _u, sql, given, *_: said.append((sql, given)))
    clients = {role: app.test_client() for role in ROLES}
    for role, client in clients.items():
        sign_in(client, role)

    def of(path, role="lead"):
        said.clear()
        answer = clients[role].get(path)
        assert answer.status_code in (200, 302), (path, answer.status_code)
        asked = [(sql, given) for sql, given in said if sql.lstrip().startswith(("SELECT", "WITH"))]
        with app.app_context():
            raw = db.engine.raw_connection()
            found = [
                Step(row[3], sql, "received" in given)
                for sql, given in asked
                for row in raw.cursor().execute(f"EXPLAIN QUERY PLAN {sql}", given).fetchall()
            ]
            raw.close()
        return found

    return of


def whole(found):
    """The steps that go through everything; what was held or set aside is little."""
    return {
        (step.what, step.sql)
        for step in found
        if WHOLE.match(step.what) and ("(state=" not in step.what or step.asks_for_what_stands)
    }


@pytest.mark.parametrize("role", ROLES)
def test_no_desk_goes_through_the_whole_round(app, plans, role):
    assert len(lists(app, role)) >= 2
    there = {path: whole(plans(path, role)) for path in lists(app, role)}
    assert not {path: found for path, found in there.items() if found and path not in COUNTING}
    assert all(there[path] for path in COUNTING.keys() & there.keys())


def test_no_filter_goes_through_the_whole_round(plans):
    there = {path: whole(plans(path)) for path in FILTERS}
    assert not {path: found for path, found in there.items() if found}


def test_a_list_that_did_would_be_found(app, plans):
    with app.app_context():
        raw = db.engine.raw_connection()
        everything = (
            "SELECT count(*) FROM submission JOIN point ON point.submission_id = submission.id WHERE round_id = 1"
        )
        rows = raw.cursor().execute(f"EXPLAIN QUERY PLAN {everything}").fetchall()
        steps = [Step(row[3], everything, True) for row in rows]
        raw.close()
    assert whole(steps)
