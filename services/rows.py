"""Rows: what one row of a file says becomes the facts and points of a submission, or the reason why it cannot."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Area, Dimension, Draft, Mission, Paragraph, Point, PointMission, Programme
from models.vocabulary import Channel, DraftState, Element, Group, Nature, Verdict
from services import tables, texts
from services.tables import BadRow, Row
from services.tongue import N_

MORE = "#"  # "text#2" is a further column of texts: a point of its own


@dataclass(frozen=True, slots=True)
class Words:
    """What a row may refer to."""

    places: dict[str, str]
    dimensions: dict[str, str]
    missions: set[str]
    paragraphs: dict[str, int]
    programmes: set[str]


def words(session: Session) -> Words:
    """What rows may refer to, as the database knows it now."""
    published = select(Paragraph.mark, Paragraph.id).join(Draft, Draft.id == Paragraph.draft_id)
    newest_last = published.where(Draft.state == DraftState.PUBLISHED).order_by(Draft.number)
    return Words(
        _known_places(session),
        _known_dimensions(session),
        set(session.scalars(select(Mission.code))),
        {mark: paragraph_id for mark, paragraph_id in session.execute(newest_last)},
        set(session.scalars(select(Programme.code))),
    )


def _known_dimensions(session: Session) -> dict[str, str]:
    dimensions = session.scalars(select(Dimension).order_by(Dimension.position))
    return {
        tables.plain(spelling): d.code
        for d in dimensions
        for spelling in (d.code, d.label_id, d.label_en, d.plain_id, d.plain_en)
        if spelling
    }


def _known_places(session: Session) -> dict[str, str]:
    places: dict[str, str] = {}
    for code, name, aliases in session.execute(select(Area.code, Area.name, Area.aliases).order_by(Area.code)):
        for spelling in (name, code, *aliases.split("|")):
            if spelling:
                places.setdefault(tables.plain(spelling), code)
    return places


def facts(row: Row, words: Words, group: Group | None, channel: Channel | None) -> dict[str, object]:
    """Who, where and, if the row says so, when; `group` and `channel` hold where the row does not say."""
    received_at = tables.moment(row, "received_at")
    return {
        "group": tables.word(row, "group", Group) or group or Group.CITIZEN,
        "channel": tables.word(row, "channel", Channel) or channel or Channel.PAPER,
        "area": _place(row, words.places),
    } | ({"received_at": received_at} if received_at else {})


def points(row: Row, words: Words) -> list[Point]:
    """One point for each text of the row; what else the row says stands with the first."""
    if "sent" in row and not row["sent"].strip():
        raise BadRow(N_("belum dikirim oleh pengisinya"), column="sent", expected=N_("tanggal dikirim"))
    tables.check_clean(row)
    said = [text for column in row if column.partition(MORE)[0] == "text" and (text := texts.clean(row[column]))]
    proposal = texts.clean(row.get("proposal", "")) or None
    if not said and proposal:
        said, proposal = [proposal], None
    if not said:
        raise BadRow(N_("%(column)s kosong"), column="text", expected=N_("kata-kata pengirim"))
    first = _point(row, said[0], words)
    first.proposal = proposal
    return [first, *(Point(position=n, text=t, dimension=first.dimension) for n, t in enumerate(said[1:], start=2))]


def _point(row: Row, text: str, words: Words) -> Point:
    """The row's point. A paragraph or programme that is not here yet is kept as it was named, not refused."""
    mission = tables.known(row, "rpjmd_mission", words.missions)
    paragraph, programme = row.get("paragraph_ref", "").strip(), row.get("programme_ref", "").strip()
    return Point(
        text=text,
        dimension=_dimension(row, words.dimensions),
        condition=tables.number(row, "condition_1_4", 1, 4),
        importance=tables.number(row, "importance_1_4", 1, 4),
        element=tables.word(row, "element", Element),
        nature=tables.word(row, "digital", Nature),
        proposed_text=row.get("proposed_text") or None,
        paragraph_ref=paragraph or None,
        paragraph_id=words.paragraphs.get(paragraph),
        programme_ref=programme or None,
        programme=programme if programme in words.programmes else None,
        verdict=tables.word(row, "programme_verdict", Verdict),
        evidence=row.get("evidence_ref") or None,
        missions=[PointMission(mission=mission)] if mission else [],
    )


def _dimension(row: Row, dimensions: dict[str, str]) -> str | None:
    name = row.get("dimension", "").strip()
    if not name:
        return None
    code = dimensions.get(tables.plain(name))
    if code is None:
        raise tables.unknown("dimension", name, sorted(set(dimensions.values())))
    return code


def _place(row: Row, places: dict[str, str]) -> str | None:
    """The area a row names; of several columns the first that is filled."""
    columns = [c for kind in ("kelurahan", "kecamatan") for c in row if c.partition(MORE)[0] == kind]
    name = next((row[c].strip() for c in columns if row[c].strip()), "")
    if not name:
        return None
    code = places.get(tables.plain(name)) or places.get(tables.plain(_bare(name)))
    if code is None:
        message = N_("kelurahan “%(name)s” tidak dikenal")
        raise BadRow(message, column="kelurahan", expected=N_("kelurahan kota ini"), name=name[:40])
    return code


def _bare(name: str) -> str:
    """A place without what it is: "Kel. Bandengan" is Bandengan."""
    first, _, rest = name.partition(" ")
    return rest if first.casefold().strip(".") in ("kelurahan", "kel", "kecamatan", "kec", "desa") else name
