"""For readers of the draft: its contents, a chapter page by page, what it says on something, each paragraph alone."""

import re
from datetime import UTC, datetime

from flask import Blueprint, abort, make_response, render_template, request
from werkzeug.wrappers import Response

from models.vocabulary import Element
from portal import asked, authors, bookmark, languages
from portal.extensions import db
from services import comments, glances, paragraphs, remarks, replies, versions
from services.paragraphs import ChapterFacts, Frame
from services.tongue import word

door = Blueprint("reading", __name__)

PLACE = re.compile(r"([0-9]{1,9})\.([0-9]{1,9})")
# On the page of one paragraph everything has room: so many comments at a time, and what changed for each.
AT_ONCE, ROOM = 30, 60_000


@door.get("/naskah")
def index() -> str:
    return _start(None)


@door.get("/naskah/<int:number>")
def version(number: int) -> str:
    return _start(number)


def _start(number: int | None) -> str:
    frame = paragraphs.frame(db.session(), number)
    if frame is None:
        return render_template("reading/empty.html")
    reader, round_ = authors.reader(), authors.facts()
    said = comments.on_whole(
        db.session(),
        frame.draft.number,
        languages.current(),
        author=reader,
        shows_others=remarks.shows_others(round_),
        now=datetime.now(UTC),
    )
    beside = glances.at({frame.draft.id: said}, each=AT_ONCE, room=ROOM)
    return render_template(
        "reading/index.html",
        frame=frame,
        mark=bookmark.found(frame),
        said=beside[frame.draft.id].shown,
        round=round_,
        can_comment=reader is not None,
    )


@door.get("/naskah/<int:number>/<int:position>")
def chapter(number: int, position: int) -> Response:
    frame, page = _frame(number), asked.number("bagian") or 1
    here = _chapter(frame, position)
    if page > here.pages:
        abort(404)
    lang, reader, now, round_ = languages.current(), authors.reader(), datetime.now(UTC), authors.facts()
    shown = paragraphs.chapter(db.session(), frame.draft.id, position, page=page, lang=lang)
    ids = [p.id for p in shown]
    said = comments.on(
        db.session(),
        frame.draft.id,
        ids,
        lang,
        author=reader,
        shows_others=remarks.shows_others(round_),
        now=now,
        most=glances.EACH + 1,
    )
    answer = render_template(
        "reading/chapter.html",
        frame=frame,
        here=here,
        page=page,
        paragraphs=shown,
        counts=comments.counts(db.session(), frame.draft.id, ids),
        density=paragraphs.density,
        beside=glances.at(said),
        round=round_,
        can_comment=reader is not None,
    )
    return bookmark.keep(make_response(answer), number, position, page)


@door.get("/naskah/<int:number>/saring")
def narrowed(number: int) -> str:
    frame, lang = _frame(number), languages.current()
    facets = paragraphs.facets(db.session(), frame.draft.id, lang=lang)
    dimension, element = request.args.get("bidang", ""), asked.word_of(Element, "elemen")
    names = {facet.dimension: facet.name for facet in facets if facet.dimension}
    if dimension and dimension not in names:
        abort(404)
    found = paragraphs.narrowed(
        db.session(),
        frame.draft.id,
        dimension=dimension,
        element=element,
        after=_after(),
        limit=paragraphs.AT_ONCE + 1,
        lang=lang,
    )
    shown = found[: paragraphs.AT_ONCE]
    return render_template(
        "reading/narrowed.html",
        frame=frame,
        names=names,
        elements=[(e.value, word(e, lang)) for e in Element],
        dimension=dimension,
        element=element,
        count=sum(
            f.paragraphs for f in facets if dimension in ("", f.dimension) and (element is None or f.element is element)
        ),
        found=shown,
        rest=f"{shown[-1].position}.{shown[-1].place}" if len(found) > len(shown) else None,
        counts=comments.counts(db.session(), frame.draft.id, [one.paragraph.id for one in shown]),
        density=paragraphs.density,
        round=authors.facts(),
        can_comment=authors.reader() is not None,
    )


@door.get("/naskah/<int:number>/cetak")
def sheet(number: int) -> str:
    frame, position = _frame(number), asked.number("bab")
    only = _chapter(frame, position) if position else None
    found = paragraphs.every(db.session(), frame.draft.id, position or None, lang=languages.current())
    return render_template("reading/sheet.html", frame=frame, only=only, found=found)


@door.get("/naskah/paragraf/<int:paragraph_id>")
def paragraph(paragraph_id: int) -> str:
    lang, reader, round_, page = languages.current(), authors.reader(), authors.facts(), asked.number("halaman") or 1
    detail = versions.detail(db.session(), paragraph_id, lang=lang)
    said = comments.on(
        db.session(),
        detail.draft_id,
        [paragraph_id],
        lang,
        author=reader,
        shows_others=remarks.shows_others(round_),
        now=datetime.now(UTC),
        most=AT_ONCE + 1,
        skip=(page - 1) * AT_ONCE,
    )
    beside = glances.at(said, each=AT_ONCE, room=ROOM, room_for_changes=ROOM).get(paragraph_id)
    if page > 1 and beside is None:
        abort(404)
    return render_template(
        "reading/paragraph.html",
        detail=detail,
        paragraph=detail.paragraph,
        history=versions.history(db.session(), detail.paragraph.lineage_id, lang=lang),
        count=comments.counts(db.session(), detail.draft_id, [paragraph_id]).get(paragraph_id, 0),
        beside=beside,
        replies=replies.of(db.session(), [glance.comment.id for glance in beside.shown] if beside else []),
        page=page,
        round=round_,
        can_comment=reader is not None,
    )


def _frame(number: int) -> Frame:
    return paragraphs.frame(db.session(), number) or abort(404)


def _chapter(frame: Frame, position: int) -> ChapterFacts:
    return next((c for c in frame.contents if c.position == position), None) or abort(404)


def _after() -> tuple[int, int]:
    """Where the list goes on: the chapter and the place in it of the last one that was read."""
    value = request.args.get("setelah", "") or "0.0"
    written = PLACE.fullmatch(value) or abort(400)
    return int(written[1]), int(written[2])
