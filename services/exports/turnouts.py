"""X4, the recap of who took part: every constituency, kelurahan and group against its target, and what to do."""

from collections.abc import Iterator, Sequence

from models.vocabulary import Gender
from reports.sheets import Sheet, Value
from services import representation, turnout
from services.exports.columns import Col, columns
from services.exports.contents import Content
from services.exports.frames import Frame
from services.representation import KINDS, Board, Step
from services.turnout import Light, Line, Sending

COLUMNS = (
    Col(
        "unsur|kelurahan|kelompok",
        ("Unsur, kelurahan, atau kelompok", "Constituency, ward or group"),
        ("Jenisnya, lalu namanya.", "Its kind, then its name."),
        34,
    ),
    Col("target", ("Target", "Target"), ("Sekurangnya sekian orang.", "At least so many people."), 10),
    Col(
        "peserta",
        ("Peserta", "Participants"),
        ("Paling sedikit dan paling banyak orang di baliknya.", "The fewest and the most people behind it."),
        12,
    ),
    Col("masukan", ("Masukan", "Submissions"), ("Kiriman yang diterima.", "Submissions received."), 10),
    Col(
        "persen",
        ("Persen", "Percent"),
        ("Bagian dari semua masukan. Bukan sampel acak.", "Share of all submissions. Not a random sample."),
        10,
    ),
    Col(
        "rasio_terhadap_penduduk",
        ("Rasio terhadap penduduk", "Ratio to population"),
        (
            "1 berarti sebanding dengan penduduknya; kosong bila jumlah penduduk belum diisi kota.",
            "1 is in proportion to its people; empty where the city has not filled in the population.",
        ),
        14,
    ),
    Col("P", ("Perempuan", "Women"), ("Yang menyebut perempuan.", "Who said woman."), 8),
    Col("L", ("Laki-laki", "Men"), ("Yang menyebut laki-laki.", "Who said man."), 8),
    Col("tidak_menyebut", ("Tidak menyebut", "Not said"), ("Yang tidak menyebutnya.", "Who did not say."), 10),
    Col("status", ("Status", "State"), ("Sampai mana targetnya.", "How far the target is met."), 16),
    Col("tindakan", ("Tindakan", "Action"), ("Yang bisa dilakukan.", "What can be done."), 48),
)
ORDER = ("constituency", "kelurahan", "group")
UNMET = (Light.NONE, Light.SHORT, Light.NEAR)


def content(frame: Frame) -> Content:
    """The three kinds one below the other; what is short of its target is set off on paper."""
    board = representation.board(frame.session, frame.round.id, frame.lang)
    lines = [line for kind in ORDER for line in _lines(board, kind)]
    spoken, title = turnout.sendings(frame.session, frame.round.id), frame.tell("Rekap keterwakilan")
    rows = list(_rows(lines, spoken, {p.code: p.ratio for p in board.places}, frame))
    return Content(
        title=title,
        is_personal=False,
        sheets=[Sheet(title, columns(COLUMNS, frame.lang), rows)],
        notes=[
            frame.tell("Ini suara yang masuk, bukan sampel acak warga kota."),
            frame.tell("Angka tepat, hanya untuk tim; jangan diumumkan sebelum sel kecil ditutup."),
        ],
        marked=frozenset(at for at, line in enumerate(lines) if line.light in UNMET),
    )


def short(frame: Frame) -> list[Step]:
    """What is far from its target, the worst first."""
    board = representation.board(frame.session, frame.round.id, frame.lang)
    return [step for step in board.steps if step.line.light in (Light.NONE, Light.SHORT)]


def told(step: Step) -> str:
    """What is there of what should be."""
    return f"{step.kind_label} {step.line.label}: {step.line.measured} ({step.line.light_label})"


def _lines(board: Board, kind: str) -> Sequence[Line]:
    if kind == "kelurahan":
        return [place.line for place in board.places if place.line]
    return next((lines for code, _, lines in board.sections if code == kind), ())


def _rows(
    lines: Sequence[Line], spoken: Sequence[Sending], ratios: dict[str, str], frame: Frame
) -> Iterator[list[Value]]:
    for line in lines:
        theirs = [sending for sending in spoken if _is_of(sending, line)]
        women, men = (sum(s.gender is gender for s in theirs) for gender in (Gender.WOMAN, Gender.MAN))
        name, advice = (frame.tell(words) for words in KINDS[line.kind])
        yield [
            f"{name}: {line.label}",
            line.target,
            line.measured,
            line.received,
            round(100 * line.received / len(spoken), 1) if spoken else 0.0,
            _number(ratios.get(line.code) if line.kind == "kelurahan" else None),
            women,
            men,
            len(theirs) - women - men,
            line.light_label or None,
            advice if line.light in UNMET else None,
        ]


def _is_of(sending: Sending, line: Line) -> bool:
    match line.kind:
        case "kelurahan":
            return sending.area == line.code
        case "group":
            return sending.group == line.code
        case _:
            return line.code in sending.constituencies


def _number(told: str | None) -> float | None:
    return float(told.replace(",", ".")) if told else None
