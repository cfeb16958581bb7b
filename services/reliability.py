"""Reliability: how far people agree who coded the same points, what they mix up, and the machine against them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, groupby

from sqlalchemy import and_, exists, func, select
from sqlalchemy.orm import Session

from analysis import agreement
from models import Coder, Coding, CodingSample, Mark, Point, Round, SamplePoint, Submission, Theme
from models.sample_point import AS_DRAWN
from services import coding
from services.errors import NotFound, NotThisState
from services.tongue import N_, decimal, say
from services.wording import theme_name

KAPPA, ALPHA = "kappa", "alpha"
NONE_FITS = "-"
SAID_CONFUSIONS = 3


@dataclass(frozen=True, slots=True)
class ThemeAgreement:
    """`value` is the positive agreement on a theme (0–1), `points` on how many points somebody gave it."""

    name: str
    value: float
    points: int


@dataclass(frozen=True, slots=True)
class Confusion:
    """Two themes that different people gave to the same points: what the codebook leaves unclear."""

    one: str
    other: str
    points: int


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` of `checked`; `low` and `high` are the ends of the 95 % interval of the share (0–1)."""

    hits: int
    checked: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """What double coding found in a round.

    `measure` is kappa where two people coded everything, else alpha, and `share` how often two people agree. `together`
    says on how many points all agree; `machine` on how many the machine, as it was when they were drawn, says the same
    as all of them, which cannot be more. It is None where people had placed every one of the points by hand before.
    `still` is how many more points would tell the machine's share to within the stated error, `left` how many there
    are; `dropped` is how many points of the samples count no more.
    """

    people: int
    points: int
    dropped: int
    measure: str
    value: float
    low: float
    high: float
    share: float
    themes: tuple[ThemeAgreement, ...]
    confusions: tuple[Confusion, ...]
    together: Share
    machine: Share | None
    still: int
    left: int
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Coded:
    """One point: the theme that each person gave it, and the machine's; `is_marked` where a person had placed it."""

    codes: Mapping[int, str]
    machine: str
    is_marked: bool

    @property
    def is_unanimous(self) -> bool:
        return len(set(self.codes.values())) == 1


def result(session: Session, round_id: int, *, error: float = 0.05, lang: str = "id") -> Reliability:
    """What all samples of a round tell in which at least two people have finished.

    Before that nothing is told, so that nobody who is still coding learns what others gave; people who have not
    finished do not count. A theme that was merged since is read as the one it went into. The machine is not compared on
    points that a person had placed before they were drawn. Raises ValueError for an error of 0 or less.
    """
    if session.get(Round, round_id) is None:
        raise NotFound(f"round {round_id}")
    names, leads = _themes(session, lang)
    coded, size = _coded(session, round_id, leads)
    if not coded:
        raise NotThisState(N_("Hasilnya baru ada setelah sedikitnya dua orang selesai menilai contoh yang sama."))
    return _measured(coded, size, names, coding.left(session, round_id), error, lang)


def _themes(session: Session, lang: str) -> tuple[dict[int | None, str], dict[int, int]]:
    """The name of every theme, of none too, and what the merged ones went into."""
    rows = session.execute(select(Theme.id, theme_name(Theme, lang).label("name"), Theme.merged_into)).all()
    names: dict[int | None, str] = {row.id: row.name for row in rows}
    names[None] = say(lang, "tidak ada tema yang cocok")
    return names, {row.id: row.merged_into for row in rows if row.merged_into is not None}


def _coded(session: Session, round_id: int, leads: Mapping[int, int]) -> tuple[list[_Coded], int]:
    """The points that at least two people who finished have coded, and how many were drawn in their samples."""
    twice = select(Coder.sample_id).where(Coder.finished_at.is_not(None))
    twice = twice.group_by(Coder.sample_id).having(func.count() > 1)
    rows = session.execute(
        select(
            CodingSample.id,
            CodingSample.size,
            Coding.point_id,
            Coding.theme_id,
            SamplePoint.theme_id.label("machine"),
            exists().where(Mark.point_id == Coding.point_id, Mark.at <= CodingSample.made_at).label("is_marked"),
            Coding.person_id,
        )
        .join(Coder, and_(Coder.sample_id == Coding.sample_id, Coder.person_id == Coding.person_id))
        .join(SamplePoint, and_(SamplePoint.sample_id == Coding.sample_id, SamplePoint.point_id == Coding.point_id))
        .join(CodingSample, CodingSample.id == Coding.sample_id)
        .join(Point, Point.id == Coding.point_id)
        .join(Submission, Submission.id == Point.submission_id)
        .where(CodingSample.round_id == round_id, CodingSample.id.in_(twice), Coder.finished_at.is_not(None), AS_DRAWN)
        .order_by(Coding.point_id, Coding.person_id)
    ).all()
    coded = []
    for _, given in groupby(rows, key=lambda row: row.point_id):
        of_point = list(given)
        codes = {row.person_id: _code(row.theme_id, leads) for row in of_point}
        coded.append(_Coded(codes, _code(of_point[0].machine, leads), bool(of_point[0].is_marked)))
    return coded, sum({row.id: row.size for row in rows}.values())


def _code(theme_id: int | None, leads: Mapping[int, int]) -> str:
    while theme_id in leads:
        theme_id = leads[theme_id]
    return NONE_FITS if theme_id is None else str(theme_id)


def _measured(
    coded: Sequence[_Coded], size: int, names: Mapping[int | None, str], left: int, error: float, lang: str
) -> Reliability:
    people = {person for one in coded for person in one.codes}
    pairs = [pair for one in coded for pair in combinations(one.codes.values(), 2)]
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    measure = KAPPA if len(people) == 2 else ALPHA
    marks = {str(n): list(one.codes.values()) for n, one in enumerate(coded)}
    found = agreement.kappa(first, second) if measure == KAPPA else agreement.alpha(marks)
    fair = [one for one in coded if not one.is_marked]
    together = _share([one.is_unanimous for one in fair or coded])
    machine = _share([one.is_unanimous and one.machine in one.codes.values() for one in fair]) if fair else None
    hits, checked = (machine.hits, machine.checked) if machine else (0, 0)
    measured = Reliability(
        people=len(people),
        points=len(coded),
        dropped=size - len(coded),
        measure=measure,
        value=found.value,
        low=found.low,
        high=found.high,
        share=found.share,
        themes=_by_theme(coded, agreement.by_code(first, second), names),
        confusions=_confusions(coded, names),
        together=together,
        machine=machine,
        still=agreement.still_to_check(hits, checked, error),
        left=left,
    )
    return replace(measured, sentences=tuple(_sentences(measured, error, lang)))


def _share(hits: Sequence[bool]) -> Share:
    return Share(sum(hits), len(hits), *agreement.wilson(sum(hits), len(hits)))


def _name(code: str, names: Mapping[int | None, str]) -> str:
    return names[None if code == NONE_FITS else int(code)]


def _by_theme(
    coded: Sequence[_Coded], found: Mapping[str, float], names: Mapping[int | None, str]
) -> tuple[ThemeAgreement, ...]:
    """Where people agree least first: that is what the codebook has to mend."""
    points = Counter(code for one in coded for code in set(one.codes.values()))
    told = [ThemeAgreement(_name(code, names), value, points[code]) for code, value in found.items()]
    return tuple(sorted(told, key=lambda theme: (theme.value, -theme.points, theme.name)))


def _confusions(coded: Sequence[_Coded], names: Mapping[int | None, str]) -> tuple[Confusion, ...]:
    """A pair counts once for each point, however many people gave the one or the other."""
    pairs = [pair for one in coded for pair in combinations(sorted(set(one.codes.values())), 2)]
    found = agreement.confusions([a for a, _ in pairs], [b for _, b in pairs])
    return tuple(Confusion(_name(a, names), _name(b, names), n) for a, b, n in found)


def _sentences(found: Reliability, error: float, lang: str) -> Iterator[str]:
    yield _agreement(found, lang)
    yield say(lang, "Nilai 1 berarti selalu sepakat, 0 berarti tidak lebih dari kebetulan.")
    yield from (
        say(
            lang,
            "Buku kode belum jelas membedakan “%(one)s” dan “%(other)s”: %(n)s teks.",
            one=pair.one,
            other=pair.other,
            n=pair.points,
        )
        for pair in found.confusions[:SAID_CONFUSIONS]
    )
    yield _machine(found, lang)
    yield _still(found, error, lang)
    if found.dropped:
        yield say(
            lang,
            "%(n)s teks dari contoh tidak dihitung lagi karena ditarik, dihapus, atau diubah sesudah contoh diambil.",
            n=found.dropped,
        )


def _agreement(found: Reliability, lang: str) -> str:
    said = {
        "points": found.points,
        "share": _percent(found.share, lang),
        "value": decimal(found.value, lang, 2),
        "low": decimal(found.low, lang, 2),
        "high": decimal(found.high, lang, 2),
    }
    if found.measure == KAPPA:
        return say(
            lang,
            "Dua orang menilai %(points)s teks tanpa saling melihat dan sepakat pada %(share)s persen; "
            "kappa Cohen %(value)s (rentang 95 persen: %(low)s sampai %(high)s).",
            **said,
        )
    return say(
        lang,
        "%(people)s orang menilai %(points)s teks tanpa saling melihat; rata-rata dua orang sepakat pada %(share)s "
        "persen; alfa Krippendorff %(value)s (rentang 95 persen: %(low)s sampai %(high)s).",
        people=found.people,
        **said,
    )


def _machine(found: Reliability, lang: str) -> str:
    if found.machine is None:
        return say(lang, "Semua teks ini sudah ditempatkan orang sebelum contoh diambil; mesin tidak dibandingkan.")
    return say(
        lang,
        "Mesin memilih tema yang sama dengan semua penilai pada %(hits)s dari %(checked)s teks: %(share)s persen "
        "(rentang 95 persen: %(low)s sampai %(high)s). Penilai sendiri bulat pada %(together)s teks; "
        "mesin tidak dapat melampauinya.",
        hits=found.machine.hits,
        checked=found.machine.checked,
        share=_percent(found.machine.hits / found.machine.checked, lang),
        low=_percent(found.machine.low, lang),
        high=_percent(found.machine.high, lang),
        together=found.together.hits,
    )


def _still(found: Reliability, error: float, lang: str) -> str:
    said = {"error": _percent(error, lang), "still": found.still, "left": found.left}
    if not found.still:
        return say(lang, "Bagian itu sudah diketahui sampai lebih kurang %(error)s poin persen.", **said)
    if found.still <= found.left:
        return say(
            lang,
            "Agar bagian itu diketahui sampai lebih kurang %(error)s poin persen, %(still)s teks lagi perlu dinilai.",
            **said,
        )
    return say(
        lang,
        "Agar bagian itu diketahui sampai lebih kurang %(error)s poin persen, %(still)s teks lagi perlu dinilai, "
        "padahal yang tersisa hanya %(left)s.",
        **said,
    )


def _percent(share: float, lang: str) -> str:
    percent = round(100 * share, 1)
    return decimal(percent, lang, 0 if percent.is_integer() else 1)
