"""X1, the register: every submission of a round in one row, with its original words; for the team alone."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Row, select

from models import Paragraph, Point, Reading, Submission, Theme, Triage
from models.vocabulary import LANGUAGES, Stage, SubmissionState
from reports.sheets import Sheet, Value
from services.exports import points
from services.exports.columns import Col, columns
from services.exports.contents import Content
from services.exports.frames import Frame
from services.tongue import N_, pick, word

COLUMNS = (
    Col("no_registrasi", ("Nomor registrasi", "Registration number"), ("Nomor tanda terima.", "Receipt number."), 16),
    Col(
        "tanggal_terima",
        ("Tanggal terima", "Received on"),
        ("Hari menurut jam kota.", "Day by the city's clock."),
        12,
    ),
    Col("kanal", ("Kanal", "Channel"), ("Jalan masuknya.", "The way it came in."), 16),
    Col("kelompok", ("Kelompok", "Group"), ("Kelompok pengirim.", "Group of the sender."), 16),
    Col(
        "lembaga",
        ("Lembaga", "Organisation"),
        ("Perangkat daerah atau lembaga pengirim.", "City agency or organisation of the sender."),
        22,
    ),
    Col(
        "kapasitas",
        ("Kapasitas", "Capacity"),
        ("Pribadi atau resmi atas nama lembaga.", "Personal, or officially for an organisation."),
        14,
    ),
    Col("kecamatan", ("Kecamatan", "District"), ("Kecamatan dari kelurahannya.", "District of the ward."), 18),
    Col(
        "kelurahan",
        ("Kelurahan", "Ward"),
        ("Yang disebut pengirim; bisa juga seluruh kota atau luar kota.", "As said; or the whole city, or outside it."),
        18,
    ),
    Col(
        "dimensi",
        ("Bidang", "Dimension"),
        ("Menurut tim, kalau belum menurut pengirim atau temanya.", "By the team, else the sender, else the theme."),
        16,
    ),
    Col("topik", ("Topik", "Topic"), ("Topik yang dipilih pengirim.", "Topic chosen by the sender."), 20),
    Col(
        "teks_asli",
        ("Teks asli", "Original text"),
        ("Kata-kata pengirim, utuh. Bisa memuat data pribadi.", "The sender's words, whole; may hold personal data."),
        70,
    ),
    Col(
        "teks_publik",
        ("Teks publik", "Public text"),
        (
            "Hanya yang sudah dibaca dan disetujui orang untuk umum; kosong bila belum.",
            "Only what a person has read and cleared for the public; empty until then.",
        ),
        60,
    ),
    Col("bahasa", ("Bahasa", "Language"), ("Bahasa yang dikenali mesin.", "Language recognised by the machine."), 16),
    Col(
        "kondisi_1_4",
        ("Keadaan (1–4)", "Condition (1–4)"),
        ("1 sangat buruk sampai 4 sangat baik.", "1 very bad to 4 very good."),
        10,
    ),
    Col(
        "kepentingan_1_4",
        ("Kepentingan (1–4)", "Importance (1–4)"),
        ("1 tidak penting sampai 4 sangat penting.", "1 not important to 4 very important."),
        10,
    ),
    Col(
        "paragraf",
        ("Paragraf", "Paragraph"),
        ("Penanda paragraf naskah yang dikomentari.", "Mark of the paragraph commented on."),
        14,
    ),
    Col("usul_redaksi", ("Usul redaksi", "Proposed wording"), ("Kalimat pengganti.", "Wording to put instead."), 50),
    Col(
        "program_terkait",
        ("Program terkait", "Related programme"),
        ("Kode program lama yang disebut.", "Code of the existing programme named."),
        14,
    ),
    Col(
        "usul_putusan",
        ("Usul putusan", "Proposed verdict"),
        ("Apa yang diusulkan untuk program itu.", "What is proposed for that programme."),
        16,
    ),
    Col("rujukan", ("Rujukan", "Reference"), ("Bukti yang disebut pengirim.", "Evidence named by the sender."), 40),
    Col(
        "penanda",
        ("Penanda", "Flags"),
        ("Data pribadi, aduan layanan, kata kasar.", "Personal data, service complaint, offensive words."),
        24,
    ),
    Col(
        "klaster_kampanye",
        ("Klaster kampanye", "Campaign cluster"),
        ("Nomor kelompok teks yang hampir sama.", "Number of the group of near-identical texts."),
        12,
    ),
    Col(
        "status",
        ("Status", "State"),
        ("Sampai mana masukan ini.", "How far this submission has come."),
        20,
    ),
    Col("jumlah_butir", ("Jumlah butir", "Points"), ("Banyaknya hal yang dikatakan.", "How many things are said."), 10),
)
FLAGS = (
    ("has_personal_data", N_("data pribadi")),
    ("is_complaint", N_("aduan layanan")),
    ("is_offensive", N_("kata kasar")),
)
FETCHED = 2_000  # rows read at a time


def content(frame: Frame) -> Content:
    """One row per submission. What no longer stands keeps its number and state, and none of its words."""
    sheet = Sheet(frame.tell("Register masukan"), columns(COLUMNS, frame.lang), _rows(frame))
    return Content(
        title=frame.tell("Register masukan"),
        is_personal=True,
        sheets=[sheet],
        notes=[frame.tell("Memuat teks asli. Hanya untuk tim revisi; jangan diteruskan.")],
    )


def _rows(frame: Frame) -> Iterator[list[Value]]:
    campaigns = {
        int(member): campaign["id"]
        for campaign in (frame.run.campaigns if frame.run else ())
        for member in campaign["members"]
    }
    found = frame.session.execute(_query(frame).execution_options(yield_per=FETCHED))
    for _, said in groupby(found, key=attrgetter("submission_id")):
        yield _row(list(said), campaigns, frame)


def _query(frame: Frame) -> Any:
    s = Submission
    return (
        select(
            s.id.label("submission_id"),
            s.receipt_no,
            s.received_at,
            s.channel,
            s.group,
            s.agency,
            s.organisation,
            s.capacity,
            s.area,
            s.place_note,
            s.state,
            s.text.label("whole"),
            Point.id,
            Point.text,
            points.DIMENSION.label("dimension"),
            Point.topic,
            Triage.public_text,
            Triage.stage,
            Triage.has_personal_data,
            Triage.is_complaint,
            Triage.is_offensive,
            Reading.language,
            Point.condition,
            Point.importance,
            Paragraph.mark,
            Point.paragraph_ref,
            Point.proposed_text,
            Point.programme,
            Point.programme_ref,
            Point.verdict,
            Point.evidence,
        )
        .outerjoin(Point, Point.submission_id == s.id)
        .outerjoin(Triage, Triage.point_id == Point.id)
        .outerjoin(Reading, Reading.point_id == Point.id)
        .outerjoin(Theme, Theme.id == Reading.theme_id)
        .outerjoin(Paragraph, Paragraph.id == Point.paragraph_id)
        .where(*points.only(frame))
        .order_by(s.id, Point.position, Point.id)
    )


def _row(said: list[Row[Any]], campaigns: dict[int, str], frame: Frame) -> list[Value]:
    first, names, lang = said[0], frame.names, frame.lang
    head = [first.receipt_no, frame.local(first.received_at).date(), word(first.channel, lang), word(first.group, lang)]
    if first.state is not SubmissionState.RECEIVED:
        return [*head, *[None] * (len(COLUMNS) - 6), word(first.state, lang), sum(p.id is not None for p in said)]
    return [
        *head,
        names.agencies.get(first.agency) or first.organisation,
        word(first.capacity, lang) if first.capacity else None,
        *names.place(first.area, first.place_note),
        points.join(names.dimensions.get(p.dimension) for p in said),
        points.join(names.topics.get(p.topic) for p in said),
        first.whole or points.join((p.text for p in said), "\n"),
        points.join((points.public(p) for p in said), "\n"),
        points.join(pick(LANGUAGES[p.language], lang) for p in said if p.language in LANGUAGES),
        points.only_number(p.condition for p in said),
        points.only_number(p.importance for p in said),
        points.join(p.mark or p.paragraph_ref for p in said),
        points.join((p.proposed_text for p in said), "\n"),
        points.join(p.programme or p.programme_ref for p in said),
        points.join(word(p.verdict, lang) for p in said if p.verdict),
        points.join((p.evidence for p in said), "\n"),
        points.join(frame.tell(message) for name, message in FLAGS if any(getattr(p, name) for p in said)),
        points.join(campaigns.get(p.id) for p in said),
        word(_stage(p.stage for p in said), lang),
        len(said),
    ]


def _stage(stages: Iterable[Stage | None]) -> Stage:
    """A submission has come as far as the last of its points."""
    order = list(Stage)
    return min((stage or Stage.ARRIVED for stage in stages), key=order.index)
