"""The frame of a paper: the consultation, round, draft, codebook and run it stands on, and what it was filtered by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Agency, Area, Dimension, Draft, Mission, PlanVersion, Round, Run, Topic
from models.draft import NEWEST_DRAFT
from models.vocabulary import Group, RunState
from services import codebooks
from services.errors import NotFound
from services.tongue import label, say, word

LANGUAGES = ("id", "en")


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks for; `round_id` None is the newest round that was read."""

    ending: str = "xlsx"
    lang: str = "id"
    round_id: int | None = None
    dimension: str | None = None
    group: Group | None = None
    meeting_id: int | None = None
    receipt: str | None = None
    is_public: bool = False
    # The moment at which it is asked what has been published; nothing else of a paper looks at the clock.
    now: datetime | None = None


@dataclass(frozen=True)
class Frame:
    """What every paper says of itself, and the names that its rows use."""

    session: Session
    asked: Asked
    city: Mapping[str, Any]
    criteria: tuple[Mapping[str, Any], ...]
    round: Round
    run: Run | None
    draft: Draft | None
    codebook: int
    loaded_at: datetime
    names: "Names" = field(repr=False)

    @property
    def lang(self) -> str:
        return self.asked.lang

    @property
    def now(self) -> datetime:
        """The moment at which it is asked what has been published."""
        return self.asked.now or self.made_at

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.city["city"]["timezone"])

    @property
    def made_at(self) -> datetime:
        """The moment of the run; before the first one, of the plan that was loaded. Never the clock's."""
        at = self.run.finished_at if self.run and self.run.finished_at else self.loaded_at
        return at.astimezone(self.zone)

    def tell(self, message: str, **values: object) -> str:
        """A message in the language of the paper."""
        return say(self.lang, message, **values)

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone)

    def facts(self, *, is_personal: bool) -> list[tuple[str, str]]:
        """What stands on every paper beside its title."""
        tell, run = self.tell, self.run
        none = tell("belum ada")
        return [
            (tell("Konsultasi"), tell("Revisi Master Plan Smart City %(city)s", city=self.city["city"]["name"])),
            (tell("Putaran"), f"{label(self.round, 'title', self.lang)} ({self.round.code})"),
            (tell("Versi naskah"), str(self.draft.number) if self.draft else none),
            (tell("Versi buku kode"), str(self.codebook)),
            (tell("Waktu hitungan"), f"{self.made_at:%Y-%m-%d %H.%M %Z}" if run else none),
            (tell("Hitungan ke-"), str(run.id) if run else none),
            (tell("Saringan"), self.filters or tell("tidak ada")),
            (tell("Data pribadi"), tell("ya") if is_personal else tell("tidak")),
        ]

    @property
    def filters(self) -> str:
        """The filters in words."""
        asked, names = self.asked, self.names
        found = [
            (
                say(self.lang, "Bidang"),
                names.dimensions.get(asked.dimension, asked.dimension) if asked.dimension else "",
            ),
            (say(self.lang, "Kelompok"), word(asked.group, self.lang) if asked.group else ""),
            (say(self.lang, "Pertemuan nomor"), str(asked.meeting_id) if asked.meeting_id else ""),
            (say(self.lang, "Nomor tanda terima"), asked.receipt or ""),
            (say(self.lang, "Untuk umum"), say(self.lang, "ya") if asked.is_public else ""),
        ]
        return "; ".join(f"{name}: {value}" for name, value in found if value)


class Names:
    """The names of the plan's things by their codes, each kind read once and only where a paper needs it."""

    def __init__(self, session: Session, lang: str) -> None:
        self.session, self.lang = session, lang

    @cached_property
    def dimensions(self) -> dict[str | None, str]:
        """Short names in the plan's order."""
        query = select(Dimension.code, label(Dimension, "short", self.lang)).where(Dimension.is_current)
        return dict(self.session.execute(query.order_by(Dimension.position)).all())  # type: ignore[arg-type]

    @cached_property
    def agencies(self) -> dict[str | None, str]:
        return dict(self.session.execute(select(Agency.code, Agency.name)).all())  # type: ignore[arg-type]

    @cached_property
    def topics(self) -> dict[str | None, str]:
        query = select(Topic.slug, label(Topic, "label", self.lang))
        return dict(self.session.execute(query).all())  # type: ignore[arg-type]

    @cached_property
    def missions(self) -> list[tuple[str, str, frozenset[str]]]:
        """Code, name and the dimensions each feeds, in the order of their numbers."""
        query = select(Mission.code, label(Mission, "label", self.lang), Mission.dimensions).where(Mission.is_current)
        rows = [(code, name, frozenset(fed.split("|")) - {""}) for code, name, fed in self.session.execute(query)]
        return sorted(rows, key=lambda row: (len(row[0]), row[0]))

    @cached_property
    def _areas(self) -> dict[str, tuple[str, str, str | None]]:
        rows = self.session.execute(select(Area.code, Area.kind, Area.name, Area.parent))
        return {code: (kind, name, parent) for code, kind, name, parent in rows}

    def place(self, code: str | None, note: str | None = None) -> tuple[str | None, str | None]:
        """Kecamatan and kelurahan of an area; of a place that is none, its words stand for the kelurahan."""
        kind, name, parent = self._areas.get(code or "", ("", None, None))
        if kind == "kecamatan":
            return name, None
        if name is None:
            said = {"kota": say(self.lang, "Seluruh kota"), "luar": say(self.lang, "Luar kota")}.get(note or "")
            return None, said
        return (self._areas[parent][1] if parent in self._areas else None), name


def gather(session: Session, asked: Asked) -> Frame:
    """The frame of a paper: in few statements, whatever the paper."""
    plan = session.scalars(select(PlanVersion).order_by(PlanVersion.id.desc()).limit(1)).first()
    round_ = _round(session, asked.round_id)
    if plan is None or round_ is None:
        raise NotFound("no round")
    return Frame(
        session=session,
        asked=asked,
        city=plan.city,
        criteria=tuple(plan.weights),
        round=round_,
        run=session.scalars(_runs(round_.id)).first(),
        draft=session.scalar(NEWEST_DRAFT),
        codebook=codebooks.number(session),
        loaded_at=plan.loaded_at,
        names=Names(session, asked.lang),
    )


def _round(session: Session, round_id: int | None) -> Round | None:
    if round_id is not None:
        return session.get(Round, round_id)
    read = select(Run.id).where(Run.round_id == Round.id, Run.state == RunState.DONE).exists()
    # A round that was read comes before one that was not, a newer one before an older.
    return session.scalars(select(Round).order_by(read.desc(), Round.opens_at.desc(), Round.id.desc()).limit(1)).first()


def _runs(round_id: int):  # type: ignore[no-untyped-def]
    return select(Run).where(Run.round_id == round_id, Run.state == RunState.DONE).order_by(Run.id.desc()).limit(1)
