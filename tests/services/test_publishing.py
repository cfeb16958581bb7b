"""Publishing at the size of a city: 300 paragraphs and 3,000 comments, in few statements and far under five seconds."""

import time
from contextlib import contextmanager

import pytest
from sqlalchemy import event, func, insert, select

from models import Fate, Paragraph, Point, Submission
from models.vocabulary import Channel, Group
from services import drafts, fates, lineages
from services.handbacks import gathering
from tests.services.factories import draft, person

PARAGRAPHS, EACH, SECONDS = 300, 10, 5
KINDS = ("Pompa", "Tanggul", "Pasar", "Taman", "Sekolah", "Jalan", "Batik")


def sentence(n):
    where, often, who = n * 31 % 97, n * 17 % 89, n * 13 % 83
    return f"{KINDS[n % 7]} nomor {n} di kelurahan {where} dirawat {often} kali setahun oleh {who} orang."


def text(sentences):
    return "\n\n".join(f"## Bab {n // 20}\n\n{said}" if n % 20 == 0 else said for n, said in enumerate(sentences))


@pytest.fixture
def spoken(session, round_id, now):
    """A published draft of which every paragraph was commented on ten times."""
    first = draft(session, text([f"[P-DIS-{n:03}] {sentence(n)}" for n in range(PARAGRAPHS)]))
    ids, whose = session.scalars(select(Paragraph.id)).all(), person(session).id
    shared = {"round_id": round_id, "group": Group.ACADEMIC, "channel": Channel.WEB, "person_id": whose, "text": "a"}
    many = range(PARAGRAPHS * EACH)
    rows = [shared | {"receipt_no": f"PKL-{n}", "key_hash": f"{n:064}", "received_at": now} for n in many]
    session.execute(insert(Submission), rows)
    sent = session.scalars(select(Submission.id).order_by(Submission.id)).all()
    said = [
        {"submission_id": of, "text": "Perlu angka.", "paragraph_id": ids[n % PARAGRAPHS]} for n, of in enumerate(sent)
    ]
    session.execute(insert(Point), said)
    session.commit()
    return first


@contextmanager
def counted(session):
    """The statements that are sent meanwhile."""
    found = []

    def note(_connection, _cursor, statement, *_more):
        found.append(statement)

    event.listen(session.get_bind(), "before_cursor_execute", note)
    yield found
    event.remove(session.get_bind(), "before_cursor_execute", note)


def edited():
    """Every third paragraph says something more, one is gone, and the last comes first."""
    found = [f"[P-DIS-{n:03}] {sentence(n)}{' Laporannya terbuka.' if n % 3 == 0 else ''}" for n in range(PARAGRAPHS)]
    del found[17]
    return [found.pop(), *found]


def test_a_new_version_is_published_in_few_statements_and_no_comment_is_lost(session, now, spoken):
    began = time.perf_counter()
    second = drafts.take(session, text(edited()).encode(), name="dua.md", now=now)
    with counted(session) as asked:
        drafts.publish(session, second, now=now)
        session.commit()
    taken = time.perf_counter() - began
    assert taken < SECONDS, f"{taken:.1f} s"
    assert len(asked) <= 12, "\n".join(asked)
    assert session.scalar(select(func.count(Fate.id))) == PARAGRAPHS
    tally = fates.tally(session, second)
    assert sum(tally.comments.values()) == lineages.spoken_before(session, second) == PARAGRAPHS * EACH


def test_the_file_for_the_drafter_takes_no_more_statements_for_three_thousand_comments(session, now, spoken):
    with counted(session) as asked:
        facts = gathering.gather(session, spoken, now=now)
    assert len(asked) <= 7, "\n".join(asked)
    assert sum(len(part.get("remarks", ())) for part in facts["parts"]) == PARAGRAPHS * EACH
