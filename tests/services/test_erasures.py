"""Erasures: the withdrawn and the held count nowhere; of the erased only the number is left."""

from datetime import timedelta

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from models import (
    Base,
    Consent,
    Contact,
    Draft,
    Finding,
    Notice,
    Paragraph,
    Point,
    Reading,
    Run,
    Submission,
    Theme,
)
from models.engine import truncate
from models.vocabulary import (
    AgeBand,
    Channel,
    Gender,
    Group,
    NoticeState,
    Purpose,
    RunState,
    SubmissionState,
    ThemeState,
    Verdict,
)
from services import (
    bonds,
    comments,
    contacts,
    contributions,
    data_requests,
    erasures,
    insights,
    materials,
    notices,
    opinions,
    originals,
    outcomes,
    priorities,
    programmes,
    publications,
    readings,
    runs,
    submissions,
    takeouts,
    traces,
    verdicts,
    vestiges,
    voices,
)
from services.errors import NotFound, NotThisState
from tests.services.conftest import NOW, ROOT, read
from tests.services.exports import reading
from tests.services.factories import call, draft, key, officer, said

PLANTED = "zubrowkaplanted"
TEXT = f"Pompa rob di kampung kami mati tiap sore, {PLANTED} ikut terendam sampai pagi hari"
PHONE, EMAIL, NAME = "0800-0000-4711", "planted@contoh.invalid", "Planted Namawarga"


def send(session, round_id, now, text=TEXT, **more):
    wanted = submissions.Draft(text=text, topic="rob-dan-banjir", **more)
    receipt = submissions.receive(session, wanted, round_id=round_id, prefix="PKL", key=key(), now=now)
    contacts.keep(
        session,
        receipt.submission_id,
        name=NAME,
        phone=PHONE,
        email=EMAIL,
        purposes=frozenset(Purpose),
        channel=Channel.WEB,
        now=now,
    )
    return receipt


def everything(session):
    """Every row of every table, as one text."""
    rows = [row for table in Base.metadata.sorted_tables for row in session.execute(select(table))]
    return " ".join(str(tuple(row)) for row in rows)


def test_after_an_erasure_no_table_holds_the_words_or_the_contact(session, round_id, run_id, now):
    receipt = send(session, round_id, now, age_band=AgeBand.TO_40, gender=Gender.WOMAN, area="tirto")
    for minute in (1, 2):  # two runs have read it, so findings of a past run hold it too
        session.scalars(select(Point).limit(1)).one().changed_at = now + timedelta(minutes=minute - 1, seconds=30)
        read(session, round_id, now + timedelta(minutes=minute))
    theme = session.scalars(select(Reading.theme_id).where(Reading.masked_text.contains(PLANTED))).one()
    for finding in session.scalars(select(Finding).where(Finding.theme_id == theme)):
        finding.terms = [*finding.terms, [PLANTED, 1.5]]
        finding.quotes = [*finding.quotes, quote_of(session, receipt.submission_id)]
    session.add(
        Theme(
            code="M-1",
            label_id=PLANTED,
            keywords=f"rob|{PLANTED}",
            state=ThemeState.PROPOSED,
            changed_at=now,
            is_machine_made=True,
        )
    )
    notices.make_due(session, now=now)
    session.flush()
    assert everything(session).count(PLANTED) > 6
    erasures.erase(session, receipt.submission_id, now=now + timedelta(hours=1))
    left = everything(session)
    assert [word for word in (PLANTED, PHONE, EMAIL, NAME) if word in left] == []
    row = session.get_one(Submission, receipt.submission_id)
    assert (row.receipt_no, row.state, row.text) == (receipt.number, SubmissionState.ERASED, "")
    assert (row.age_band, row.gender, row.area) == (None, None, None)
    for model in (Contact, Consent, Notice):
        assert session.scalars(select(model)).all() == []


def quote_of(session, submission_id):
    point = session.scalars(select(Point).where(Point.submission_id == submission_id)).one()
    return {"id": f"{point.id:09d}", "text": point.text, "group": "citizen", "area": None, "language": "id"}


def test_a_term_that_somebody_else_said_too_stays(session, round_id, now):
    send(session, round_id, now, text="Pompa rob di Tirto mati tiap sore")
    receipt = send(session, round_id, now, text=f"Pompa rob di Degayu mati, {PLANTED}")
    read(session, round_id)
    finding = session.scalars(select(Finding)).first()
    finding.terms = [["pompa", 2.0], [PLANTED, 1.0], ["mata", 1.0]]
    erasures.erase(session, receipt.submission_id, now=now)
    assert finding.terms == [["pompa", 2.0], ["mata", 1.0]]


def test_the_file_holds_nothing_of_it_once_the_log_is_truncated(session, round_id, now, tmp_path):
    receipt = send(session, round_id, now)
    read(session, round_id)
    session.commit()
    assert planted_in(tmp_path)
    erasures.erase(session, receipt.submission_id, now=now)
    session.commit()
    assert truncate(session.get_bind())
    assert planted_in(tmp_path) == []


def planted_in(folder):
    words = [word.encode() for word in (PLANTED, PHONE, EMAIL, NAME)]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(word in path.read_bytes() for word in words)]


@pytest.mark.parametrize("state", ["withdrawn", "held", "erased"])
def test_what_does_not_stand_appears_nowhere(session, round_id, now, state):
    """Four voices on the draft, a programme and the form; each list, count, ranking and export is asked for them."""
    draft(session, (ROOT / "demo" / "draft-masterplan.md").read_text("utf-8"))
    programmes.import_file(session, ROOT / "demo" / "programmes.csv", now=now)
    ids = voice_everywhere(session, round_id, now)
    run_id = read(session, round_id)
    assert shown_anywhere(session, run_id)
    for submission_id in ids:
        if state == "held":
            traces.forget(session, submission_id, now=now + timedelta(seconds=1))
            session.get_one(Submission, submission_id).state = SubmissionState.HELD
        elif state == "withdrawn":
            erasures.withdraw(session, submission_id, now=now + timedelta(seconds=1))
        else:
            erasures.erase(session, submission_id, now=now + timedelta(seconds=1))
    session.flush()
    assert shown_anywhere(session, None) == []
    later = now + timedelta(minutes=2)
    session.scalars(select(Theme).limit(1)).one().changed_at = later - timedelta(seconds=1)
    newest = read(session, round_id, later)
    assert shown_anywhere(session, newest) == []
    run = session.get_one(Run, newest)
    assert (run.received, run.people_max) == (0, 0)
    assert session.scalars(select(Finding.theme_id).where(Finding.run_id == newest)).all() == []
    assert data_requests.uncounted(session)[state] == len(ids)


def voice_everywhere(session, round_id, now):
    person = officer(session)
    mine = verdicts.by_programme(session)[0].code
    paragraph = session.execute(select(Paragraph.id).limit(1)).scalar_one()
    words = {"call": call(round_id), "now": now}
    points = [
        comments.add(session, person, paragraph, said(f"Paragraf ini keliru {PLANTED}"), key=key(), **words),
        contributions.add(
            session,
            person,
            said(f"Program ini perlu {PLANTED}", programme=mine, verdict=Verdict.KEEP),
            key=key(),
            **words,
        ),
        contributions.add(session, person, said(f"Pompa rob mati {PLANTED}", dimension="DIS"), key=key(), **words),
    ]
    sent = send(session, round_id, now)
    point = session.scalars(select(Point).where(Point.submission_id == sent.submission_id)).one()
    point.shown_at = now
    session.flush()
    return [session.get_one(Point, p).submission_id for p in points] + [sent.submission_id]


def shown_anywhere(session, run_id):
    """The names of the lists, pages and exports in which the planted word or one of its voices still stands."""
    newest = insights.newest_run(session)
    places = session.scalars(select(Paragraph.id)).all()
    version = session.scalars(select(Draft.id)).one()
    person = contributions.Author(1, Group.AGENCY, "", None, "dinkominfo")
    looks = {
        "originals": originals.behind(session)[0],
        "comments": comments.on(session, version, places, is_team=True),
        "own comments": comments.own(session, person),
        "counts of comments": comments.counts(session, version, places),
        "outcomes": outcomes.every(session, person, now=NOW),
        "opinions": opinions.own(session, person),
        "given opinions": [d for d in opinions.dimensions(session, person) if d.given],
        "verdicts": [p for p in verdicts.by_programme(session) if p.groups],
        "thread": [t for t in (publications.thread(session, now=NOW, is_demo=True),) if t],
        "notices": [],
    }
    looks["exports"] = [code for code, words in reading.words(session, NOW).items() if PLANTED in words]
    if newest:
        looks["themes"] = [t for g in insights.by_dimension(session, newest) for t in g.themes if PLANTED in str(t)]
        looks["quotes"] = [q for qs in session.scalars(select(Finding.quotes)) for q in qs if PLANTED in q["text"]]
    if run_id:
        matrix = voices.matrix(session, run_id, priorities.dimensions(session))
        looks["matrix"] = [n for row in matrix.counts for n in row if n]
    return sorted(name for name, found in looks.items() if found)


def test_a_withdrawn_submission_is_out_at_once_and_its_words_stay_with_its_sender(session, round_id, run_id, now):
    receipt = send(session, round_id, now)
    read(session, round_id, now + timedelta(minutes=1))
    erasures.withdraw(session, receipt.submission_id, now=now + timedelta(minutes=2))
    assert session.scalars(select(Reading).where(Reading.masked_text.contains(PLANTED))).all() == []
    assert session.get_one(Submission, receipt.submission_id).text == TEXT
    assert runs.is_due(session, round_id, now=now)
    newest = read(session, round_id, now + timedelta(minutes=3))
    assert session.get_one(Run, newest).received == 98


def test_nothing_is_withdrawn_or_erased_twice(session, round_id, now):
    receipt = send(session, round_id, now)
    erasures.withdraw(session, receipt.submission_id, now=now)
    with pytest.raises(NotThisState):
        erasures.withdraw(session, receipt.submission_id, now=now)
    erasures.erase(session, receipt.submission_id, now=now)
    with pytest.raises(NotThisState):
        erasures.erase(session, receipt.submission_id, now=now)
    with pytest.raises(NotFound):
        erasures.erase(session, 10**9, now=now)


def test_a_run_that_had_gathered_it_is_not_stored(session, round_id, now):
    receipt = send(session, round_id, now)
    run_id = runs.claim(session, round_id, now=now)
    result = readings.analyse(materials.gather(session, round_id))
    erasures.erase(session, receipt.submission_id, now=now)
    with pytest.raises(NotThisState):
        readings.store(session, run_id, result, now=now)
    assert session.get_one(Run, run_id).state is RunState.FAILED


def test_what_an_older_backup_brings_back_is_erased_again(session, round_id, now):
    kept, gone = send(session, round_id, now, text="Lampu jalan di gang kami padam"), send(session, round_id, now)
    assert erasures.again(session, [gone.number], now=now) == 1
    assert erasures.again(session, [gone.number], now=now) == 0
    assert session.get_one(Submission, kept.submission_id).state is SubmissionState.RECEIVED
    assert PLANTED not in everything(session)


def test_only_what_a_person_let_stand_in_public_is_published(session, round_id, now):
    receipt = send(session, round_id, now)
    assert not erasures.is_published(session, receipt.submission_id)
    session.scalars(select(Point)).one().shown_at = now
    session.flush()
    assert erasures.is_published(session, receipt.submission_id)


def test_every_table_that_hangs_on_a_submission_is_emptied_or_named(session):
    """A table that is added later must be thought of here."""
    hanging = {
        table.name
        for table in Base.metadata.sorted_tables
        for fk in table.foreign_keys
        if fk.column.table.name in ("submission", "point", "sample_point")
    }
    emptied = {m.__tablename__ for m in (*erasures.ATTACHED, *erasures.LINKS, *bonds.LINKED, *vestiges.LINKED)}
    kept_empty = {"point", "reading", "mark", "data_request", "decision", "wording"}
    assert hanging == emptied | kept_empty
    columns = set(inspect(Submission).columns.keys())
    ours = {"id", "round_id", "receipt_no", "pin_salt", "pin_hash", "pin_failures", "pin_failed_at", "source_ref"}
    ours |= {"group", "channel", "received_at", "is_suspect", "state", "visibility", "serial", "entry_batch_id"}
    ours |= {"meeting_id", "import_id", "entered_by"}
    assert columns == ours | set(erasures.EMPTIED) | {"text", "affected", "constituencies"}
    points = set(inspect(Point).columns.keys())
    assert points == {"id", "submission_id", "position", "split_from_id", "text", "dimension", "changed_at"} | set(
        erasures.POINT_EMPTIED
    )


def test_the_takeout_holds_every_row_that_hangs_on_the_submission_and_none_of_another(session, round_id, now):
    receipt, other = send(session, round_id, now), send(session, round_id, now, text="Lampu jalan di gang kami padam")
    read(session, round_id)
    notices.make_due(session, now=now)
    found = takeouts.rows_of(session, receipt.submission_id)
    names = {"submission", "point", "reading", "contact", "consent", "notice", "event"}
    assert names <= found.keys()
    assert all(found[name] for name in names)
    whole = str(found)
    assert PLANTED in whole and EMAIL in whole and other.number not in whole and "Lampu jalan" not in whole
    assert "pin_hash" not in whole and "key_hash" not in whole
    erasures.erase(session, receipt.submission_id, now=now)
    after = takeouts.rows_of(session, receipt.submission_id)
    assert PLANTED not in str(after) and "contact" not in after


def test_a_notice_that_waits_is_gone_with_its_submission(session: Session, round_id, now):
    receipt = send(session, round_id, now)
    notices.make_due(session, now=now)
    assert session.scalars(select(Notice.state)).all() == [NoticeState.WAITING]
    erasures.erase(session, receipt.submission_id, now=now)
    assert notices.claim(session, address="http://x", now=now) is None
