"""Gathers what stands in a version and what was said of it, as plain values that another process can be handed."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Subquery, literal, null, select, union_all
from sqlalchemy.orm import Session, aliased

from models import Chapter, Draft, Paragraph, Remark
from models.vocabulary import CommentState, DraftState, Group
from services import answers, fates, replies
from services.answers import Answer
from services.changes import between
from services.errors import NotFound
from services.margins import Comment, comment_of, comments_at
from services.replies import ReplyFacts
from services.tongue import N_, say
from services.wording import group_label

TEAM = N_("Tim revisi")
COMPOSED = "composed"
Facts = dict[str, Any]


def gather(session: Session, draft_id: int, *, now: datetime, lang: str = "id") -> Facts:
    """Everything that the drafter is handed; six statements, however many comments there are.

    Words of people are masked as the team sees them, and their group or agency stands in the place of a name. What
    was said of the whole draft, and of a paragraph that is gone, stands at its title.
    """
    draft = session.get(Draft, draft_id)
    if draft is None:
        raise NotFound(f"draft {draft_id}")
    remarks = _remarks(session, draft, now, lang)
    parts = [*_preface(draft.preface), *_parts(_rows(session, draft), remarks, draft, lang)]
    return {
        "title": draft.title,
        "language": "id",
        "made_at": (draft.published_at or draft.made_at).isoformat(),
        "facts": _about(draft, sum(map(len, remarks.values())), lang),
        "remarks": remarks.get(None, []),
        "parts": parts,
    }


def _rows(session: Session, draft: Draft) -> Sequence[Any]:
    """The paragraphs in their order, each with what the one it comes from said."""
    old = aliased(Paragraph)
    return session.execute(
        select(Paragraph, Chapter.position, Chapter.title, old.text.label("before"))
        .join(Chapter, Chapter.id == Paragraph.chapter_id)
        .outerjoin(old, (old.lineage_id == Paragraph.lineage_id) & (old.draft_id == draft.base_id))
        .where(Paragraph.draft_id == draft.id)
        .order_by(Chapter.position, Paragraph.position)
    ).all()


def _preface(text: str) -> list[Facts]:
    return [
        {"kind": "paragraph", "lineage": None, "mark": "", "text": part} for part in text.split("\n\n") if part.strip()
    ]


def _parts(rows: Sequence[Any], remarks: dict[int | None, list[Facts]], draft: Draft, lang: str) -> list[Facts]:
    """Chapters, sections and paragraphs one after another."""
    is_tracked = draft.state is DraftState.UNPUBLISHED and draft.report.get("kind") == COMPOSED
    found: list[Facts] = []
    chapter, section = 0, ""
    for row in rows:
        paragraph = row.Paragraph
        if row.position != chapter:
            chapter, section = row.position, ""
            found.append({"kind": "heading", "text": row.title, "level": 1})
        if paragraph.section != section:
            section = paragraph.section
            found.append({"kind": "heading", "text": section, "level": 2})
        found.append(_paragraph(paragraph, row.before if is_tracked else None, remarks, draft, lang))
    return found


def _paragraph(
    paragraph: Paragraph, before: str | None, remarks: dict[int | None, list[Facts]], draft: Draft, lang: str
) -> Facts:
    pieces = between(before, paragraph.text) if before is not None else ()
    return {
        "kind": "paragraph",
        "lineage": paragraph.lineage_id,
        # one that was given here has a point in it; the file had none, and would not understand it
        "mark": "" if "." in paragraph.mark else paragraph.mark,
        "text": paragraph.text,
        "note": paragraph.annotation,
        "changes": [[piece.kind, piece.text] for piece in pieces] or None,
        "author": say(lang, TEAM),
        "changed_at": draft.made_at.isoformat(),
        "remarks": remarks.get(paragraph.id, []),
    }


def _remarks(session: Session, draft: Draft, now: datetime, lang: str) -> dict[int | None, list[Facts]]:
    """What was said, by the paragraph it stands on in this version; None for what stands on none of it."""
    rows = session.execute(comments_at(_everywhere(draft), literal(False)))
    said = [comment_of(row, lang, is_team=True) for row in rows]
    ids = [one.id for one in said]
    decided = answers.of_points(session, ids, now=now, lang=lang)
    answered = replies.of(session, ids) if ids else {}
    found: dict[int | None, list[Facts]] = defaultdict(list)
    for one in said:
        found[one.at_id].append(_remark(one, decided.get(one.id), answered.get(one.id, []), lang))
    return dict(found)


def _everywhere(draft: Draft) -> Subquery:
    """Where every comment stands in this version: on a paragraph, on one that is gone, or on the whole of a version."""
    place, nowhere = fates.standing(draft.id), null()
    about: ColumnElement[Any] = nowhere.label("at_id")
    whole = (
        select(Remark.point_id, about, literal("same").label("state"))
        .join(Draft, Draft.id == Remark.draft_id)
        .where(Draft.number <= draft.number)
    )
    return union_all(select(place.c.point_id, place.c.at_id, place.c.state), whole).subquery("everywhere")


def _remark(one: Comment, answer: Answer | None, below: Sequence[ReplyFacts], lang: str) -> Facts:
    is_office = one.group == group_label(Group.AGENCY, lang)
    return {
        "author": one.who if is_office and one.who else one.group,
        "at": one.received_at.isoformat(),
        "text": one.text,
        "quote": one.quote,
        "head": " · ".join(part for part in (one.receipt_no, one.kind, one.severity, _place(one, lang)) if part),
        "facts": [[name, said] for name, said in _said(one, answer, lang) if said],
        "is_settled": one.state is CommentState.SETTLED,
        "replies": [{"author": say(lang, TEAM), "at": reply.at.isoformat(), "text": reply.text} for reply in below],
    }


def _place(one: Comment, lang: str) -> str:
    """Where it stands, when that is not just its paragraph."""
    if one.is_whole:
        return say(lang, N_("tentang seluruh naskah versi %(n)s"), n=one.version)
    if one.at_id is None:
        return say(lang, N_("atas paragraf %(mark)s di versi %(n)s, yang dihapus"), mark=one.mark, n=one.version)
    return say(lang, N_("celah sesudah paragraf ini")) if one.is_gap else ""


def _said(one: Comment, answer: Answer | None, lang: str) -> list[tuple[str, str]]:
    decision = " ".join(part for part in (f"{answer.label}.", answer.reason) if part) if answer else ""
    return [
        (say(lang, N_("Usul redaksi")), one.proposed_text or ""),
        (say(lang, N_("Rujukan")), one.evidence or ""),
        (say(lang, N_("Keadaan")), one.state_label),
        (say(lang, N_("Keputusan")), decision),
        (say(lang, N_("Teks menjadi")), answer.text_after if answer else ""),
    ]


def _about(draft: Draft, count: int, lang: str) -> list[list[str]]:
    is_out = draft.state is DraftState.PUBLISHED
    state = say(lang, N_("terbit")) if is_out else say(lang, N_("belum terbit"))
    return [
        [say(lang, N_("Versi")), f"{draft.number} ({state})"],
        [say(lang, N_("Komentar")), str(count)],
        [say(lang, N_("Pakai")), say(lang, N_("Kerja tim revisi; jangan disebarkan."))],
    ]
