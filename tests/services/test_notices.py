"""Notices: one recipient, nothing of the text, a lease, growing pauses, given up after five, never twice."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models import Notice, Paragraph, Person, Point, Run, Submission
from models.vocabulary import Channel, NoticeState, Purpose, RunState, SubmissionState
from services import comments, contacts, erasures, notices, remarks, responses, submissions
from tests.services import decided, factories
from tests.services.factories import key

TEXT = "Selokan di depan pasar mampet"
ADDRESS = "https://masukan.contoh.invalid/masukan/status"


@pytest.fixture
def sent(session, round_id, now):
    return send(session, round_id, now)


def send(session, round_id, now, email="f@contoh.invalid", purposes=frozenset({Purpose.NEWS})):
    receipt = submissions.receive(
        session, submissions.Draft(text=TEXT), round_id=round_id, prefix="PKL", key=key(), now=now
    )
    more = {"name": "F", "phone": "0800-0000-4711", "purposes": purposes, "channel": Channel.WEB, "now": now}
    contacts.keep(session, receipt.submission_id, email=email, **more)
    return receipt


def claim(session, now):
    return notices.claim(session, address=ADDRESS, now=now)


def state(session):
    return session.scalars(select(Notice.state)).all()


def test_a_notice_goes_to_one_address_with_number_and_link_and_nothing_else(session, sent, now):
    assert notices.make_due(session, now=now) == 1
    letter = claim(session, now)
    assert letter.to == "f@contoh.invalid"
    assert sent.number in letter.subject and f"{ADDRESS}?nomor={sent.number}" in letter.body
    whole = letter.subject + letter.body
    assert TEXT not in whole and sent.pin not in whole and "4711" not in whole


def test_a_notice_is_made_once(session, sent, now):
    assert notices.make_due(session, now=now) == 1
    assert notices.make_due(session, now=now) == 0
    notices.sent(session, claim(session, now).id, now=now)
    session.flush()
    assert notices.make_due(session, now=now) == 0 and state(session) == [NoticeState.SENT]


@pytest.mark.parametrize(
    "more", [{"email": None}, {"email": ""}, {"purposes": frozenset({Purpose.NAME})}, {"purposes": frozenset()}]
)
def test_without_address_or_consent_there_is_none(session, round_id, now, more):
    send(session, round_id, now, **more)
    assert notices.make_due(session, now=now) == 0


@pytest.mark.parametrize("gone", [SubmissionState.WITHDRAWN, SubmissionState.ERASED])
def test_who_has_withdrawn_is_not_written_to(session, sent, now, gone):
    session.get_one(Submission, sent.submission_id).state = gone
    session.flush()
    assert notices.make_due(session, now=now) == 0


def test_two_workers_do_not_send_the_same_notice(session, sent, now):
    notices.make_due(session, now=now)
    assert claim(session, now) is not None
    assert claim(session, now) is None
    assert claim(session, now + notices.LEASE) is not None


def test_pauses_grow_and_the_fifth_failure_is_the_last(session, sent, now):
    notices.make_due(session, now=now)
    pauses, moment = [], now
    for _ in range(notices.TRIES):
        letter = claim(session, moment)
        notices.failed(session, letter.id, now=moment)
        session.flush()
        row = session.get_one(Notice, letter.id)
        if row.state is NoticeState.WAITING:
            assert claim(session, row.next_at - timedelta(seconds=1)) is None
            pauses.append(row.next_at - moment)
            moment = row.next_at
    assert pauses == sorted(pauses) and len(set(pauses)) == notices.TRIES - 1
    assert state(session) == [NoticeState.GIVEN_UP]
    assert claim(session, moment + timedelta(days=30)) is None


def test_a_worker_that_dies_on_it_every_time_does_not_try_for_ever(session, sent, now):
    notices.make_due(session, now=now)
    moment, tries = now, 0
    while claim(session, moment) is not None:
        tries, moment = tries + 1, moment + notices.LEASE
    assert tries == notices.TRIES and state(session) == [NoticeState.GIVEN_UP]


def test_one_that_was_withdrawn_on_its_way_is_no_fault(session, sent, now):
    notices.make_due(session, now=now)
    letter = claim(session, now)
    contacts.withdraw(session, sent.submission_id, Purpose.NEWS, now=now)
    notices.sent(session, letter.id, now=now)
    notices.failed(session, letter.id, now=now)
    assert notices.counts(session) == {"waiting": 0, "sent": 0, "given_up": 0}


@pytest.fixture
def answered(session, round_id, sent, now):
    """The submission's point is decided and its answer signed, and a run is there for releases to stand on."""
    run = Run(round_id=round_id, state=RunState.DONE, started_at=now, lease_until=now, finished_at=now)
    session.add(run)
    session.flush()
    point = session.scalars(select(Point.id).where(Point.submission_id == sent.submission_id)).one()
    decided.response(session, decided.decision(session, round_id, point_id=point))
    notices.make_due(session, now=now)
    return point


def release(session, round_id, **more):
    row = decided.release(session, round_id, **more)
    responses.hand_out(session, row.id)
    return row


def test_whoever_wants_news_is_told_once_that_it_is_answered(session, round_id, answered, sent, now):
    assert notices.make_due(session, now=now) == 0
    release(session, round_id)
    assert notices.make_due(session, now=now) == 1
    assert notices.make_due(session, now=now) == 0
    claim(session, now)
    letter = claim(session, now)
    assert "sudah dijawab" in letter.subject and sent.number in letter.subject
    assert "keberatan" in letter.body and "Jadwal jaga" not in letter.body and TEXT not in letter.body


def test_a_later_release_with_nothing_new_for_them_tells_them_nothing(session, round_id, answered, now):
    release(session, round_id)
    assert notices.make_due(session, now=now) == 1
    release(session, round_id, number=2)
    assert notices.make_due(session, now=now) == 0


def test_before_the_moment_of_the_release_nobody_is_told(session, round_id, answered, now):
    release(session, round_id, publish_at=now + timedelta(days=1))
    assert notices.make_due(session, now=now) == 0
    assert notices.make_due(session, now=now + timedelta(days=1)) == 1


def test_who_took_the_consent_back_is_not_told_of_an_answer(session, round_id, answered, sent, now):
    release(session, round_id)
    contacts.withdraw(session, sent.submission_id, Purpose.NEWS, now=now)
    assert notices.make_due(session, now=now) == 0


DESK = "https://masukan.contoh.invalid/komentar/"
PLACES = ("Pompa rob dijaga warga setiap malam.", "Tanggul sungai diperiksa dua kali setahun oleh dinas.")


def version(session, *texts, title="Naskah", now):
    body = "\n\n".join(f"[P-DIS-{n:02}] {text}" for n, text in enumerate(texts, start=1))
    return factories.draft(session, f"# {title}\n\n## Bencana\n\n{body}\n", now=now)


@pytest.fixture
def places(session, now):
    """The paragraphs of version 1, in their order."""
    version(session, *PLACES, now=now)
    return session.scalars(select(Paragraph.id).order_by(Paragraph.position)).all()


def comment(session, author, place, round_id, now, text=TEXT):
    words = {"call": factories.call(round_id), "key": key(), "now": now}
    return comments.add(session, author, place, factories.said(text), **words)


def second(session, now):
    """Version 2: the first paragraph is the same, the second is edited."""
    return version(session, PLACES[0], PLACES[1].replace("dua", "empat"), title="Kedua", now=now)


def told(session, now):
    """Make what is due, then everything that is sent."""
    notices.make_due(session, now=now)
    letters = []
    while (letter := notices.claim(session, address=ADDRESS, now=now, desk=DESK)) is not None:
        notices.sent(session, letter.id, now=now)
        letters.append(letter)
    return letters


def test_a_person_is_told_once_of_a_version_whatever_they_wrote(session, round_id, places, now):
    author = factories.academic(session)
    for place in (*places, places[1], places[1]):
        comment(session, author, place, round_id, now)
    assert told(session, now) == []
    second(session, now)
    (letter,) = told(session, now)
    assert letter.to == session.get_one(Person, author.person_id).email
    assert "versi 2" in letter.subject and DESK in letter.body
    assert "1 masih berlaku, 3 teksnya berubah" in letter.body
    assert TEXT not in letter.body and PLACES[0] not in letter.body and author.name not in letter.body
    assert told(session, now + timedelta(hours=1)) == []


def test_each_version_is_told_of_once_and_each_person_for_themselves(session, round_id, places, now):
    one, other = factories.academic(session), factories.officer(session)
    for author in (one, other):
        comment(session, author, places[1], round_id, now)
    second(session, now)
    assert len({letter.to for letter in told(session, now)}) == 2
    version(session, PLACES[0], title="Ketiga", now=now)
    found = told(session, now)
    assert len(found) == 2 and all("1 paragrafnya dihapus" in letter.body for letter in found)
    assert told(session, now) == []


def test_an_erasure_does_not_make_anybody_be_told_again(session, round_id, places, now):
    author = factories.academic(session)
    ids = [comment(session, author, places[1], round_id, now) for _ in range(3)]
    second(session, now)
    assert len(told(session, now)) == 1
    erasures.erase(session, session.get_one(Point, ids[2]).submission_id, now=now)
    assert told(session, now) == []
    for number in ids[:2]:
        erasures.erase(session, session.get_one(Point, number).submission_id, now=now)
    assert told(session, now) == [] and session.scalars(select(Notice)).all() == []


def test_whoever_is_not_concerned_is_told_nothing(session, round_id, places, now):
    comment(session, factories.academic(session), places[0], round_id, now)
    settled = comment(session, factories.academic(session), places[1], round_id, now)
    gone = comment(session, factories.academic(session), places[1], round_id, now)
    remarks.settle(session, [settled], now=now)
    erasures.withdraw(session, session.get_one(Point, gone).submission_id, now=now)
    left = factories.academic(session)
    comment(session, left, places[1], round_id, now)
    session.get_one(Person, left.person_id).active = False
    second(session, now)
    assert told(session, now) == []


def test_somebody_who_was_deactivated_meanwhile_is_not_written_to(session, round_id, places, now):
    author = factories.academic(session)
    comment(session, author, places[1], round_id, now)
    second(session, now)
    assert notices.make_due(session, now=now) == 1
    session.get_one(Person, author.person_id).active = False
    session.flush()
    assert notices.claim(session, address=ADDRESS, now=now, desk=DESK) is None


def test_a_version_that_is_not_out_or_has_long_been_is_no_news(session, round_id, places, now):
    comment(session, factories.academic(session), places[1], round_id, now)
    factories.draft(session, "# Kedua\n\n## Bencana\n\n[P-DIS-01] Lain sama sekali.", now=now, is_published=False)
    assert told(session, now) == []
    second(session, now)
    assert told(session, now + notices.IS_NEWS + timedelta(seconds=1)) == []


@pytest.mark.parametrize(("purposes", "n"), [(frozenset({Purpose.NEWS}), 1), (frozenset({Purpose.NAME}), 0)])
def test_a_citizen_is_told_only_with_consent_and_reads_the_number(session, round_id, places, now, purposes, n):
    wanted = submissions.Draft(text=TEXT, paragraph_id=places[1])
    receipt = submissions.receive(session, wanted, round_id=round_id, prefix="PKL", key=key(), now=now)
    more = {"name": "F", "phone": None, "purposes": purposes, "channel": Channel.WEB, "now": now}
    contacts.keep(session, receipt.submission_id, email="f@contoh.invalid", **more)
    told(session, now)  # that it is received
    second(session, now)
    found = told(session, now)
    assert len(found) == n and told(session, now) == []
    for letter in found:
        assert f"{ADDRESS}?nomor={receipt.number}" in letter.body and "1 teksnya berubah" in letter.body
        assert letter.to == "f@contoh.invalid" and TEXT not in letter.body
