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
    ONLINE_FORM = "online_form"
    CHAT = "chat"


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


class Visibility(StrEnum):
    """How far a person lets their words go; without a name is what the consent text says."""

    NAMED = "named"
    UNNAMED = "unnamed"
    TEAM = "team"


class SubmissionState(StrEnum):
    """What a submission is: held for a person to look at, taken back by its sender, or erased."""

    RECEIVED = "received"
    HELD = "held"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


class Experience(StrEnum):
    """Whose experience a suggestion tells."""

    OWN = "own"
    NEIGHBOUR = "neighbour"
    NONE = "none"


class Gender(StrEnum):
    """As people say it themselves."""

    WOMAN = "woman"
    MAN = "man"
    UNSTATED = "unstated"


class AgeBand(StrEnum):
    """Bands, never a date of birth."""

    UNDER_18 = "under_18"
    TO_25 = "18_25"
    TO_40 = "26_40"
    TO_59 = "41_59"
    FROM_60 = "60_up"


class Purpose(StrEnum):
    """What somebody agreed to."""

    NEWS = "news"
    NAME = "name"


class RequestKind(StrEnum):
    """What somebody asks to be done with what they sent."""

    WITHDRAW = "withdraw"
    ERASE = "erase"
    CORRECT = "correct"


class NoticeState(StrEnum):
    """Where a notice to one recipient stands."""

    WAITING = "waiting"
    SENT = "sent"
    GIVEN_UP = "given_up"


class MeetingKind(StrEnum):
    """What sort of meeting it was."""

    FGD_MEETING = "fgd_meeting"
    FKP = "fkp"
    MUSRENBANG_MEETING = "musrenbang_meeting"


class ImportState(StrEnum):
    """Where a file that was brought stands."""

    PREVIEWED = "previewed"
    TAKING = "taking"
    TAKEN = "taken"
    UNDONE = "undone"


class Level(StrEnum):
    """How far a round lets people in: the five steps of IAP2's spectrum."""

    INFORM = "inform"
    CONSULT = "consult"
    INVOLVE = "involve"
    COLLABORATE = "collaborate"
    EMPOWER = "empower"


class Duty(StrEnum):
    """What somebody who signs in is here for; `portal/access.py` says what each may do."""

    ADMINISTRATOR = "administrator"
    LEAD = "lead"
    ANALYST = "analyst"
    REVIEWER = "reviewer"
    PRIVACY = "privacy"
    OFFICER = "officer"
    ACADEMIC = "academic"
    AGENCY = "agency"


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
    MERGED = "merged"


class MarkKind(StrEnum):
    """What a person did with a point's place: held it, moved it, or gave it back to the machine."""

    PIN = "pin"
    MOVE = "move"
    RELEASE = "release"


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
    Channel.ASSISTED: ("dibantu petugas", "officer’s help"),
    Channel.PAPER: ("lembar kertas", "paper form"),
    Channel.FGD: ("diskusi kelompok", "focus group"),
    Channel.LETTER: ("surat", "letter"),
    Channel.MUSRENBANG: ("Musrenbang", "planning meeting"),
    Channel.ONLINE_FORM: ("formulir daring", "online form"),
    Channel.CHAT: ("WhatsApp", "WhatsApp"),
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
    Visibility.NAMED: ("Dengan nama", "With my name"),
    Visibility.UNNAMED: ("Tanpa nama", "Without a name"),
    Visibility.TEAM: ("Hanya tim revisi", "The revision team only"),
    SubmissionState.RECEIVED: ("Diterima", "Received"),
    SubmissionState.HELD: ("Ditahan untuk diperiksa", "Held to be looked at"),
    SubmissionState.WITHDRAWN: ("Ditarik pengirimnya", "Withdrawn by its sender"),
    SubmissionState.ERASED: ("Dihapus", "Erased"),
    Experience.OWN: ("Ya, saya sendiri", "Yes, my own"),
    Experience.NEIGHBOUR: ("Tetangga atau keluarga", "A neighbour’s or relative’s"),
    Experience.NONE: ("Tidak", "No"),
    Gender.WOMAN: ("Perempuan", "Woman"),
    Gender.MAN: ("Laki-laki", "Man"),
    Gender.UNSTATED: ("Tidak mau menjawab", "Rather not say"),
    AgeBand.UNDER_18: ("Di bawah 18 tahun", "Under 18"),
    AgeBand.TO_25: ("18–25 tahun", "18–25"),
    AgeBand.TO_40: ("26–40 tahun", "26–40"),
    AgeBand.TO_59: ("41–59 tahun", "41–59"),
    AgeBand.FROM_60: ("60 tahun ke atas", "60 or older"),
    Purpose.NEWS: ("Kabari saya", "Send me news"),
    Purpose.NAME: ("Boleh tampilkan nama saya", "My name may be shown"),
    RequestKind.WITHDRAW: ("Tarik", "Withdraw"),
    RequestKind.ERASE: ("Hapus", "Erase"),
    RequestKind.CORRECT: ("Perbaiki", "Correct"),
    NoticeState.WAITING: ("Menunggu dikirim", "Waiting"),
    NoticeState.SENT: ("Terkirim", "Sent"),
    NoticeState.GIVEN_UP: ("Tidak terkirim", "Not sent"),
    MeetingKind.FGD_MEETING: ("Diskusi kelompok (FGD)", "Focus group (FGD)"),
    MeetingKind.FKP: ("Forum konsultasi publik (FKP)", "Public consultation forum (FKP)"),
    MeetingKind.MUSRENBANG_MEETING: ("Musrenbang", "Planning deliberation (Musrenbang)"),
    ImportState.PREVIEWED: ("Pratinjau", "Previewed"),
    ImportState.TAKING: ("Sedang dimuat", "Being taken"),
    ImportState.TAKEN: ("Sudah dimuat", "Taken"),
    ImportState.UNDONE: ("Dibatalkan", "Undone"),
    Level.INFORM: ("Memberi tahu", "Inform"),
    Level.CONSULT: ("Menanyai", "Consult"),
    Level.INVOLVE: ("Melibatkan", "Involve"),
    Level.COLLABORATE: ("Bekerja bersama", "Collaborate"),
    Level.EMPOWER: ("Menyerahkan keputusan", "Empower"),
    Duty.ADMINISTRATOR: ("Administrator", "Administrator"),
    Duty.LEAD: ("Ketua tim", "Team leader"),
    Duty.ANALYST: ("Analis", "Analyst"),
    Duty.REVIEWER: ("Peninjau", "Reviewer"),
    Duty.PRIVACY: ("Petugas data pribadi", "Privacy officer"),
    Duty.OFFICER: ("Petugas kelurahan", "Kelurahan officer"),
    Duty.ACADEMIC: ("Akademisi", "Academic"),
    Duty.AGENCY: ("Perangkat daerah", "City agency"),
    DraftState.UNPUBLISHED: ("Belum terbit", "Not published"),
    DraftState.PUBLISHED: ("Terbit", "Published"),
    ThemeState.ACTIVE: ("Berlaku", "Active"),
    ThemeState.PROPOSED: ("Usulan mesin", "Proposed by the machine"),
    ThemeState.REFUSED: ("Ditolak", "Rejected"),
    ThemeState.RETIRED: ("Tidak dipakai lagi", "Retired"),
    ThemeState.MERGED: ("Digabung", "Merged"),
    MarkKind.PIN: ("Disematkan", "Pinned"),
    MarkKind.MOVE: ("Dipindahkan", "Moved"),
    MarkKind.RELEASE: ("Dilepas", "Released"),
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

# What a citizen meets on the way from the front page to the receipt, said in Javanese; the rest stays Indonesian.
JAVANESE: dict[StrEnum, str] = {
    Group.CITIZEN: "Warga",
    Group.ACADEMIC: "Akademisi",
    Group.AGENCY: "Dinas kutha",
    Group.BUSINESS: "Wong usaha",
    Group.COMMUNITY: "Komunitas",
    Group.MEDIA: "Media",
    Channel.WEB: "situs iki",
    Channel.ASSISTED: "ditulungi petugas",
    Channel.PAPER: "lembar kertas",
    Channel.FGD: "rembugan kelompok",
    Channel.LETTER: "layang",
    Channel.MUSRENBANG: "Musrenbang",
    Channel.ONLINE_FORM: "formulir online",
    Channel.CHAT: "WhatsApp",
    Visibility.NAMED: "Nganggo jeneng",
    Visibility.UNNAMED: "Tanpa jeneng",
    Visibility.TEAM: "Mung tim revisi",
    SubmissionState.RECEIVED: "Ditampa",
    SubmissionState.HELD: "Ditahan dhisik, arep dipriksa",
    SubmissionState.WITHDRAWN: "Ditarik sing ngirim",
    SubmissionState.ERASED: "Dibusak",
    Experience.OWN: "Ya, aku dhewe",
    Experience.NEIGHBOUR: "Tangga utawa sedulur",
    Experience.NONE: "Ora",
    Gender.WOMAN: "Wong wadon",
    Gender.MAN: "Wong lanang",
    Gender.UNSTATED: "Ora gelem mangsuli",
    AgeBand.UNDER_18: "Durung 18 taun",
    AgeBand.TO_25: "18–25 taun",
    AgeBand.TO_40: "26–40 taun",
    AgeBand.TO_59: "41–59 taun",
    AgeBand.FROM_60: "60 taun munggah",
    Purpose.NEWS: "Kabari aku",
    Purpose.NAME: "Jenengku kena ditampilake",
    RequestKind.WITHDRAW: "Tarik",
    RequestKind.ERASE: "Busak",
    RequestKind.CORRECT: "Benerake",
}
