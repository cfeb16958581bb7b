"""Letters of contribution: once while nothing changed, kept as given, superseded by the next, emptied by an erasure."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from models import Letter, Paragraph, Person, Point, Run, Wording
from models.vocabulary import RunState
from reports import documents, prints
from services import comments, erasures, letterheads, letters, outcomes
from services.errors import NotFound
from tests.services import decided, factories
from tests.services.factories import call, key, said
from tests.services.test_outcomes import TEXTS, document

ZONE = ZoneInfo("Asia/Jakarta")
PROPOSED = "Tanggul sungai diperiksa empat kali setahun zubrowkaplanted."


@pytest.fixture
def author(session):
    return factories.academic(session, name="Dr. <Peneliti>", organisation="Universitas Contoh")


@pytest.fixture
def ids(session, round_id, now, author):
    factories.draft(session, document(*TEXTS), now=now)
    words = {"call": call(round_id), "now": now}
    places = session.scalars(select(Paragraph.id).order_by(Paragraph.position)).all()[:2]
    return [
        comments.add(session, author, place, said(f"Butir {place}", proposed_text=PROPOSED), key=key(), **words)
        for place in places
    ]


def ask(session, author, round_id, now):
    return letters.ask(session, author.person_id, round_id, now=now, zone=ZONE)


def adopt(session, round_id, point_id, now):
    """A decision on the comment, its wording in version 2, and a release that tells it."""
    session.add(Run(round_id=round_id, state=RunState.DONE, started_at=now, lease_until=now, finished_at=now))
    session.flush()
    own = decided.decision(session, round_id, point_id=point_id)
    second = factories.draft(session, document(TEXTS[0], PROPOSED, title="Kedua"), now=now)
    place = session.scalars(
        select(Paragraph.id).where(Paragraph.draft_id == second, Paragraph.mark == "P-DIS-02")
    ).one()
    if session.scalar(select(Wording.id).where(Wording.decision_id == own.id)) is None:
        facts = {"draft_id": second, "paragraph_id": place, "decision_id": own.id, "made_at": now}
        session.add(Wording(point_id=point_id, is_literal=True, **facts))
    session.flush()
    return own


def tell(session, round_id, own):
    decided.response(session, own, release=decided.release(session, round_id))


def test_a_number_is_not_guessed_and_can_be_read_aloud(session, author, ids, round_id, now):
    number = ask(session, author, round_id, now)
    assert re.fullmatch(r"SK-2026-[2-9C-X]{4}-[2-9C-X]{4}", number) and not set(number[8:]) & set("01AEIOULBSZ")


def test_while_nothing_has_changed_it_is_the_same_letter(session, author, ids, round_id, now):
    first = ask(session, author, round_id, now)
    assert ask(session, author, round_id, now + timedelta(days=40)) == first
    assert session.scalars(select(Letter.number)).all() == [first]


def test_a_new_comment_makes_a_new_letter_and_the_old_one_stays_to_be_checked(session, author, ids, round_id, now):
    first = ask(session, author, round_id, now)
    place = session.scalars(select(Paragraph.id).order_by(Paragraph.position.desc())).first()
    comments.add(session, author, place, said("Satu lagi"), call=call(round_id), key=key(), now=now)
    second = ask(session, author, round_id, now)
    assert second != first
    old, new = letters.find(session, first), letters.find(session, second)
    assert (old.replaced_by, new.replaced_by) == (second, "")
    assert (len(old.content["comments"]), len(new.content["comments"])) == (2, 3)
    assert old.is_intact and new.is_intact


def test_decisions_and_adopted_wordings_are_told_once_they_are_public(session, author, ids, round_id, now):
    own = adopt(session, round_id, ids[1], now)
    before = letters.find(session, ask(session, author, round_id, now))
    assert before.content["adopted"] == [] and {c["decision"] for c in before.content["comments"]} == {""}
    assert PROPOSED not in str(before.content)
    tell(session, round_id, own)
    after = letters.find(session, ask(session, author, round_id, now))
    assert [c["decision"] for c in after.content["comments"]] == ["", "accepted"]
    assert after.content["adopted"][0] | {"receipt": ""} == {
        "receipt": "",
        "version": 2,
        "mark": "P-DIS-02",
        "text": PROPOSED,
        "is_literal": True,
    }


def test_who_wrote_nothing_gets_none_and_a_round_that_is_not_there_is_not_found(session, author, ids, round_id, now):
    with pytest.raises(letters.NothingToTell):
        ask(session, factories.academic(session), round_id, now)
    with pytest.raises(NotFound):
        ask(session, author, 10**6, now)
    assert session.scalars(select(Letter)).all() == []


@pytest.mark.parametrize(
    "wrong", ["", "SK-2026-7F3K-9QWM", "PKL-7F3K-92", "SK", "'; --", "SK-2026-7F3K-9QWM-X", "𝟐" * 9]
)
def test_a_wrong_number_is_not_found(session, author, ids, round_id, now, wrong):
    ask(session, author, round_id, now)
    with pytest.raises(NotFound):
        letters.find(session, wrong)


def test_a_number_is_found_however_it_was_typed_and_of_somebody_else_not_at_all(session, author, ids, round_id, now):
    number = ask(session, author, round_id, now)
    assert letters.find(session, f" {number.lower().replace('-', ' ')} ").number == number
    assert letters.find(session, number, person_id=author.person_id).number == number
    with pytest.raises(NotFound):
        letters.find(session, number, person_id=author.person_id + 1)


def test_a_content_that_was_tampered_with_does_not_match_its_digest(session, author, ids, round_id, now):
    number = ask(session, author, round_id, now)
    row = session.scalars(select(Letter)).one()
    row.content = row.content | {"name": "Orang lain"}
    assert not letters.find(session, number).is_intact


@pytest.mark.parametrize("deed", [erasures.withdraw, erasures.erase])
def test_a_letter_that_tells_of_what_is_gone_is_emptied_and_another_can_be_asked_for(
    session, author, ids, round_id, now, deed
):
    tell(session, round_id, adopt(session, round_id, ids[1], now))
    number = ask(session, author, round_id, now)
    deed(session, session.get_one(Point, ids[1]).submission_id, now=now)
    session.expire_all()
    row = session.scalars(select(Letter)).one()
    assert (row.content, row.emptied_at) == ({}, now) and len(row.digest) == 64
    with pytest.raises(NotFound):
        letterheads.paper(letters.find(session, number), city="Kota", address="http://x", zone=ZONE)
    again = letters.find(session, ask(session, author, round_id, now))
    assert again.number != number and [c["receipt"] for c in again.content["comments"]] == [
        one.receipt_no for one in outcomes.of_person(session, author.person_id, round_id, now=now)
    ]


def test_an_erasure_leaves_the_letters_of_others_and_of_other_sendings(session, author, ids, round_id, now):
    other = factories.academic(session, name="Lain")
    place = session.scalars(select(Paragraph.id)).first()
    gone = comments.add(session, other, place, said("Punya orang lain"), call=call(round_id), key=key(), now=now)
    mine, theirs = ask(session, author, round_id, now), ask(session, other, round_id, now)
    erasures.erase(session, session.get_one(Point, gone).submission_id, now=now)
    assert letters.find(session, mine).content and not letters.find(session, theirs).content


def test_the_rounds_of_a_person_with_their_newest_letters(session, author, ids, round_id, now):
    (before,) = letters.standings(session, author.person_id)
    assert (before.round_id, before.comments, before.number, before.made_at) == (round_id, 2, "", None)
    number = ask(session, author, round_id, now)
    (after,) = letters.standings(session, author.person_id)
    assert (after.number, after.made_at, after.is_emptied) == (number, now, False)
    assert letters.standings(session, factories.academic(session).person_id) == []


@pytest.mark.parametrize("lang", ["id", "en", "jv"])
def test_it_is_printed_and_written_with_its_number_and_address(session, author, ids, round_id, now, lang):
    tell(session, round_id, adopt(session, round_id, ids[1], now))
    found = letters.find(session, ask(session, author, round_id, now))
    facts = {"city": "Kota Pekalongan", "address": f"https://contoh.invalid/surat/{found.number}", "zone": ZONE}
    paper = letterheads.paper(found, square="<svg></svg>", lang=lang, **facts)
    page = prints.page(paper, stylesheet="/report.css").decode()
    for words in (found.number, "Dr. &lt;Peneliti&gt;", "Universitas Contoh", PROPOSED, found.digest, "<svg></svg>"):
        assert words in page
    assert "<Peneliti>" not in page and documents.document(paper)[:2] == b"PK"


def test_a_name_that_is_changed_later_does_not_change_what_was_given(session, author, ids, round_id, now):
    number = ask(session, author, round_id, now)
    session.get_one(Person, author.person_id).name = "Nama Baru"
    assert letters.find(session, number).content["name"] == "Dr. <Peneliti>"
