"""The words of rights: what a route asks, what it is about, what each role may do and where its work begins."""

from enum import StrEnum
from typing import NamedTuple


class Permission(StrEnum):
    """What a route asks of its visitor."""

    ANYONE = "anyone"
    SIGNED_IN = "signed_in"
    COMMENT = "comment"
    SPEAK_AS_ACADEMIC = "speak_as_academic"
    SPEAK_FOR_AGENCY = "speak_for_agency"
    READ_FINDINGS = "read_findings"
    EDIT_THEMES = "edit_themes"
    EDIT_DRAFTS = "edit_drafts"
    SHOW_VOICES = "show_voices"
    IMPORT_FILES = "import_files"
    RELEASE_HELD = "release_held"
    RUN_ROUNDS = "run_rounds"
    SEE_PEOPLE = "see_people"
    EDIT_PEOPLE = "edit_people"
    HANDLE_REQUESTS = "handle_requests"
    SEE_CONTACTS = "see_contacts"
    ENTER_PAPER = "enter_paper"
    RUN_PAPER = "run_paper"
    KEEP_MEETINGS = "keep_meetings"
    SCREEN = "screen"
    CODE_TEXTS = "code_texts"
    SET_SCHEME = "set_scheme"
    SCORE = "score"
    OVERRIDE_PLACES = "override_places"
    DECIDE = "decide"
    CONFIRM_DECISIONS = "confirm_decisions"
    ANSWER = "answer"
    PREPARE_RELEASE = "prepare_release"
    READ_RELEASES = "read_releases"
    RELEASE = "release"
    TAKE_EXPORTS = "take_exports"
    SEE_AUDIT = "see_audit"


class Thing(StrEnum):
    """What a route is about, and whose it must be; to anybody else such a thing is not there (404)."""

    NOTHING = "nothing"
    PUBLISHED_DRAFT = "published_draft"  # a version that is not published is there for nobody at this route
    PUBLISHED_PARAGRAPH = "published_paragraph"
    PUBLISHED_LINE = "published_line"  # of paragraphs; a line that begins in an unpublished version is not there
    PUBLISHED_PAIR = "published_pair"  # two versions, the older one first
    OWN_COMMENT = "own_comment"  # written by this person, or by this person's agency
    COMMENT = "comment"  # a point that is a comment on the draft, whoever wrote it
    OWN_OPINION = "own_opinion"
    OWN_LETTER = "own_letter"  # given to this person
    LETTER = "letter"  # whoever has its number may check it
    OWN_PROGRAMME = "own_programme"  # led by this person's agency
    DIMENSION = "dimension"
    THEME = "theme"
    MERGED_THEME = "merged_theme"  # only what was merged is taken apart again (409)
    RETIRED_THEME = "retired_theme"  # only what is used no longer is used again (409)
    EXAMPLE = "example"  # chosen for this very theme
    CODEBOOK_VERSION = "codebook_version"
    SAMPLE = "sample"
    OPEN_SAMPLE = "open_sample"  # a closed one is not coded, finished or closed again (409)
    RESULTS = "results"  # of a round of which something was released
    RELEASE = "release"
    MADE_RELEASE = "made_release"  # one whose pages stand
    PREPARED_RELEASE = "prepared_release"  # what was approved or let go is not approved again (409)
    APPROVED_RELEASE = "approved_release"  # only what another person approved is let go (409)
    OPEN_RELEASE = "open_release"  # what was let go is not thrown away (409)
    DECISION = "decision"
    DECIDABLE = "decidable"  # a theme, a group or a point of a round
    CONFIRMED_DECISION = "confirmed_decision"  # what is not confirmed is neither opened again nor done (409)
    AWAITING_DECISION = "awaiting_decision"  # only what awaits a second person is sent back (409)
    SIGNED_RESPONSE = "signed_response"  # where nothing is signed no signature is taken back (409)
    CONFLICT = "conflict"
    OPEN_CONFLICT = "open_conflict"  # what was answered together stays together (409)
    OBJECTION = "objection"
    PROPOSED_THEME = "proposed_theme"  # by the machine; what was decided cannot be decided again (409)
    PROGRAMME = "programme"
    AREA = "area"
    POINT = "point"
    IMPORT = "import"
    PREVIEWED_IMPORT = "previewed_import"  # a file that was taken is not explained, taken or thrown away again (409)
    TAKEN_IMPORT = "taken_import"  # only what was taken can be undone (409)
    IMPORT_WITH_ERRORS = "import_with_errors"
    DRAFT = "draft"  # published or not
    UNPUBLISHED_DRAFT = "unpublished_draft"  # what is published cannot be published again, nor thrown away (409)
    FATE = "fate"  # what became of a paragraph in this very version
    INVITATION = "invitation"
    ROUND = "round"
    OPEN_ROUND = "open_round"  # one that is not open cannot be closed (409)
    PERSON = "person"
    ACTIVE_PERSON = "active_person"  # nobody is deactivated twice (409)
    INACTIVE_PERSON = "inactive_person"
    OPEN_INVITATION = "open_invitation"  # one that was used or has ended cannot be revoked (409)
    OPEN_REQUEST = "open_request"  # what was done cannot be done again (409)
    ERASURE_REQUEST = "erasure_request"  # one that asks for something else is not carried out so (409)
    WITHDRAWAL_REQUEST = "withdrawal_request"
    CORRECTION_REQUEST = "correction_request"
    DESK_REQUEST = "desk_request"  # entered here; what a sender asked for by PIN is not taken off the list (409)
    CONTACT = "contact"  # of a submission whose sender wants news, and of no other
    OWN_PILE = "own_pile"  # opened by this officer; what was closed cannot be written to (409)
    OWN_FORM = "own_form"  # typed from a pile of this officer
    PILE = "pile"
    TYPED_FORM = "typed_form"  # of this very pile
    UNCHECKED_PILE = "unchecked_pile"  # a pile is typed once more only once, and only with something in it (409)
    MEETING = "meeting"
    AGREEMENT = "agreement"
    DRAFT_SCHEME = "draft_scheme"  # what is fixed cannot be fixed again (409)
    FIXED_SCHEME = "fixed_scheme"  # the newest version; what is open to all cannot be opened again (409)
    SPOKEN = "spoken"  # a point taken down at this very meeting
    REFUSED_ITEM = "refused_item"
    ECHO = "echo"  # a point that may ask again for this very item
    DEMO = "demo"  # a door of the demonstration, where that is in
    # papers and what was asked for of them, each shelf for itself; a paper of another shelf is not there
    TEAM_PAPER = "team_paper"
    TEAM_JOB = "team_job"
    TEAM_FILE = "team_file"  # what is not made yet cannot be taken (409)
    TRAIL_PAPER = "trail_paper"
    TRAIL_JOB = "trail_job"
    TRAIL_FILE = "trail_file"
    PERSON_PAPER = "person_paper"
    PERSON_JOB = "person_job"
    PERSON_FILE = "person_file"


class Route(NamedTuple):
    """Who may, and on what."""

    permission: Permission
    thing: Thing = Thing.NOTHING


P = Permission

ANALYSING = frozenset(
    {
        P.READ_FINDINGS,
        P.EDIT_THEMES,
        P.EDIT_DRAFTS,
        P.SHOW_VOICES,
        P.IMPORT_FILES,
        P.RELEASE_HELD,
        P.RUN_PAPER,
        P.KEEP_MEETINGS,
        P.SCREEN,
        P.CODE_TEXTS,
        P.SCORE,
        P.DECIDE,
        P.ANSWER,
        P.PREPARE_RELEASE,
        P.READ_RELEASES,
        P.TAKE_EXPORTS,
    }
)
LEADING = frozenset(
    {P.RUN_ROUNDS, P.SEE_PEOPLE, P.SET_SCHEME, P.OVERRIDE_PLACES, P.CONFIRM_DECISIONS, P.RELEASE, P.SEE_AUDIT}
)
ROLES: dict[str, frozenset[Permission]] = {
    "administrator": frozenset({P.SEE_PEOPLE, P.EDIT_PEOPLE, P.SEE_AUDIT}),
    "lead": ANALYSING | LEADING,
    "analyst": ANALYSING,
    "verifier": frozenset({P.READ_FINDINGS, P.SCREEN}),
    # the second pair of eyes: scores, codes blind, and confirms what another one decided
    "reviewer": frozenset({P.READ_FINDINGS, P.CODE_TEXTS, P.SCORE, P.CONFIRM_DECISIONS}),
    "officer": frozenset({P.ENTER_PAPER}),
    "privacy": frozenset({P.HANDLE_REQUESTS, P.SEE_CONTACTS, P.READ_RELEASES, P.RELEASE}),
    "academic": frozenset({P.COMMENT, P.SPEAK_AS_ACADEMIC}),
    "agency": frozenset({P.COMMENT, P.SPEAK_FOR_AGENCY}),
}

# Where somebody's work begins: the first of these that the person may do.
DESKS: tuple[tuple[Permission, str], ...] = (
    (P.EDIT_THEMES, "staff_insights.index"),
    (P.SCREEN, "staff_inbox.index"),
    (P.READ_FINDINGS, "staff_insights.index"),
    (P.ENTER_PAPER, "officer.index"),
    (P.HANDLE_REQUESTS, "staff_requests.index"),
    (P.SEE_PEOPLE, "staff_people.index"),
    (P.SPEAK_FOR_AGENCY, "agency.index"),
    (P.SPEAK_AS_ACADEMIC, "academic.index"),
)
