"""Releases: asked for, kept with their scan, let go by two persons, seen from their moment on and never changed."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from models import Event, Finding, Person, Release, ReleaseFile, Response, Submission
from models.vocabulary import Channel, DecisionCode, Purpose, ReleaseState, Visibility
from services import colophons, contacts, decisions, releases, responses, shelves
from services.decisions import Target
from services.errors import NotFound, NotThisState
from services.explanations import Ruling
from services.releases import File, Terms
from tests.services.conftest import NOW
from tests.services.factories import person

HTML = "text/html; charset=utf-8"
CLEAN = [File("", "id", HTML, b"<p>Rob di kampung kami</p>"), File("data.csv", "", "text/csv", b"no\r\n1\r\n")]
HOUR = timedelta(hours=1)


@pytest.fixture
def people(session):
    return [person(session, name).id for name in ("Fulan Satu", "Fulanah Dua")]


@pytest.fixture
def asked(session, round_id, run_id, people, now):
    return releases.prepare(session, round_id, Terms(now), actor_id=people[0], now=now)


def kept(session, release_id, files=CLEAN):
    return releases.keep(session, release_id, files, facts={"files": len(files)}, codebook=0, now=NOW)


def let_go(session, release_id, people, now):
    kept(session, release_id)
    releases.approve(session, release_id, actor_id=people[0], now=now)
    releases.release(session, release_id, actor_id=people[1], now=now)


def test_it_waits_for_its_pages_and_one_is_open_at_a_time(session, round_id, asked, people, now):
    assert releases.waiting(session) == [asked]
    with pytest.raises(NotThisState, match="Masih ada terbitan"):
        releases.prepare(session, round_id, Terms(now), actor_id=people[0], now=now)
    assert kept(session, asked) is ReleaseState.PREPARED and releases.waiting(session) == []
    found = colophons.one(session, asked, now=now)
    assert (found.number, found.is_made, found.is_seen, found.made_by) == (1, True, False, "Fulan Satu")


def test_two_different_persons_let_it_go(session, asked, people, now):
    kept(session, asked)
    with pytest.raises(NotThisState):
        releases.release(session, asked, actor_id=people[1], now=now)  # nobody approved it
    releases.approve(session, asked, actor_id=people[0], now=now)
    with pytest.raises(NotThisState, match="dua orang"):
        releases.release(session, asked, actor_id=people[0], now=now)
    releases.release(session, asked, actor_id=people[1], now=now)
    assert colophons.one(session, asked, now=now).is_seen
    assert [e for e in session.scalars(select(Event.action).order_by(Event.id)) if e.startswith("release.")] == [
        "release.prepare",
        "release.approve",
        "release.release",
    ]


def test_the_database_too_wants_two_persons(session, asked, people, now):
    kept(session, asked)
    releases.approve(session, asked, actor_id=people[0], now=now)
    values = {"state": ReleaseState.RELEASED, "released_at": now, "released_by": people[0]}
    with pytest.raises(IntegrityError, match="two_persons"):
        session.execute(update(Release).where(Release.id == asked).values(**values))


def test_what_points_to_a_person_blocks_it(session, asked, people, now):
    leaky = [*CLEAN, File("tema", "id", HTML, b"<p>hubungi 0812-0000-4711</p>")]
    assert kept(session, asked, leaky) is ReleaseState.BLOCKED
    found = colophons.one(session, asked, now=now)
    assert found.leaks and found.leaks[0]["file"] == "id/tema" and "4711" not in str(found.leaks)
    with pytest.raises(NotThisState):
        releases.approve(session, asked, actor_id=people[0], now=now)
    assert kept(session, asked) is ReleaseState.PREPARED  # made anew from mended sources


def test_a_contacts_name_blocks_it_unless_it_may_be_shown(session, round_id, asked, now):
    sent = session.scalars(select(Submission.id).limit(2)).all()
    files = [File("", "id", HTML, b"<p>kata Fulanah Melati Kencana kemarin</p>")]
    facts = {"name": "Fulanah Melati Kencana", "phone": None, "email": None, "channel": Channel.WEB, "now": now}
    contacts.keep(session, sent[0], purposes=frozenset({Purpose.NAME}), **facts)
    assert kept(session, asked, files) is ReleaseState.BLOCKED  # agreed, but sent it without a name
    session.get_one(Submission, sent[0]).visibility = Visibility.NAMED
    assert kept(session, asked, files) is ReleaseState.PREPARED


def test_what_was_changed_after_it_was_approved_is_not_let_go(session, asked, people, now):
    kept(session, asked)
    releases.approve(session, asked, actor_id=people[0], now=now)
    session.execute(update(ReleaseFile).where(ReleaseFile.path == "").values(body=b"<p>lain</p>"))
    with pytest.raises(NotThisState, match="berubah sejak disetujui"):
        releases.release(session, asked, actor_id=people[1], now=now)


def test_it_is_seen_from_its_moment_on_and_found_by_path_and_language(session, round_id, run_id, people, now):
    asked = releases.prepare(session, round_id, Terms(now + HOUR), actor_id=people[0], now=now)
    let_go(session, asked, people, now)
    code = colophons.one(session, asked, now=now).round_code
    assert shelves.seen(session, now=now) == []
    with pytest.raises(NotFound):
        shelves.open_(session, code, "", now=now)
    later = now + 2 * HOUR
    assert [one.number for one in shelves.seen(session, now=later)] == [1]
    for lang in ("id", "en"):  # a page that is not there in English is shown in Indonesian
        assert shelves.open_(session, code, "", now=later, lang=lang).body == CLEAN[0].body
    assert shelves.open_(session, code, "data.csv", now=later, lang="en").media_type == "text/csv"
    for path, number in (("tidak-ada", None), ("", 7)):
        with pytest.raises(NotFound):
            shelves.open_(session, code, path, now=later, number=number)


def test_a_newer_release_takes_the_place_and_the_older_stays_as_it_was(session, round_id, asked, people, now):
    let_go(session, asked, people, now)
    second = releases.prepare(session, round_id, Terms(now), actor_id=people[0], now=now + HOUR)
    kept(session, second, [File("", "id", HTML, b"<p>kedua</p>")])
    releases.approve(session, second, actor_id=people[1], now=now + HOUR)
    releases.release(session, second, actor_id=people[0], now=now + HOUR)
    code, later = colophons.one(session, asked, now=now).round_code, now + 2 * HOUR
    assert shelves.open_(session, code, "", now=later).body == b"<p>kedua</p>"
    assert shelves.open_(session, code, "", now=later, number=1).body == CLEAN[0].body
    with pytest.raises(NotThisState):
        kept(session, asked)


def test_the_same_snapshot_has_the_same_digest_and_any_change_another(session, asked):
    kept(session, asked)
    first = releases.digest_of(session, asked)
    kept(session, asked, CLEAN[::-1])
    assert releases.digest_of(session, asked) == first
    kept(session, asked, [CLEAN[0], File("data.csv", "", "text/csv", b"no\r\n2\r\n")])
    assert releases.digest_of(session, asked) != first


def test_a_release_is_thrown_away_or_moved_before_it_is_seen_and_not_after(session, asked, people, now):
    kept(session, asked)
    releases.postpone(session, asked, now + HOUR, actor_id=people[0], now=now)
    releases.approve(session, asked, actor_id=people[0], now=now)
    releases.release(session, asked, actor_id=people[1], now=now)
    releases.postpone(session, asked, now + 2 * HOUR, actor_id=people[0], now=now)
    for deed in (
        lambda: releases.postpone(session, asked, now + 9 * HOUR, actor_id=people[0], now=now + 3 * HOUR),
        lambda: releases.discard(session, asked, actor_id=people[0], now=now),
    ):
        with pytest.raises(NotThisState):
            deed()


def test_what_was_thrown_away_leaves_no_pages(session, asked, people, now):
    kept(session, asked)
    releases.discard(session, asked, actor_id=people[0], now=now)
    assert session.scalars(select(ReleaseFile.path)).all() == []
    assert colophons.one(session, asked, now=now).state is ReleaseState.DISCARDED


def test_without_a_run_or_with_a_wrong_rounding_nothing_is_prepared(session, round_id, people, now):
    with pytest.raises(NotThisState, match="Belum ada hitungan"):
        releases.prepare(session, round_id, Terms(now), actor_id=people[0], now=now)
    with pytest.raises(NotFound):
        releases.prepare(session, 10**9, Terms(now), actor_id=people[0], now=now)


@pytest.mark.parametrize(("threshold", "rounding"), [(10, 11), (10, 0)])
def test_a_rounding_beyond_the_threshold_is_refused(session, round_id, run_id, people, now, threshold, rounding):
    terms = Terms(now, threshold=threshold, rounding=rounding)
    with pytest.raises(NotThisState, match="Pembulatan"):
        releases.prepare(session, round_id, terms, actor_id=people[0], now=now)


def test_account_names_are_hidden_too(session, run_id):
    author = session.get_one(Person, person(session, "Fulan Bin Contoh").id)
    session.scalars(select(Submission).limit(1)).one().person_id = author.id
    session.flush()
    assert "Fulan Bin Contoh" in releases.names_to_hide(session)


def test_an_answer_that_was_replaced_since_its_pages_were_made_holds_the_release_back(
    session, round_id, asked, people, now
):
    theme_id = session.scalar(select(Finding.theme_id).limit(1))
    ruling = Ruling(code=DecisionCode.NOTED, reason="Dukungan ini kami catat dengan baik.")
    (first,) = decisions.decide(session, round_id, [Target("theme", theme_id)], ruling, actor_id=people[0], now=now)
    responses.draft(session, round_id, actor_id=people[0], now=now)
    written = session.scalars(select(Response).where(Response.decision_id == first)).one()
    responses.sign(session, {first: responses.stamp(written)}, actor_id=people[0], now=now)
    kept(session, asked)
    releases.approve(session, asked, actor_id=people[0], now=now)
    again = Ruling(code=DecisionCode.NOTED, reason="Dukungan ini kami catat sekali lagi.")
    decisions.decide(session, round_id, [Target("theme", theme_id)], again, actor_id=people[1], now=now)
    with pytest.raises(NotThisState, match="diganti sejak halamannya dibuat"):
        releases.release(session, asked, actor_id=people[1], now=now)
