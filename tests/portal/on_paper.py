"""Two officers' piles and a meeting with an agreement and a point in it, for the access grid."""

from datetime import date

from sqlalchemy import select

from models import Submission
from models.vocabulary import Channel, MeetingKind
from portal.rights import Thing
from services import entries, meetings, submissions
from services.submissions import Draft


def piles(session, persons, round_id, now) -> dict[str, int]:
    """One pile of each officer with one form in it, and one of the first that is empty."""
    made = {}
    for name, owner in (("officer", "officer"), ("other_officer", "other_officer"), ("empty", "officer")):
        person_id = persons[owner].id
        facts = {"channel": Channel.PAPER, "area": None, "expected": 9, "bound_to": None, "is_round_open": True}
        made[name] = entries.open_batch(session, person_id, now=now, **facts)
        if name != "empty":
            draft = Draft("Got mampet di depan pasar.", channel=Channel.PAPER, entry_batch_id=made[name])
            submissions.receive(session, draft, round_id=round_id, prefix="PKL", key=f"kunci-lembar-{name}", now=now)
    return made


def things(session, piles, round_id, now) -> dict[Thing, dict[str, dict[str, object]]]:
    """The addresses of what the team looks after: piles, a meeting, and what stands in it."""
    facts = meetings.Facts(MeetingKind.FKP, "Forum", date(2026, 11, 20))
    meeting, other = (meetings.hold(session, facts, now=now) for _ in range(2))
    agreed = {"subject": "Pompa", "text": "Jadwal jaga.", "responsible": "", "due_on": None}
    agreement = meetings.agree(session, meeting, now=now, **agreed)
    draft = Draft("Pompa sering mati.", channel=Channel.FGD, meeting_id=meeting)
    submissions.receive(session, draft, round_id=round_id, prefix="PKL", key="kunci-pertemuan-satu", now=now)
    point = meetings.spoken(session, meeting)[0].point_id
    return {
        Thing.PILE: {"there": {"batch_id": piles["officer"]}, "missing": {"batch_id": 10**9}},
        Thing.UNCHECKED_PILE: {
            "there": {"batch_id": piles["officer"]},
            "spent": {"batch_id": piles["empty"]},
            "missing": {"batch_id": 10**9},
        },
        Thing.TYPED_FORM: {
            "there": {"batch_id": piles["officer"], "submission_id": typed(session)[piles["officer"]]},
            "unpublished": {"batch_id": piles["other_officer"], "submission_id": typed(session)[piles["officer"]]},
            "missing": {"batch_id": piles["officer"], "submission_id": 10**9},
        },
        Thing.MEETING: {"there": {"meeting_id": meeting}, "missing": {"meeting_id": 10**9}},
        Thing.AGREEMENT: inside({"meeting_id": meeting, "agreement_id": agreement}, other, "agreement_id"),
        Thing.SPOKEN: inside({"meeting_id": meeting, "point_id": point}, other, "point_id"),
    }


def typed(session) -> dict[int, int]:
    """The form of each pile."""
    return dict(session.execute(select(Submission.entry_batch_id, Submission.id)).all())


def own_form(session, piles, mine) -> dict[str, dict[str, object]]:
    """The address of an officer's own form, and those that lead to somebody else's or to none."""
    forms, pile = typed(session), piles[mine]
    other = next(name for name in piles if name not in (mine, "empty"))
    return {
        "own": {"batch_id": pile, "submission_id": forms[pile]},
        f"of {other}": {"batch_id": piles[other], "submission_id": forms[piles[other]]},
        f"of {other} in the own pile": {"batch_id": pile, "submission_id": forms[piles[other]]},
        "missing": {"batch_id": pile, "submission_id": 10**9},
    }


def inside(there, other_meeting, name):
    """What stands in a meeting is not there in another, nor what does not stand at all."""
    return {"there": there, "missing": there | {name: 10**9}, "unpublished": there | {"meeting_id": other_meeting}}
