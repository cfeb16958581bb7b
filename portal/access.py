"""Who may do what on what: one table that reads as a page. A route that it does not name does not start."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from flask import Flask, abort, request
from flask_login import current_user
from werkzeug.wrappers import Response


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


class Thing(StrEnum):
    """What a route is about, and whose it must be; to anybody else such a thing is not there (404)."""

    NOTHING = "nothing"
    PUBLISHED_DRAFT = "published_draft"  # a version that is not published is there for nobody at this route
    PUBLISHED_PARAGRAPH = "published_paragraph"
    OWN_COMMENT = "own_comment"  # written by this person, or by this person's agency
    OWN_OPINION = "own_opinion"
    OWN_PROGRAMME = "own_programme"  # led by this person's agency
    DIMENSION = "dimension"
    THEME = "theme"
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
    SPOKEN = "spoken"  # a point taken down at this very meeting


class Route(NamedTuple):
    """Who may, and on what."""

    permission: Permission
    thing: Thing = Thing.NOTHING


P, T = Permission, Thing

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
    }
)
ROLES: dict[str, frozenset[Permission]] = {
    "administrator": frozenset({P.SEE_PEOPLE, P.EDIT_PEOPLE}),
    "lead": ANALYSING | {P.RUN_ROUNDS, P.SEE_PEOPLE},
    "analyst": ANALYSING,
    "reviewer": frozenset({P.READ_FINDINGS}),
    "officer": frozenset({P.ENTER_PAPER}),
    "privacy": frozenset({P.HANDLE_REQUESTS, P.SEE_CONTACTS}),
    "academic": frozenset({P.COMMENT, P.SPEAK_AS_ACADEMIC}),
    "agency": frozenset({P.COMMENT, P.SPEAK_FOR_AGENCY}),
}

ROUTES: dict[str, Route] = {
    # open to anyone
    "static": Route(P.ANYONE),
    "public.home": Route(P.ANYONE),
    "public.counting": Route(P.ANYONE),
    "public.privacy": Route(P.ANYONE),
    "public.accessibility": Route(P.ANYONE),
    "public.health": Route(P.ANYONE),
    "citizen.suggest": Route(P.ANYONE),
    "citizen.receipt": Route(P.ANYONE),
    "citizen.status": Route(P.ANYONE),
    # these ask for number and PIN themselves; without them they lead to the status page
    "followup.news": Route(P.ANYONE),
    "followup.correct": Route(P.ANYONE),
    "followup.withdraw": Route(P.ANYONE),
    "followup.erase": Route(P.ANYONE),
    "followup.take_back": Route(P.ANYONE),
    "followup.data": Route(P.ANYONE),
    "followup.close": Route(P.ANYONE),
    "reading.index": Route(P.ANYONE),
    "reading.chapter": Route(P.ANYONE, T.PUBLISHED_DRAFT),
    # signing in and joining
    "account.join": Route(P.ANYONE, T.INVITATION),
    "account.desk": Route(P.SIGNED_IN),
    "security.login": Route(P.ANYONE),
    "security.logout": Route(P.ANYONE),
    "security.verify": Route(P.SIGNED_IN),
    "security.static": Route(P.ANYONE),
    # people who were invited: on the draft, on a dimension, on their programmes
    "reading.comment": Route(P.COMMENT, T.PUBLISHED_PARAGRAPH),
    "reading.change": Route(P.COMMENT, T.OWN_COMMENT),
    "academic.index": Route(P.SPEAK_AS_ACADEMIC),
    "academic.opinion": Route(P.SPEAK_AS_ACADEMIC, T.DIMENSION),
    "academic.change": Route(P.SPEAK_AS_ACADEMIC, T.OWN_OPINION),
    "agency.index": Route(P.SPEAK_FOR_AGENCY),
    "agency.review": Route(P.SPEAK_FOR_AGENCY, T.OWN_PROGRAMME),
    "agency.opinion": Route(P.SPEAK_FOR_AGENCY, T.DIMENSION),
    "agency.change": Route(P.SPEAK_FOR_AGENCY, T.OWN_OPINION),
    # officers who type paper in: their own piles and nothing else
    "officer.index": Route(P.ENTER_PAPER),
    "officer.entry": Route(P.ENTER_PAPER, T.OWN_PILE),
    "officer.slip": Route(P.ENTER_PAPER, T.OWN_PILE),
    "officer.check": Route(P.ENTER_PAPER, T.OWN_PILE),
    "officer.close": Route(P.ENTER_PAPER, T.OWN_PILE),
    "officer.forms": Route(P.ENTER_PAPER, T.OWN_PILE),
    "officer.correct": Route(P.ENTER_PAPER, T.OWN_FORM),
    # the revision team
    "staff_insights.index": Route(P.READ_FINDINGS),
    "staff_insights.theme": Route(P.READ_FINDINGS, T.THEME),
    "staff_insights.rename": Route(P.EDIT_THEMES, T.THEME),
    "staff_insights.accept": Route(P.EDIT_THEMES, T.PROPOSED_THEME),
    "staff_insights.refuse": Route(P.EDIT_THEMES, T.PROPOSED_THEME),
    "staff_priorities.index": Route(P.READ_FINDINGS),
    "staff_priorities.figures": Route(P.READ_FINDINGS),
    "staff_priorities.table": Route(P.READ_FINDINGS),
    "staff_priorities.summary": Route(P.READ_FINDINGS),
    "staff_representation.index": Route(P.READ_FINDINGS),
    "staff_representation.poster": Route(P.READ_FINDINGS, T.AREA),
    "staff_voices.index": Route(P.READ_FINDINGS),
    "staff_voices.texts": Route(P.READ_FINDINGS),
    "staff_voices.show": Route(P.SHOW_VOICES, T.POINT),
    "staff_voices.hide": Route(P.SHOW_VOICES, T.POINT),
    "staff_held.index": Route(P.READ_FINDINGS),
    "staff_held.decide": Route(P.RELEASE_HELD),
    "staff_programmes.index": Route(P.READ_FINDINGS),
    "staff_programmes.voices": Route(P.READ_FINDINGS, T.PROGRAMME),
    "staff_channels.index": Route(P.READ_FINDINGS),
    "staff_papers.index": Route(P.RUN_PAPER),
    "staff_papers.sheets": Route(P.RUN_PAPER),
    "staff_papers.blank": Route(P.RUN_PAPER),
    "staff_papers.pile": Route(P.RUN_PAPER, T.PILE),
    "staff_papers.ask": Route(P.RUN_PAPER, T.UNCHECKED_PILE),
    "staff_papers.correct": Route(P.RUN_PAPER, T.TYPED_FORM),
    "staff_meetings.index": Route(P.KEEP_MEETINGS),
    "staff_meetings.show": Route(P.KEEP_MEETINGS, T.MEETING),
    "staff_meetings.change": Route(P.KEEP_MEETINGS, T.MEETING),
    "staff_meetings.attendance": Route(P.KEEP_MEETINGS, T.MEETING),
    "staff_meetings.agree": Route(P.KEEP_MEETINGS, T.MEETING),
    "staff_meetings.agreement": Route(P.KEEP_MEETINGS, T.AGREEMENT),
    "staff_meetings.drop": Route(P.KEEP_MEETINGS, T.AGREEMENT),
    "staff_meetings.point": Route(P.KEEP_MEETINGS, T.SPOKEN),
    "staff_meetings.sheet": Route(P.KEEP_MEETINGS, T.MEETING),
    "staff_requests.index": Route(P.HANDLE_REQUESTS),
    "staff_requests.enter": Route(P.HANDLE_REQUESTS),
    "staff_requests.show": Route(P.HANDLE_REQUESTS, T.OPEN_REQUEST),
    "staff_requests.erase": Route(P.HANDLE_REQUESTS, T.ERASURE_REQUEST),
    "staff_requests.withdraw": Route(P.HANDLE_REQUESTS, T.WITHDRAWAL_REQUEST),
    "staff_requests.correct": Route(P.HANDLE_REQUESTS, T.CORRECTION_REQUEST),
    "staff_requests.cancel": Route(P.HANDLE_REQUESTS, T.DESK_REQUEST),
    "staff_requests.contact": Route(P.SEE_CONTACTS, T.CONTACT),
    "staff_imports.index": Route(P.IMPORT_FILES),
    "staff_imports.bring": Route(P.IMPORT_FILES),
    "staff_imports.show": Route(P.IMPORT_FILES, T.IMPORT),
    "staff_imports.explain": Route(P.IMPORT_FILES, T.PREVIEWED_IMPORT),
    "staff_imports.choose": Route(P.IMPORT_FILES, T.PREVIEWED_IMPORT),
    "staff_imports.take": Route(P.IMPORT_FILES, T.PREVIEWED_IMPORT),
    "staff_imports.discard": Route(P.IMPORT_FILES, T.PREVIEWED_IMPORT),
    "staff_imports.undo": Route(P.IMPORT_FILES, T.TAKEN_IMPORT),
    "staff_imports.errors": Route(P.IMPORT_FILES, T.IMPORT_WITH_ERRORS),
    "staff_drafts.index": Route(P.READ_FINDINGS),
    "staff_drafts.take": Route(P.EDIT_DRAFTS),
    "staff_drafts.chapter": Route(P.READ_FINDINGS, T.DRAFT),
    "staff_drafts.publish": Route(P.EDIT_DRAFTS, T.UNPUBLISHED_DRAFT),
    "staff_drafts.discard": Route(P.EDIT_DRAFTS, T.UNPUBLISHED_DRAFT),
    "staff_rounds.index": Route(P.READ_FINDINGS),
    "staff_rounds.begin": Route(P.RUN_ROUNDS),
    "staff_rounds.change": Route(P.RUN_ROUNDS, T.ROUND),
    "staff_rounds.extend": Route(P.RUN_ROUNDS, T.ROUND),
    "staff_rounds.close": Route(P.RUN_ROUNDS, T.OPEN_ROUND),
    # who works here
    "staff_people.index": Route(P.SEE_PEOPLE),
    "staff_people.invite": Route(P.EDIT_PEOPLE),
    "staff_people.revoke": Route(P.EDIT_PEOPLE, T.OPEN_INVITATION),
    "staff_people.change": Route(P.EDIT_PEOPLE, T.PERSON),
    "staff_people.deactivate": Route(P.EDIT_PEOPLE, T.ACTIVE_PERSON),
    "staff_people.reactivate": Route(P.EDIT_PEOPLE, T.INACTIVE_PERSON),
}

# Where somebody's work begins: the first of these that the person may do.
DESKS: tuple[tuple[Permission, str], ...] = (
    (P.READ_FINDINGS, "staff_insights.index"),
    (P.ENTER_PAPER, "officer.index"),
    (P.HANDLE_REQUESTS, "staff_requests.index"),
    (P.SEE_PEOPLE, "staff_people.index"),
    (P.SPEAK_FOR_AGENCY, "agency.index"),
    (P.SPEAK_AS_ACADEMIC, "academic.index"),
)


class Unlisted(RuntimeError):
    """A route without a permission: the site does not start."""


def guard(app: Flask) -> None:
    """Refuse to start with a route that the table does not name, and ask for its permission at each request."""
    missing = sorted({rule.endpoint for rule in app.url_map.iter_rules()} - ROUTES.keys())
    if missing:
        raise Unlisted(f"routes without a permission: {', '.join(missing)}")
    app.before_request(_ask)
    app.add_template_global(may_open)


def allows(permission: Permission, roles: Iterable[str] | None) -> bool:
    """Whether somebody with these roles may; None is somebody who has not signed in."""
    if permission is Permission.ANYONE:
        return True
    if roles is None:
        return False
    return permission is Permission.SIGNED_IN or any(permission in ROLES.get(r, ()) for r in roles)


def may(permission: Permission) -> bool:
    """Whether the visitor of this request may."""
    roles = [role.name for role in current_user.roles] if current_user.is_authenticated else None
    return allows(permission, roles)


def desk() -> str:
    """The endpoint at which the visitor's work begins; the front page for somebody without any."""
    return next((endpoint for permission, endpoint in DESKS if may(permission)), "public.home")


def permission_of(endpoint: str | None) -> Permission:
    """What a route asks for; an address that leads nowhere asks for nothing."""
    return ROUTES.get(endpoint or "", Route(Permission.ANYONE)).permission


def may_open(endpoint: str) -> bool:
    """Whether the visitor may go there: the rows of a menu."""
    return may(permission_of(endpoint))


def _ask() -> Response | None:
    permission = permission_of(request.endpoint)
    if permission is Permission.ANYONE:
        return None
    if not current_user.is_authenticated:
        return abort(401)
    return None if may(permission) else abort(403)
