"""Jobs: asked for once, made by one, kept some days, told in the reader's language, gone when words are erased."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models import Event, Export, Submission
from models.vocabulary import ExportState, Group
from services import erasures
from services.errors import NotFound
from services.exports import jobs, shelves
from services.exports.catalogue import Shelf
from tests.services.exports.world import NOW

LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "exports"
    made.mkdir()
    return made


def ask(session, code="X2", ending="xlsx", actor_id=1, now=NOW, **more):
    return jobs.ask(session, code, ending, actor_id=actor_id, now=now, **more)


def made(session, job_id, name="1-abc.xlsx", now=LATER):
    session.get_one(Export, job_id).state = ExportState.MAKING
    jobs.finish(session, job_id, file=name, size=2048, digest="abc", run_id=1, now=now)


def actions(session):
    query = select(Event.action).where(Event.subject == "export", Event.at.in_((NOW, LATER)))
    return list(session.scalars(query.order_by(Event.id)))


def test_a_job_goes_from_asked_to_made_and_every_step_is_written_down(session):
    job_id = ask(session, filters={"dimension": "DIS", "receipt": "PKL-1", "public": True})
    assert session.get_one(Export, job_id).filters == {"dimension": "DIS", "public": True}
    assert jobs.is_waiting(session, now=NOW) and jobs.claim(session, now=NOW) == job_id
    assert jobs.claim(session, now=NOW) is None and not jobs.is_waiting(session, now=NOW)
    jobs.finish(session, job_id, file="1-abc.xlsx", size=2048, digest="abc", run_id=1, now=LATER)
    job = shelves.one(session, job_id, Shelf.TEAM)
    assert job.is_made and not job.is_waiting and (job.size, job.run_id) == (2048, 1)
    assert job.name == "X2-matriks-tanggapan-hitungan-1.xlsx" and job.filters == "Bidang DIS, untuk umum"
    shelves.took(session, job, actor_id=2, now=LATER)
    session.flush()
    assert actions(session)[-3:] == ["export.ask", "export.make", "export.take"]


def test_the_same_paper_that_still_waits_is_not_asked_for_twice(session):
    first = ask(session)
    assert ask(session) == first
    assert ask(session, lang="en") != first
    assert ask(session, filters={"group": Group.CITIZEN.value}) != first
    made(session, first)
    assert ask(session) != first


def test_nobody_asks_for_more_than_five_at_a_time(session):
    for code in ("X1", "X2", "X4", "X5", "X6"):
        ask(session, code)
    with pytest.raises(jobs.TooManyJobs):
        ask(session, "X7")
    ask(session, "X7", actor_id=2)


@pytest.mark.parametrize(("code", "ending"), [("X1", "docx"), ("X99", "xlsx"), ("X13", "xlsx")])
def test_a_paper_or_form_that_is_not_there_is_not_asked_for(session, code, ending):
    with pytest.raises(NotFound):
        ask(session, code, ending)


def test_the_data_of_a_sender_is_asked_for_by_a_number_that_is_here(session):
    job_id = ask(session, "X13", "json", filters={"receipt": " pkl-aaaa-01 "})
    assert session.get_one(Export, job_id).filters == {"receipt": "PKL-AAAA-01"}
    for wrong in ({"receipt": "PKL-ZZZZ-99"}, {}):
        with pytest.raises(jobs.UnknownReceipt):
            ask(session, "X13", "html", filters=wrong)


def test_the_number_of_a_receipt_is_no_part_of_the_trail(session):
    ask(session, "X13", "json", filters={"receipt": "PKL-AAAA-01"})
    session.flush()
    details = list(session.scalars(select(Event.details).where(Event.at == NOW)))
    assert "PKL-AAAA-01" not in str(details)


def test_a_press_that_died_is_followed_by_another_one(session):
    job_id = ask(session)
    jobs.claim(session, now=NOW)
    assert jobs.claim(session, now=NOW + jobs.LEASE + timedelta(seconds=1)) == job_id
    jobs.release(session)
    session.expire_all()
    assert session.get_one(Export, job_id).state is ExportState.ASKED


def test_a_job_that_failed_says_why_in_the_readers_language(session):
    job_id = ask(session)
    jobs.claim(session, now=NOW)
    jobs.fail(session, job_id)
    job = shelves.one(session, job_id, Shelf.TEAM)
    assert job.state is ExportState.BROKEN and job.error.startswith("Berkas tidak jadi dibuat.")
    jobs.fail(session, job_id, jobs.TOO_LONG)
    assert shelves.one(session, job_id, Shelf.TEAM).error == job.error
    with pytest.raises(NotFound):
        jobs.finish(session, job_id, file="f", size=1, digest="d", run_id=None, now=NOW)


def test_a_shelf_shows_its_own_papers_page_by_page(session):
    for number in range(shelves.PAGE + 2):
        ask(session, "X4", "xlsx", actor_id=1 + number % 3, now=NOW, filters={"round": number + 1})
        session.scalars(select(Export).order_by(Export.id.desc())).first().state = ExportState.MADE
    trail = ask(session, "X12", "csv")
    shown, cursor = shelves.listing(session, Shelf.TEAM)
    rest, end = shelves.listing(session, Shelf.TEAM, before=cursor)
    assert (len(shown), len(rest), end) == (shelves.PAGE, 2, None)
    assert [job.id for job in shelves.listing(session, Shelf.TRAIL)[0]] == [trail]
    with pytest.raises(NotFound):
        shelves.one(session, trail, Shelf.TEAM)
    assert shelves.ahead(session, trail) == 0


def test_a_paper_waits_behind_those_that_were_asked_for_before(session):
    first, second = ask(session), ask(session, "X4")
    assert (shelves.ahead(session, first), shelves.ahead(session, second)) == (0, 1)


def files(folder):
    return sorted(path.name for path in folder.iterdir())


def test_old_papers_and_files_of_no_job_are_deleted_and_the_rest_stays(session, folder):
    old, new = ask(session, ending="csv"), ask(session, "X4")
    made(session, old, f"{old}-abc.csv")
    made(session, new, f"{new}-def.xlsx")
    making = ask(session, "X5")
    session.get_one(Export, making).state = ExportState.MAKING
    names = (f"{old}-abc.csv", f"{old}-abc-keterangan.csv", f"{new}-def.xlsx", f"{making}-x.xlsx", "99-y.xlsx", "lain")
    for name in names:
        (folder / name).write_bytes(b"x")
    assert jobs.sweep(session, folder) == 2
    assert files(folder) == sorted(names[:4])
    session.get_one(Export, old).asked_at = NOW - jobs.KEPT - timedelta(seconds=1)
    session.flush()
    assert jobs.tidy(session, folder, now=NOW) == 2
    assert files(folder) == sorted(names[2:4])
    assert jobs.sweep(session, folder / "none") == 0


@pytest.mark.parametrize("deed", [erasures.erase, erasures.withdraw])
def test_when_words_are_taken_back_no_paper_that_may_hold_them_stays(session, folder, deed):
    done, making, waiting = ask(session), ask(session, "X4"), ask(session, "X5")
    made(session, done, f"{done}-abc.xlsx")
    (folder / f"{done}-abc.xlsx").write_bytes(b"x")
    session.get_one(Export, making).state = ExportState.MAKING
    sent = session.scalars(select(Submission).where(Submission.receipt_no == "PKL-AAAA-02")).one()
    deed(session, sent.id, now=LATER)
    jobs.sweep(session, folder)
    session.expire_all()
    left = {row.id: row.state for row in session.scalars(select(Export))}
    assert left == {making: ExportState.ASKED, waiting: ExportState.ASKED} and files(folder) == []
    with pytest.raises(NotFound):
        jobs.finish(session, making, file="f", size=1, digest="d", run_id=1, now=LATER)
