"""What points to a person, planted in the working data wherever people may write it: none of it reaches the public."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, select, text, update

from models import (
    Base,
    Contact,
    Decision,
    Person,
    Point,
    Programme,
    Reading,
    Release,
    ReleaseFile,
    Response,
    Submission,
    Theme,
    Triage,
)
from models.vocabulary import DecisionCode, DecisionState, ReasonCode, ReleaseState
from portal import releasing
from portal.extensions import db
from services import codebooks, confirmations, decisions, gates, redactions, releases, responses, triages
from services.decisions import Target
from services.explanations import Ruling

NOW = datetime.now(UTC)
# What a release never tells, whoever wrote what there.
UNTOLD = (
    "submission.text submission.place_note submission.organisation submission.signed_off_by submission.source_ref "
    "point.text point.proposal point.proposed_text point.paragraph_ref point.programme_ref "
    "point.evidence reading.masked_text contact.phone contact.email contact.name user.organisation user.name "
    "meeting.title meeting.place meeting.note agreement.subject agreement.text agreement.responsible handover.text "
    "handover.category handover.tracking_id refused_item.text refused_item.reason objection.text conflict.note "
    "mark.reason codebook_change.why override.reason scheme.why import_file.name decision.note draft.title "
    "draft.source_name chapter.title theme.definition theme.include theme.exclude theme.keywords data_request.identity "
    "invitation.email invitation.organisation export.file response.text_jv "
    "remark.quote remark.why reply.text paragraph.fixed_why letter.content"
).split()
# What may be told: here the gate stops the whole release.
TOLD = (
    "theme.label_id theme.label_en decision.reason decision.change decision.text_before decision.text_after "
    "decision.deferred_to decision.forwarded_to response.text_id response.text_en triage.public_text "
    "objection.public_text objection.answer round.title_id round.promise_id round.answerer_id programme.name "
    "agency.name dimension.plain_id dimension.short_id area.name"
).split()
# Where not every row may hold it: no two have the same reference, and a text for the public was read by a person.
ONLY = {
    "submission.source_ref": "rowid = (SELECT min(rowid) FROM submission)",
    "triage.public_text": "redacted_at IS NOT NULL",
}
KINDS = ("email", "phone", "identity", "name")


def value(kind, number):
    """Numbers that nobody can have, and names nobody bears."""
    letters = chr(97 + number // 26) + chr(97 + number % 26)
    return {
        "email": f"fulan.{letters}@contoh.example",
        "phone": f"0812-0000-00{number:02}",
        "identity": f"33750141019900{number:02}",
        "name": f"Fulanah Contoh{letters}wati",
    }[kind]


@pytest.fixture
def team(app, examples, draft):
    """A consultation with a row in every table that people write in, ready to be told."""
    with app.app_context():
        session = db.session()
        ids = {name: _person(session, name) for name in ("lead", "reviewer")}
        deed = {"actor_id": ids["lead"], "now": NOW}
        triages.prepare(session)
        redactions.confirm_plain(session, session.scalars(select(Triage.point_id)).all(), **deed)
        _decide(session, deed, ids["reviewer"])
        _fill(session)
        session.commit()
    return app


def _person(session, role):
    return session.scalars(select(Person.id).where(Person.email == f"{role}@demo.example")).one()


def _decide(session, deed, second):
    """One theme of each kind of decision, so that every column of a decision is told somewhere."""
    query = select(Reading.theme_id).where(Reading.theme_id.is_not(None)).distinct().order_by(Reading.theme_id)
    said = {
        DecisionCode.ACCEPTED: {"change": "Jadwal jaga ditempel di pintunya.", "paragraph": "P-DIS-04"}
        | {
            "text_after": "Jadwal jaga pompa ditempel.",
            "programme": session.scalars(select(Programme.code).order_by(Programme.code)).first(),
            "lead_agency": "dpupr",
        },
        DecisionCode.DEFERRED: {"reason_code": ReasonCode.BUDGET, "deferred_to": "tahap 2028"},
        DecisionCode.FORWARDED: {"forwarded_to": "pemerintah provinsi"},
    }
    for theme_id, (code, more) in zip(session.scalars(query), said.items(), strict=False):
        ruling = Ruling(code=code, reason="Alasannya ditulis di sini dengan kalimat utuh.", **more)
        made = decisions.decide(session, 1, [Target("theme", theme_id)], ruling, **deed)
        waiting = session.scalars(
            select(Decision).where(Decision.id.in_(made), Decision.state == DecisionState.AWAITING)
        ).all()
        confirmations.confirm(session, {d.id: decisions.stamp(d) for d in waiting}, actor_id=second, now=NOW)
    responses.draft(session, 1, **deed)
    written = session.scalars(select(Response)).all()
    responses.sign(session, {row.decision_id: responses.stamp(row) for row in written}, **deed)


def _fill(session):
    """A row in every other table that people write in, with nothing in it yet."""
    point_id, submission_id = session.execute(select(Point.id, Point.submission_id).order_by(Point.id).limit(1)).one()
    response_id = session.scalars(select(Response.id).order_by(Response.id).limit(1)).one()
    theme_id = session.scalars(select(Reading.theme_id).where(Reading.theme_id.is_not(None)).limit(1)).one()
    at, day = {"made_at": NOW}, {"at": NOW}
    _add(session, "meeting", id=1, kind="fkp", title="", held_on=date(2026, 11, 20), **at)
    _add(session, "agreement", meeting_id=1, subject="", text="")
    _add(session, "handover", point_id=point_id, state="ready", text="", changed_at=NOW, **at)
    _add(session, "refused_item", cycle="2025", code="R-1", text="", reason="", imported_at=NOW)
    objected = {"response_id": response_id, "point_id": point_id, "submission_id": submission_id, "text": "-"}
    _add(session, "objection", **objected, public_text="-", state="dissent", answer="-", answered_at=NOW, **day)
    _add(session, "conflict", round_id=1, **at)
    _add(session, "scheme", id=1, round_id=1, number=1, criteria=[], **at)
    _add(session, "override", scheme_id=1, theme_id=theme_id, place=1, reason="-", **day)
    _add(session, "mark", point_id=point_id, kind="pin", theme_id=theme_id, **day)
    codebooks.record(session, session.get_one(Theme, theme_id), "rename", actor_id=None, now=NOW)
    _add(session, "import_file", name="-", digest="0", kind="csv", state="taken", **at)
    due = {"asked_at": NOW, "due_at": NOW + timedelta(days=3)}
    _add(session, "data_request", submission_id=submission_id, kind="correct", identity="-", **due)
    invited = {"email": "-", "role": "analyst", "token_hash": "0", "expires_at": NOW + timedelta(days=3)}
    _add(session, "invitation", **invited, **at)
    _add(session, "export", code="X2", ending="xlsx", state="made", asked_at=NOW)
    _add(session, "contact", key="0", submission_id=submission_id, **at)
    _add(session, "remark", point_id=point_id, is_gap=False, quote="-", state="hidden", why="-")
    person_id = _person(session, "lead")
    _add(session, "reply", point_id=point_id, person_id=person_id, text="-", **day)
    _add(session, "letter", number="-", person_id=person_id, round_id=1, digest="0", content={}, **at)


def _add(session, table, **values):
    session.execute(insert(Base.metadata.tables[table]).values(**values))


def plant(session, kind):
    """Write a value into every row of each place; each place has one of its own, so that it is known again."""
    values = {}
    for number, place in enumerate((*UNTOLD, *TOLD), start=1):
        name, column = place.split(".")
        values[place] = value(kind, number)
        table = Base.metadata.tables[name]
        everywhere = update(table).values({table.c[column]: values[place]})
        session.execute(everywhere.where(text(ONLY.get(place, "1 = 1"))))
    if kind == "name":  # people whom the office knows by name, and who did not agree to be named
        _know(session, values.values())
    session.commit()
    session.expire_all()
    return values


def _know(session, names):
    free = select(Submission.id).where(Submission.id.not_in(select(Contact.submission_id)))
    for number, (submission_id, name) in enumerate(zip(session.scalars(free).all(), names, strict=False), start=1):
        session.add(Contact(key=f"k{number}", submission_id=submission_id, name=name, made_at=NOW))


def made(session):
    """Make a release of the round now: its state and its files."""
    terms = releases.Terms(NOW - timedelta(hours=1), NOW + timedelta(days=14))
    release_id = releases.prepare(session, 1, terms, actor_id=None, now=NOW)
    releasing.make(release_id, now=NOW)
    files = session.scalars(select(ReleaseFile).where(ReleaseFile.release_id == release_id)).all()
    return session.get_one(Release, release_id).state, {f"{f.language}/{f.path}": f.body.decode() for f in files}


def test_there_are_more_than_forty_places_to_plant_in():
    assert len({*UNTOLD, *TOLD}) == len(UNTOLD) + len(TOLD) >= 40


def test_a_consultation_with_nothing_planted_passes_the_gate(team):
    with team.app_context():
        state, files = made(db.session())
    assert state is ReleaseState.PREPARED and len(files) > 20


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_planted_is_never_told_or_stops_the_release(team, kind):
    with team.app_context():
        session = db.session()
        values = plant(session, kind)
        state, files = made(session)
        names = releases.names_to_hide(session)
    told = {place for place, planted in values.items() if any(planted in content for content in files.values())}
    assert told == set(TOLD)
    assert state is ReleaseState.BLOCKED
    for place in told:
        assert kind in {leak.kind for leak in gates.scan(_with_this_alone(files, values, place), names=names)}, place


def _with_this_alone(files, values, place):
    """The files in which a planted value stands, all others taken out of them."""
    left = {}
    for name, content in files.items():
        if values[place] in content:
            for other, planted in values.items():
                content = content if other == place else content.replace(planted, "kosong")
            left[name] = content.encode()
    return left
