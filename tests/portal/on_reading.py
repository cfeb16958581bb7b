"""Versions of a draft with comments on them, for tests of reading, and the lines and pairs of the access grid."""

from datetime import UTC, datetime
from itertools import count

from sqlalchemy import insert, select, update

from models import Draft, Paragraph, Person, Point, Remark, Round, Submission
from models.vocabulary import Channel, DraftState, Group, PointType, RemarkState
from portal.extensions import db
from portal.rights import Thing
from services import drafts

NUMBERS = count(1)
SENTENCE = "Pompa di rumah pompa dijaga petugas kelurahan setiap malam ketika air laut naik dan jalan tergenang. "


def publish(app, text, *, is_published=True):
    """Read a text as the next version; returns its number and the ids of its paragraphs by their marks."""
    now = datetime.now(UTC)
    with app.app_context():
        draft_id = drafts.take(db.session(), text.encode(), name="naskah.md", now=now)
        if is_published:
            drafts.publish(db.session(), draft_id, now=now)
        db.session.commit()
        rows = db.session.execute(select(Paragraph.mark, Paragraph.id).where(Paragraph.draft_id == draft_id))
        return drafts.facts(db.session(), draft_id).number, dict(rows.all())


def say(app, paragraph_ids, text="Sebut siapa yang menjaga.", *, email=None, state=RemarkState.SHOWN, **more):
    """One comment on each of these paragraphs, as the team left it."""
    with app.app_context():
        session, now = db.session(), datetime.now(UTC)
        round_id = session.scalar(select(Round.id))
        person_id = session.scalar(select(Person.id).where(Person.email == email)) if email else None
        values = {"point_type": PointType.PROPOSAL} | more
        rows = [
            Submission(
                round_id=round_id,
                receipt_no=f"PKL-UJI-{next(NUMBERS)}",
                person_id=person_id,
                group=Group.ACADEMIC,
                channel=Channel.WEB,
                text=text,
                received_at=now,
                points=[Point(text=text, paragraph_id=paragraph_id, **values)],
            )
            for paragraph_id in paragraph_ids
        ]
        session.add_all(rows)
        session.flush()
        ids = [row.points[0].id for row in rows]
        unsaid = {"is_gap": False, "quote": "", "why": ""}
        session.execute(insert(Remark), [{"point_id": point_id, "state": state} | unsaid for point_id in ids])
        session.commit()
        return ids


def show_early(app):
    """Let the round show comments while it is open."""
    with app.app_context():
        db.session.execute(update(Round).values(shows_comments_early=True))
        db.session.commit()


def long(chapters=12, each=250, more=""):
    """A draft of 400 pages: 3,000 paragraphs of some 350 letters."""
    lines = ["# Rancangan panjang"]
    for chapter in range(1, chapters + 1):
        lines.append(f"## Bab {chapter} Penataan wilayah pesisir")
        for n in range(1, each + 1):
            if n % 25 == 1:
                lines.append(f"### Bagian {n // 25 + 1}")
            number = (chapter - 1) * each + n
            note = "{elemen: struktur; sifat: digital; opd: Dinkominfo}"
            lines.append(f"[P-DIS-{number:04d}] Butir {number}.{more} {SENTENCE * 3}{note}")
    return "\n\n".join(lines)


def things(session) -> dict[Thing, dict[str, dict[str, object]]]:
    """A line of the published version and one that begins in the other, and pairs with that one or with none."""
    begins = Paragraph.lineage_id == Paragraph.id
    lines = select(Paragraph.id).join(Draft).where(begins).order_by(Paragraph.id).limit(1)
    published = session.scalar(lines.where(Draft.state == DraftState.PUBLISHED))
    own = session.scalar(lines.where(Draft.state == DraftState.UNPUBLISHED))
    return {
        Thing.PUBLISHED_LINE: {
            "there": {"lineage_id": published},
            "unpublished": {"lineage_id": own},
            "missing": {"lineage_id": 10**9},
        },
        Thing.PUBLISHED_PAIR: {
            "unpublished": {"older": 1, "newer": 2},
            "missing": {"older": 1, "newer": 9},
        },
    }
