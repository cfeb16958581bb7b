"""For the access grid: what senders asked for, open and done, and contacts with and without consent to news."""

from models import Submission
from models.vocabulary import Channel, Purpose, RequestKind
from portal.rights import Thing
from services import contacts, data_requests, submissions


def things(session, persons, round_id, now):
    """The things of the privacy officer's desk, each in its states."""
    sent = [_send(session, round_id, now, f"kunci-permintaan-{n}") for n in range(3)]
    officer = persons["privacy"].id
    waiting = data_requests.ask(session, sent[0], RequestKind.ERASE, now=now)
    done = data_requests.ask(session, sent[1], RequestKind.ERASE, now=now)
    data_requests.finish(session, done, actor_id=officer, now=now)
    number = session.get_one(Submission, sent[2]).receipt_no
    entered = {
        kind: data_requests.enter(session, number, kind, "datang sendiri", actor_id=officer, now=now)
        for kind in RequestKind
    }
    for submission_id, purpose in ((sent[0], Purpose.NEWS), (sent[1], Purpose.NAME)):
        contacts.keep(
            session,
            submission_id,
            name="Fulanah",
            phone="0800-0000-4711",
            email=None,
            purposes=frozenset({purpose}),
            channel=Channel.WEB,
            now=now,
        )

    def states(there, spent=done):
        return {"there": {"request_id": there}, "spent": {"request_id": spent}, "missing": {"request_id": 10**9}}

    return {
        Thing.OPEN_REQUEST: states(waiting),
        Thing.ERASURE_REQUEST: states(entered[RequestKind.ERASE], entered[RequestKind.WITHDRAW]),
        Thing.WITHDRAWAL_REQUEST: states(entered[RequestKind.WITHDRAW], entered[RequestKind.CORRECT]),
        Thing.CORRECTION_REQUEST: states(entered[RequestKind.CORRECT], entered[RequestKind.ERASE]),
        Thing.DESK_REQUEST: states(entered[RequestKind.ERASE], waiting),
        Thing.CONTACT: {
            "there": {"submission_id": sent[0]},
            "unpublished": {"submission_id": sent[1]},
            "missing": {"submission_id": sent[2]},
        },
    }


def _send(session, round_id, now, key):
    draft = submissions.Draft(text="Lampu jalan di gang kami padam")
    receipt = submissions.receive(session, draft, round_id=round_id, prefix="PKL", key=key, now=now)
    return receipt.submission_id
