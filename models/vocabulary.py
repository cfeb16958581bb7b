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

STANCES: dict[str, tuple[str, str]] = {
    "problem": ("Masalah", "Problem"),
    "proposal": ("Usulan", "Proposal"),
    "service_complaint": ("Aduan layanan", "Service complaint"),
    "question": ("Pertanyaan", "Question"),
    "support": ("Dukungan", "Support"),
    "objection": ("Keberatan", "Objection"),
}

LANGUAGES: dict[str, tuple[str, str]] = {
    "id": ("bahasa Indonesia", "Indonesian"),
    "jv": ("bahasa Jawa", "Javanese"),
    "en": ("bahasa Inggris", "English"),
    "other": ("bahasa lain", "another language"),
}
