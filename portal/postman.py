"""The job door of notices: claims one letter at a time, hands it to the mail server, writes down what came of it."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from smtplib import SMTPException

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal import mail
from portal.config import Settings
from services import notices

log = logging.getLogger(__name__)
MOST = 20  # letters of one sweep, so that reading never waits long for a slow mail server
STATUS, DESK = "/masukan/status", "/komentar/"


class Postman:
    """Makes the notices that are due and sends them; without a mail server they wait in the table."""

    def __init__(self, engine: Engine, settings: Settings, send: Callable[..., None] = mail.send) -> None:
        self.engine, self.settings, self.send = engine, settings, send

    def deliver(self) -> int:
        """Send what is due; returns how many letters left. A server that does not answer ends the sweep."""
        with Session(self.engine) as session, session.begin():
            notices.make_due(session, now=datetime.now(UTC))
        sent = 0
        while self.settings.post is not None and sent < MOST and self._send_one():
            sent += 1
        return sent

    def _send_one(self) -> bool:
        """The claim is committed before the letter leaves, so no other worker sends it too."""
        address, desk = (self.settings.public_address + page for page in (STATUS, DESK))
        with Session(self.engine) as session, session.begin():
            letter = notices.claim(session, address=address, now=datetime.now(UTC), desk=desk)
        if letter is None:
            return False
        try:
            self.send(self.settings.post, letter.to, letter.subject, letter.body, key=f"notice-{letter.id}")
        except (OSError, SMTPException, ValueError) as error:
            # The fault's own words may hold the address.
            log.warning("notice %s was not sent: %s", letter.id, type(error).__name__)
            with Session(self.engine) as session, session.begin():
                notices.failed(session, letter.id, now=datetime.now(UTC))
            return False
        with Session(self.engine) as session, session.begin():
            notices.sent(session, letter.id, now=datetime.now(UTC))
        return True
