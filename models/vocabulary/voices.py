"""What people say and send: groups, channels, types, and what they tell of themselves."""

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


class Severity(StrEnum):
    """How much hangs on a comment, as its author sees it."""

    MUST = "must"
    SHOULD = "should"
    MINOR = "minor"


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
    """What a submission is: held for a person to look at, set aside, taken back by its sender, or erased."""

    RECEIVED = "received"
    HELD = "held"
    SET_ASIDE = "set_aside"
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
