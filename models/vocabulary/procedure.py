"""What the team does: duties, states, decisions and their reasons."""

from enum import StrEnum


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
    """What somebody who signs in is here for; `portal/rights.py` says what each may do."""

    ADMINISTRATOR = "administrator"
    LEAD = "lead"
    ANALYST = "analyst"
    VERIFIER = "verifier"
    REVIEWER = "reviewer"
    PRIVACY = "privacy"
    OFFICER = "officer"
    ACADEMIC = "academic"
    AGENCY = "agency"


class DraftState(StrEnum):
    """Where a version of the draft stands: seen by the team alone, or by everybody."""

    UNPUBLISHED = "unpublished"
    PUBLISHED = "published"


class FateState(StrEnum):
    """What became of a paragraph in a later version."""

    SAME = "same"
    EDITED = "edited"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"
    REMOVED = "removed"


class CommentState(StrEnum):
    """How a comment stands in a later version: the paragraph's fate says it, but settled is a person's word."""

    APPLIES = "applies"
    CHANGED = "changed"
    MOVED = "moved"
    REMOVED = "removed"
    SETTLED = "settled"


class RemarkState(StrEnum):
    """Whether others may read a comment: not before a person of the team has read it."""

    PENDING = "pending"
    SHOWN = "shown"
    HIDDEN = "hidden"


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


class AsideReason(StrEnum):
    """Why a sending says nothing that can be answered."""

    SPAM = "spam"
    EMPTY = "empty"
    TRIAL = "trial"


class Stage(StrEnum):
    """How far the team has come with one point."""

    ARRIVED = "arrived"
    SCREENED = "screened"
    CODED = "coded"


class TriageField(StrEnum):
    """What a person of the team says of a point."""

    DIMENSION_FIELD = "dimension"
    SECOND_DIMENSION_FIELD = "second_dimension"
    ELEMENT_FIELD = "element"
    NATURE_FIELD = "nature"
    TYPE_FIELD = "point_type"
    MISSION_FIELD = "mission"
    STAGE_FIELD = "stage"
    REDACTION_FIELD = "redaction"
    OFFENSIVE_FIELD = "offensive"


class HandoverState(StrEnum):
    """Where a service complaint stands on its way to SP4N-LAPOR!."""

    READY = "ready"
    HANDED = "handed"
    ANSWERED = "answered"
    TAKEN_BACK = "taken_back"


class MatchState(StrEnum):
    """Whether a person agrees that a point asks again for what was refused before."""

    SUGGESTED = "suggested"
    AGREED = "agreed"
    DENIED = "denied"


class DecisionCode(StrEnum):
    """What the team made of a point or a theme."""

    ACCEPTED = "accepted"
    ACCEPTED_IN_PART = "accepted_in_part"
    ALREADY_COVERED = "already_covered"
    DEFERRED = "deferred"
    NOT_ACCEPTED = "not_accepted"
    FORWARDED = "forwarded"
    NOTED = "noted"
    OUT_OF_SCOPE = "out_of_scope"


class ReasonCode(StrEnum):
    """Why; one free sentence always stands beside it."""

    AUTHORITY = "authority"
    LEGAL = "legal"
    ALIGNMENT = "alignment"
    BUDGET = "budget"
    EVIDENCE = "evidence"
    TECHNICAL = "technical"
    CONFLICT = "conflict"
    DUPLICATE = "duplicate"
    STUDY = "study"
    SCOPE = "scope"


class DecisionState(StrEnum):
    """Where a decision stands: one person proposes, another confirms what refuses."""

    DRAFTED = "drafted"
    AWAITING = "awaiting"
    CONFIRMED = "confirmed"
    RETURNED = "returned"
    REPLACED = "replaced"


class ObjectionState(StrEnum):
    """Where the reply of somebody who does not agree with an answer stands."""

    OBJECTED = "objected"
    SETTLED = "settled"
    DISSENT = "dissent"


class ReleaseState(StrEnum):
    """Where a publication stands: two persons let it go."""

    PREPARED = "prepared"
    BLOCKED = "blocked"
    APPROVED = "approved"
    RELEASED = "released"
    DISCARDED = "discarded"


class ExportState(StrEnum):
    """Where a paper stands that somebody asked for."""

    ASKED = "asked"
    MAKING = "making"
    MADE = "made"
    BROKEN = "broken"
