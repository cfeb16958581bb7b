"""The command door of double coding: draw a random sample, close it, and tell what the people who coded it found."""

import secrets
from datetime import UTC, datetime

import click
from flask import Flask
from flask.cli import with_appcontext

from portal import terminal
from portal.extensions import db
from services import coding, reliability
from services.errors import NotThisState

LARGEST_SEED = 2**31

ROUND = click.option("--round", "round_id", type=int, required=True, help="The number of the round (see `round list`).")
ERROR = click.option(
    "--error",
    type=click.FloatRange(0.01, 0.5),
    default=0.05,
    show_default=True,
    help="To within how much a share shall be known, at 95 %: 0.05 is five points in a hundred either way.",
)


def register(app: Flask) -> None:
    """Put `coding` on `flask --app app`."""
    app.cli.add_command(coding_)


@click.group("coding")
def coding_() -> None:
    """Measure how far people agree on themes, and the machine with them, on a random sample.

    Two or more people code the same texts. Nobody sees the machine's theme or what another person gave, and nothing is
    told before two have finished. Coding changes no theme and no ranking: it only measures.
    """


@coding_.command()
@ROUND
@ERROR
@click.option("--size", type=click.IntRange(min=1), help="How many texts to draw, whatever the error.")
@click.option("--seed", type=click.IntRange(0, LARGEST_SEED - 1), help="Draw by this number; without it by chance.")
@with_appcontext
def draw(round_id: int, error: float, size: int | None, seed: int | None) -> None:
    """Draw a sample of a round, for everybody to code.

    Drawn is from the texts that stand and have been read; near-identical ones count as one, and what was in an earlier
    sample of the round is not drawn again. Where fewer are left than were asked for, all of them are drawn. The sample
    speaks of the texts that came in, not of the city's people.

    Ends with 2 when an earlier sample is still open or nothing is left to draw.
    """
    chosen = secrets.randbelow(LARGEST_SEED) if seed is None else seed
    now = datetime.now(UTC)
    sample = terminal.do(
        lambda: coding.draw(db.session(), round_id, seed=chosen, size=size, error=error, now=now), round_id=round_id
    )
    db.session.commit()
    click.echo(f"Contoh {sample.id}: {sample.size} teks, benih {sample.seed}.")


@coding_.command()
@ROUND
@with_appcontext
def close(round_id: int) -> None:
    """Close the open sample of a round; who has not finished by then stays out of the result."""

    def deed() -> int:
        sample = coding.open_sample(db.session(), round_id)
        if sample is None:
            raise NotThisState("Tidak ada contoh yang dibuka.")
        coding.close(db.session(), sample.id, now=datetime.now(UTC))
        return sample.id

    number = terminal.do(deed, round_id=round_id)
    db.session.commit()
    click.echo(f"Contoh {number} ditutup.")


@coding_.command()
@ROUND
@ERROR
@with_appcontext
def result(round_id: int, error: float) -> None:
    """Tell what all samples of a round say in which at least two people have finished.

    First how far everybody is in the open sample; then the sentences; then for each theme the positive agreement, on
    how many texts somebody gave it, and its name; then the pairs of themes that were mixed up. Kappa where two people
    coded everything, else Krippendorff's alpha. The machine is taken as it was when the sample was drawn.

    Ends with 2 when fewer than two people have finished.
    """
    sample = coding.open_sample(db.session(), round_id)
    for one in coding.progress(db.session(), sample.id) if sample else ():
        state = "selesai" if one.finished_at else "belum selesai"
        click.echo(f"{one.name or one.person_id}: {one.done} dari {one.of}, {state}")
    found = terminal.do(lambda: reliability.result(db.session(), round_id, error=error), round_id=round_id)
    for sentence in found.sentences:
        click.echo(sentence)
    for theme in found.themes:
        click.echo(f"{theme.value:.2f}\t{theme.points}\t{theme.name}")
    for pair in found.confusions:
        click.echo(f"{pair.points}\t{pair.one} / {pair.other}")
