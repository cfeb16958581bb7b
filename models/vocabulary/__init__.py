"""The words of the procedure: groups, channels, states and types, with labels in Indonesian and English."""

from models.vocabulary.javanese import JAVANESE
from models.vocabulary.labels import LABELS
from models.vocabulary.procedure import (
    AsideReason,
    DecisionCode,
    DecisionState,
    DimensionState,
    DraftState,
    Duty,
    ExportState,
    HandoverState,
    ImportState,
    Level,
    MarkKind,
    MatchState,
    MeetingKind,
    NoticeState,
    ObjectionState,
    ReasonCode,
    ReleaseState,
    RunState,
    Stage,
    ThemeState,
    TriageField,
)
from models.vocabulary.voices import (
    AgeBand,
    Capacity,
    Channel,
    Element,
    Experience,
    Gender,
    Group,
    Nature,
    PointType,
    ProgrammeState,
    Purpose,
    RequestKind,
    SubmissionState,
    Verdict,
    Visibility,
)

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

__all__ = [
    "AgeBand",
    "AsideReason",
    "COMMENT_TYPES",
    "Capacity",
    "Channel",
    "DecisionCode",
    "DecisionState",
    "DimensionState",
    "DraftState",
    "Duty",
    "Element",
    "Experience",
    "ExportState",
    "Gender",
    "Group",
    "HandoverState",
    "ImportState",
    "JAVANESE",
    "LABELS",
    "LANGUAGES",
    "Level",
    "MarkKind",
    "MatchState",
    "MeetingKind",
    "Nature",
    "NoticeState",
    "ObjectionState",
    "PointType",
    "ProgrammeState",
    "Purpose",
    "ReasonCode",
    "ReleaseState",
    "RequestKind",
    "RunState",
    "STANCES",
    "Stage",
    "SubmissionState",
    "ThemeState",
    "TriageField",
    "Verdict",
    "Visibility",
]
