"""The command door of exports: one paper, or all of them, written to files."""

import os
import subprocess
import sys
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from portal.config import ROOT, Settings
from services.exports.catalogue import CATALOGUE
from services.tongue import say

CODES = "\n".join(
    f"{paper.code:<4} {say('en', paper.name):<34} {' '.join('.' + ending for ending in paper.endings)}"
    for paper in CATALOGUE
)
ABOUT = f"""Write the paper CODE to the file OUT, in the form of its ending; `all` writes everything to a folder.

\b
{CODES}

A table as .csv comes with a second file, OUT-keterangan.csv, that explains every column. X13 takes --receipt and is
not among `all`. PDF needs the program typst. The same run gives the same file. Ends with 2 where it cannot be made.
"""


def register(app: Flask) -> None:
    """Put the command on `flask --app app`."""
    app.cli.add_command(export)


@click.command(help=ABOUT)
@click.argument("code")
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--receipt", help="X13: the number of the receipt.")
@click.option("--lang", type=click.Choice(["id", "en"]), help="Language of names and explanations; the keys stay.")
@click.option("--round", type=int, help="The number of a round; else the newest that was read.")
@click.option("--dimension", help="Only points of this dimension, such as DIS.")
@click.option("--group", help="Only points of this group, such as academic.")
@click.option("--meeting", type=int, help="X3: the number of one meeting; else all of the round.")
@click.option("--public", is_flag=True, help="X2: only what has been published, in words cleared for the public.")
@with_appcontext
def export(code: str, out: Path, public: bool, **options: object) -> None:
    # In a process of its own, so that the site's processes never load what the papers take.
    settings: Settings = current_app.extensions["settings"]
    given = [(f"--{name}", str(value)) for name, value in options.items() if value is not None]
    asked = [*(part for pair in given for part in pair), *(["--public"] if public else [])]
    command = [sys.executable, "-m", "portal.press", code, str(out.absolute()), *asked]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"DATA": str(settings.data)}, check=False)
    raise SystemExit(done.returncode)
