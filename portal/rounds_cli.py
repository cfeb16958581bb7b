"""The command door of rounds: list, extend, close; a new one is opened on its desk or in the plan folder."""

from collections.abc import Callable
from datetime import UTC, datetime

import click
from flask import Flask
from flask.cli import with_appcontext

from portal import terminal
from portal.dates import ZONE
from portal.extensions import db
from services import consultations

DAY = click.DateTime(["%Y-%m-%d"])


def register(app: Flask) -> None:
    """Put `round` on `flask --app app`."""
    app.cli.add_command(round_)


@click.group("round")
def round_() -> None:
    """See the rounds of consultation, extend one, or close one now.

    A new round is opened on the desk (Putaran), or in city.toml of the plan folder with a code of its own.
    """


@round_.command("list")
@with_appcontext
def list_() -> None:
    """List the rounds, the newest first: number, first and last day (WIB), state, title."""
    for found in consultations.rounds(db.session(), (), zone=ZONE, now=datetime.now(UTC), lang="id"):
        state = "dibuka" if found.is_open else "ditutup" if found.is_over else "akan dibuka"
        first, last = (moment.astimezone(ZONE).date() for moment in (found.opens_at, found.closes_at))
        click.echo(f"{found.id}\t{first}\t{last}\t{state}\t{found.title}")


@round_.command()
@click.argument("number", type=int)
@click.option("--until", type=DAY, required=True, help="The new last day, such as 2027-02-14; it ends at 23.59 WIB.")
@click.option("--answer-by", type=DAY, help="By when it is answered; without it the day stays.")
@click.option("--reason", default="", help="Needed when the round is closed already; it stands in the audit.")
@with_appcontext
def extend(number: int, until: datetime, answer_by: datetime | None, reason: str) -> None:
    """Move the last day of the round NUMBER; a closed one opens again."""
    session, now = db.session(), datetime.now(UTC)

    def deed() -> None:
        answered = answer_by.date() if answer_by else consultations.terms(session, number, zone=ZONE).answer_by
        consultations.extend(session, number, until.date(), answered, reason=reason, zone=ZONE, now=now)

    _do(deed, number)
    click.echo(f"Putaran {number} dibuka sampai {until:%Y-%m-%d}.")


@round_.command()
@click.argument("number", type=int)
@with_appcontext
def close(number: int) -> None:
    """Close the round NUMBER now."""
    _do(lambda: consultations.close(db.session(), number, now=datetime.now(UTC)), number)
    click.echo(f"Putaran {number} ditutup.")


def _do(deed: Callable[[], None], number: int) -> None:
    """Do it and keep it, or say in one line why not."""
    terminal.do(deed, round_id=number)
    db.session.commit()
