"""Who may do what on what: one table that reads as a page. A route that it does not name does not start."""

from collections.abc import Iterable

from flask import Flask, abort, request
from flask_login import current_user
from werkzeug.wrappers import Response

from portal.rights import DESKS, ROLES, Permission, Route, Thing

P, T = Permission, Thing

ROUTES: dict[str, Route] = {
    # open to anyone
    "static": Route(P.ANYONE),
    "public.home": Route(P.ANYONE),
    "public.counting": Route(P.ANYONE),
    "public.privacy": Route(P.ANYONE),
    "public.accessibility": Route(P.ANYONE),
    "public.health": Route(P.ANYONE),
    # where the demonstration is in; elsewhere there is nothing (404)
    "demo.index": Route(P.ANYONE, T.DEMO),
    "demo.enter": Route(P.ANYONE, T.DEMO),
    # what was released; what is not there, or not yet, is there for nobody
    "results.index": Route(P.ANYONE),
    "results.live": Route(P.ANYONE),
    "results.feed": Route(P.ANYONE),
    "results.round": Route(P.ANYONE, T.RESULTS),
    "results.page": Route(P.ANYONE, T.RESULTS),
    "results.numbered": Route(P.ANYONE, T.RESULTS),
    "results.numbered_page": Route(P.ANYONE, T.RESULTS),
    "citizen.suggest": Route(P.ANYONE),
    "citizen.receipt": Route(P.ANYONE),
    "citizen.status": Route(P.ANYONE),
    # these ask for number and PIN themselves; without them they lead to the status page
    "followup.news": Route(P.ANYONE),
    "followup.correct": Route(P.ANYONE),
    "followup.object_to": Route(P.ANYONE),
    "followup.withdraw": Route(P.ANYONE),
    "followup.erase": Route(P.ANYONE),
    "followup.take_back": Route(P.ANYONE),
    "followup.data": Route(P.ANYONE),
    "followup.close": Route(P.ANYONE),
    # whoever has the number of a letter of contribution checks it
    "letters.index": Route(P.ANYONE),
    "letters.check": Route(P.ANYONE, T.LETTER),
    "reading.index": Route(P.ANYONE),
    "reading.version": Route(P.ANYONE, T.PUBLISHED_DRAFT),
    "reading.chapter": Route(P.ANYONE, T.PUBLISHED_DRAFT),
    "reading.narrowed": Route(P.ANYONE, T.PUBLISHED_DRAFT),
    "reading.sheet": Route(P.ANYONE, T.PUBLISHED_DRAFT),
    "reading.paragraph": Route(P.ANYONE, T.PUBLISHED_PARAGRAPH),
    "versions.line": Route(P.ANYONE, T.PUBLISHED_LINE),
    "versions.choose": Route(P.ANYONE),
    "versions.compare": Route(P.ANYONE, T.PUBLISHED_PAIR),
    # signing in and joining
    "account.join": Route(P.ANYONE, T.INVITATION),
    "account.desk": Route(P.SIGNED_IN),
    "security.login": Route(P.ANYONE),
    "security.logout": Route(P.ANYONE),
    "security.verify": Route(P.SIGNED_IN),
    "security.static": Route(P.ANYONE),
    # people who were invited: on the draft, on a dimension, on their programmes
    "commenting.comment": Route(P.COMMENT, T.PUBLISHED_PARAGRAPH),
    "commenting.whole": Route(P.COMMENT, T.PUBLISHED_DRAFT),
    "commenting.change": Route(P.COMMENT, T.OWN_COMMENT),
    "commenting.settle": Route(P.COMMENT, T.OWN_COMMENT),
    "contributing.index": Route(P.COMMENT),
    "contributing.table": Route(P.COMMENT),
    "contributing.columns": Route(P.COMMENT),
    "contributing.document": Route(P.COMMENT),
    "contributing.own_letters": Route(P.COMMENT),
    "contributing.ask": Route(P.COMMENT, T.ROUND),
    "contributing.letter": Route(P.COMMENT, T.OWN_LETTER),
    "contributing.letter_document": Route(P.COMMENT, T.OWN_LETTER),
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
    "staff_inbox.index": Route(P.READ_FINDINGS),
    "staff_inbox.bulk": Route(P.SCREEN),
    "staff_inbox.handed": Route(P.READ_FINDINGS),
    "staff_inbox.point": Route(P.READ_FINDINGS, T.POINT),
    "staff_inbox.mark": Route(P.SCREEN, T.POINT),
    "staff_inbox.act": Route(P.SCREEN, T.POINT),
    "staff_inbox.split": Route(P.SCREEN, T.POINT),
    "staff_inbox.redact": Route(P.SCREEN, T.POINT),
    "staff_inbox.hand": Route(P.SCREEN, T.POINT),
    "staff_registers.index": Route(P.READ_FINDINGS),
    "staff_registers.show": Route(P.READ_FINDINGS, T.REFUSED_ITEM),
    "staff_registers.judge": Route(P.SCREEN, T.ECHO),
    "staff_insights.index": Route(P.READ_FINDINGS),
    "staff_insights.theme": Route(P.READ_FINDINGS, T.THEME),
    "staff_insights.rename": Route(P.EDIT_THEMES, T.THEME),
    "staff_insights.accept": Route(P.EDIT_THEMES, T.PROPOSED_THEME),
    "staff_insights.refuse": Route(P.EDIT_THEMES, T.PROPOSED_THEME),
    "staff_insights.differences": Route(P.READ_FINDINGS),
    "staff_themes.sort": Route(P.EDIT_THEMES, T.THEME),
    "staff_themes.place": Route(P.EDIT_THEMES, T.THEME),
    "staff_themes.merge": Route(P.EDIT_THEMES, T.THEME),
    "staff_themes.unmerge": Route(P.EDIT_THEMES, T.MERGED_THEME),
    "staff_themes.divide": Route(P.EDIT_THEMES, T.THEME),
    "staff_themes.group": Route(P.EDIT_THEMES, T.THEME),
    "staff_unplaced.index": Route(P.READ_FINDINGS),
    "staff_unplaced.place": Route(P.EDIT_THEMES),
    "staff_codebook.index": Route(P.READ_FINDINGS),
    "staff_codebook.history": Route(P.READ_FINDINGS),
    "staff_codebook.version": Route(P.READ_FINDINGS, T.CODEBOOK_VERSION),
    "staff_codebook.show": Route(P.READ_FINDINGS, T.THEME),
    "staff_codebook.edit": Route(P.EDIT_THEMES, T.THEME),
    "staff_codebook.retire": Route(P.EDIT_THEMES, T.THEME),
    "staff_codebook.revive": Route(P.EDIT_THEMES, T.RETIRED_THEME),
    "staff_codebook.drop": Route(P.EDIT_THEMES, T.EXAMPLE),
    "staff_coding.index": Route(P.CODE_TEXTS),
    "staff_coding.draw": Route(P.EDIT_THEMES),
    "staff_coding.close": Route(P.EDIT_THEMES, T.OPEN_SAMPLE),
    "staff_coding.code": Route(P.CODE_TEXTS, T.SAMPLE),
    "staff_coding.mine": Route(P.CODE_TEXTS, T.SAMPLE),
    "staff_coding.give": Route(P.CODE_TEXTS, T.OPEN_SAMPLE),
    "staff_coding.finish": Route(P.CODE_TEXTS, T.OPEN_SAMPLE),
    "staff_decisions.index": Route(P.READ_FINDINGS),
    "staff_decisions.themes": Route(P.READ_FINDINGS),
    "staff_decisions.confirm": Route(P.CONFIRM_DECISIONS),
    "staff_deciding.one": Route(P.READ_FINDINGS, T.DECISION),
    "staff_deciding.of_theme": Route(P.READ_FINDINGS, T.THEME),
    "staff_deciding.show": Route(P.READ_FINDINGS, T.DECIDABLE),
    "staff_deciding.decide": Route(P.DECIDE, T.DECIDABLE),
    "staff_deciding.points": Route(P.DECIDE, T.ROUND),
    "staff_deciding.back": Route(P.CONFIRM_DECISIONS, T.AWAITING_DECISION),
    "staff_deciding.reopen": Route(P.CONFIRM_DECISIONS, T.CONFIRMED_DECISION),
    "staff_deciding.take_back": Route(P.DECIDE, T.DECISION),
    "staff_deciding.assign": Route(P.DECIDE, T.DECISION),
    "staff_deciding.complete": Route(P.CONFIRM_DECISIONS, T.CONFIRMED_DECISION),
    "staff_conflicts.index": Route(P.READ_FINDINGS),
    "staff_conflicts.link": Route(P.DECIDE, T.ROUND),
    "staff_conflicts.show": Route(P.READ_FINDINGS, T.CONFLICT),
    "staff_conflicts.answer": Route(P.DECIDE, T.CONFLICT),
    "staff_conflicts.unlink": Route(P.DECIDE, T.OPEN_CONFLICT),
    "staff_responses.index": Route(P.READ_FINDINGS),
    "staff_responses.lacking": Route(P.READ_FINDINGS),
    "staff_responses.draft": Route(P.ANSWER),
    "staff_responses.sign": Route(P.ANSWER),
    "staff_responses.show": Route(P.READ_FINDINGS, T.DECISION),
    "staff_responses.write": Route(P.ANSWER, T.DECISION),
    "staff_responses.unsign": Route(P.ANSWER, T.SIGNED_RESPONSE),
    "staff_objections.index": Route(P.READ_FINDINGS),
    "staff_objections.show": Route(P.READ_FINDINGS, T.OBJECTION),
    "staff_objections.settle": Route(P.ANSWER, T.OBJECTION),
    "staff_priorities.index": Route(P.READ_FINDINGS),
    "staff_priorities.figures": Route(P.READ_FINDINGS),
    "staff_priorities.table": Route(P.READ_FINDINGS),
    "staff_priorities.summary": Route(P.READ_FINDINGS),
    "staff_priorities.fairness": Route(P.READ_FINDINGS),
    "staff_priorities.coverage": Route(P.READ_FINDINGS),
    "staff_priorities.place": Route(P.OVERRIDE_PLACES, T.THEME),
    "staff_scores.index": Route(P.READ_FINDINGS),
    "staff_scores.results": Route(P.READ_FINDINGS),
    "staff_scores.sheet": Route(P.READ_FINDINGS),
    "staff_scores.theme": Route(P.SCORE, T.THEME),
    "staff_scores.finish": Route(P.SCORE),
    "staff_scores.scheme": Route(P.SET_SCHEME),
    "staff_scores.typed": Route(P.SET_SCHEME),
    "staff_scores.fix": Route(P.SET_SCHEME, T.DRAFT_SCHEME),
    "staff_scores.reveal": Route(P.SET_SCHEME, T.FIXED_SCHEME),
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
    "staff_drafts.show": Route(P.READ_FINDINGS, T.DRAFT),
    "staff_drafts.chapter": Route(P.READ_FINDINGS, T.DRAFT),
    "staff_drafts.handback": Route(P.TAKE_EXPORTS, T.DRAFT),
    "staff_drafts.plan": Route(P.READ_FINDINGS),
    "staff_drafts.compose": Route(P.EDIT_DRAFTS),
    "staff_fates.index": Route(P.READ_FINDINGS, T.DRAFT),
    "staff_fates.confirm": Route(P.EDIT_DRAFTS, T.DRAFT),
    "staff_fates.correct": Route(P.EDIT_DRAFTS, T.FATE),
    "staff_drafts.publish": Route(P.EDIT_DRAFTS, T.UNPUBLISHED_DRAFT),
    "staff_drafts.discard": Route(P.EDIT_DRAFTS, T.UNPUBLISHED_DRAFT),
    "staff_remarks.index": Route(P.READ_FINDINGS),
    "staff_remarks.bulk": Route(P.SCREEN),
    "staff_remarks.reply": Route(P.ANSWER, T.COMMENT),
    "staff_openness.show": Route(P.READ_FINDINGS, T.DRAFT),
    "staff_openness.fix": Route(P.EDIT_DRAFTS, T.DRAFT),
    "staff_rounds.index": Route(P.READ_FINDINGS),
    "staff_rounds.begin": Route(P.RUN_ROUNDS),
    "staff_rounds.change": Route(P.RUN_ROUNDS, T.ROUND),
    "staff_rounds.extend": Route(P.RUN_ROUNDS, T.ROUND),
    "staff_rounds.windows_of": Route(P.RUN_ROUNDS, T.ROUND),
    "staff_rounds.close": Route(P.RUN_ROUNDS, T.OPEN_ROUND),
    # papers: the team's, the audit trail, and the data of one sender
    "staff_exports.index": Route(P.TAKE_EXPORTS),
    "staff_exports.ask": Route(P.TAKE_EXPORTS, T.TEAM_PAPER),
    "staff_exports.show": Route(P.TAKE_EXPORTS, T.TEAM_JOB),
    "staff_exports.take": Route(P.TAKE_EXPORTS, T.TEAM_FILE),
    "staff_exports.trail_index": Route(P.SEE_AUDIT),
    "staff_exports.trail_ask": Route(P.SEE_AUDIT, T.TRAIL_PAPER),
    "staff_exports.trail_show": Route(P.SEE_AUDIT, T.TRAIL_JOB),
    "staff_exports.trail_take": Route(P.SEE_AUDIT, T.TRAIL_FILE),
    "staff_exports.person_index": Route(P.SEE_CONTACTS),
    "staff_exports.person_ask": Route(P.SEE_CONTACTS, T.PERSON_PAPER),
    "staff_exports.person_show": Route(P.SEE_CONTACTS, T.PERSON_JOB),
    "staff_exports.person_take": Route(P.SEE_CONTACTS, T.PERSON_FILE),
    "staff_releases.index": Route(P.READ_RELEASES),
    "staff_releases.prepare": Route(P.PREPARE_RELEASE),
    "staff_releases.show": Route(P.READ_RELEASES, T.RELEASE),
    "staff_releases.preview": Route(P.READ_RELEASES, T.MADE_RELEASE),
    "staff_releases.approve": Route(P.RELEASE, T.PREPARED_RELEASE),
    "staff_releases.release": Route(P.RELEASE, T.APPROVED_RELEASE),
    "staff_releases.discard": Route(P.PREPARE_RELEASE, T.OPEN_RELEASE),
    # who works here
    "staff_people.index": Route(P.SEE_PEOPLE),
    "staff_people.invite": Route(P.EDIT_PEOPLE),
    "staff_people.revoke": Route(P.EDIT_PEOPLE, T.OPEN_INVITATION),
    "staff_people.change": Route(P.EDIT_PEOPLE, T.PERSON),
    "staff_people.deactivate": Route(P.EDIT_PEOPLE, T.ACTIVE_PERSON),
    "staff_people.reactivate": Route(P.EDIT_PEOPLE, T.INACTIVE_PERSON),
}


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
