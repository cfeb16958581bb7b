"""What commands say where something may not be: one line on the terminal, nothing kept, and 2 as their end."""

from collections.abc import Callable
from typing import TypeVar

import click

from portal.extensions import db
from services.errors import NotFound, Refusal

NOT_DONE = 2
Done = TypeVar("Done")


def do(deed: Callable[[], Done], *, round_id: int | None = None) -> Done:
    """Do it, or say why not and end; with `round_id`, what is not found is that round."""
    try:
        return deed()
    except Refusal as refusal:
        db.session.rollback()
        is_no_round = round_id is not None and isinstance(refusal, NotFound)
        click.echo(f"Galat: {f'Tidak ada putaran {round_id}.' if is_no_round else refusal}", err=True)
        raise SystemExit(NOT_DONE) from refusal
