"""The words of the procedure: groups, channels, states and types, with labels in Indonesian and English."""

from enum import StrEnum


class Group(StrEnum):
    """Who speaks (the pentahelix plus one)."""

    CITIZEN = "citizen"
    ACADEMIC = "academic"
    AGENCY = "agency"
    BUSINESS = "business"
    COMMUNITY = "community"
    MEDIA = "media"


class Channel(StrEnum):
    """How a submission reached the city."""

    WEB = "web"
    ASSISTED = "assisted"
    PAPER = "paper"
    FGD = "fgd"
    LETTER = "letter"
    MUSRENBANG = "musrenbang"


class Element(StrEnum):
    """What a cure is made of; structure means people, money and upkeep."""

    SUPERSTRUCTURE = "superstructure"
    INFRASTRUCTURE = "infrastructure"
    STRUCTURE = "structure"


class Nature(StrEnum):
    """Smart is digital and non-digital."""

    DIGITAL = "digital"
    NON_DIGITAL = "non_digital"
    BOTH = "both"


class Verdict(StrEnum):
    """What somebody would do with an existing programme."""

    KEEP = "keep"
    ADAPT = "adapt"
    MERGE = "merge"
    DROP = "drop"


class ProgrammeState(StrEnum):
    """How far an existing programme has come."""

    UNDER_WAY = "under_way"
    HINDERED = "hindered"
    NOT_STARTED = "not_started"
    STOPPED = "stopped"


class PointType(StrEnum):
    """What sort of thing is said; the last three are about a draft's text."""

    PROBLEM = "problem"
    PROPOSAL = "proposal"
    SERVICE_COMPLAINT = "service_complaint"
    QUESTION = "question"
    SUPPORT = "support"
    OBJECTION = "objection"
    FACTUAL_ERROR = "factual_error"
    UNCLEAR = "unclear"
    MISSING = "missing"


class Capacity(StrEnum):
    """For whom somebody speaks."""

    PERSONAL = "personal"
    OFFICIAL = "official"


class DraftState(StrEnum):
    """Where a version of the draft stands: seen by the team alone, or by everybody."""

    UNPUBLISHED = "unpublished"
    PUBLISHED = "published"


class ThemeState(StrEnum):
    """Where a theme stands: the machine proposes, people decide."""

    ACTIVE = "active"
    PROPOSED = "proposed"
    REFUSED = "refused"
    RETIRED = "retired"


class RunState(StrEnum):
    """Where a run of the analysis stands."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class DimensionState(StrEnum):
    """A planned dimension is not in force yet and still open for input."""

    ACTIVE = "active"
    PLANNED = "planned"


# Two words with one spelling are one key here, whatever their kinds; a house test keeps their labels the same.
LABELS: dict[StrEnum, tuple[str, str]] = {
    Group.CITIZEN: ("Warga", "Citizen"),
    Group.ACADEMIC: ("Akademisi", "Academic"),
    Group.AGENCY: ("Perangkat daerah", "City agency"),
    Group.BUSINESS: ("Dunia usaha", "Business"),
    Group.COMMUNITY: ("Komunitas", "Community"),
    Group.MEDIA: ("Media", "Media"),
    Channel.WEB: ("situs ini", "this site"),
    Channel.ASSISTED: ("dibantu petugas", "with an officer's help"),
    Channel.PAPER: ("lembar kertas", "paper form"),
    Channel.FGD: ("diskusi kelompok", "focus group"),
    Channel.LETTER: ("surat", "letter"),
    Channel.MUSRENBANG: ("Musrenbang", "planning meeting"),
    Element.SUPERSTRUCTURE: ("Suprastruktur", "Superstructure"),
    Element.INFRASTRUCTURE: ("Infrastruktur", "Infrastructure"),
    Element.STRUCTURE: ("Struktur", "Structure"),
    Nature.DIGITAL: ("Digital", "Digital"),
    Nature.NON_DIGITAL: ("Non-digital", "Non-digital"),
    Nature.BOTH: ("Digital dan non-digital", "Digital and non-digital"),
    Verdict.KEEP: ("Dilanjutkan", "Keep"),
    Verdict.ADAPT: ("Disesuaikan", "Adapt"),
    Verdict.MERGE: ("Digabung", "Merge"),
    Verdict.DROP: ("Dihentikan", "Drop"),
    ProgrammeState.UNDER_WAY: ("Berjalan", "Under way"),
    ProgrammeState.HINDERED: ("Terhambat", "Hindered"),
    ProgrammeState.NOT_STARTED: ("Belum mulai", "Not started"),
    ProgrammeState.STOPPED: ("Terhenti", "Stopped"),
    PointType.PROBLEM: ("Masalah", "Problem"),
    PointType.PROPOSAL: ("Usulan", "Proposal"),
    PointType.SERVICE_COMPLAINT: ("Aduan layanan", "Service complaint"),
    PointType.QUESTION: ("Pertanyaan", "Question"),
    PointType.SUPPORT: ("Dukungan", "Support"),
    PointType.OBJECTION: ("Keberatan", "Objection"),
    PointType.FACTUAL_ERROR: ("Salah fakta", "Factual error"),
    PointType.UNCLEAR: ("Tidak jelas", "Unclear"),
    PointType.MISSING: ("Ada yang kurang", "Something is missing"),
    Capacity.PERSONAL: ("Pribadi", "Personal"),
    Capacity.OFFICIAL: ("Resmi lembaga", "Official"),
    DraftState.UNPUBLISHED: ("Belum terbit", "Not published"),
    DraftState.PUBLISHED: ("Terbit", "Published"),
    ThemeState.ACTIVE: ("Berlaku", "Active"),
    ThemeState.PROPOSED: ("Usulan mesin", "Proposed by the machine"),
    ThemeState.REFUSED: ("Ditolak", "Refused"),
    ThemeState.RETIRED: ("Tidak dipakai lagi", "Retired"),
    RunState.RUNNING: ("Sedang dihitung", "Running"),
    RunState.DONE: ("Selesai", "Done"),
    RunState.FAILED: ("Gagal", "Failed"),
    DimensionState.ACTIVE: ("Berlaku", "Active"),
    DimensionState.PLANNED: ("Direncanakan", "Planned"),
}

# What the analysis tells apart; what is said of a draft's text is a person's word alone.
STANCES: dict[str, tuple[str, str]] = {
    kind.value: LABELS[kind]
    for kind in (
        PointType.PROBLEM,
        PointType.PROPOSAL,
        PointType.SERVICE_COMPLAINT,
        PointType.QUESTION,
        PointType.SUPPORT,
        PointType.OBJECTION,
    )
}

COMMENT_TYPES = (
    PointType.PROPOSAL,
    PointType.FACTUAL_ERROR,
    PointType.UNCLEAR,
    PointType.MISSING,
    PointType.OBJECTION,
    PointType.SUPPORT,
    PointType.QUESTION,
)

LANGUAGES: dict[str, tuple[str, str]] = {
    "id": ("bahasa Indonesia", "Indonesian"),
    "jv": ("bahasa Jawa", "Javanese"),
    "en": ("bahasa Inggris", "English"),
    "other": ("bahasa lain", "another language"),
}
