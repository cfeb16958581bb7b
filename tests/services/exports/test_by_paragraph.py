"""X10 over several versions: a comment stands under the paragraph its own became, and keeps the words it was about."""

import shutil

import pytest
from sqlalchemy import select

from models import Paragraph
from services import comments, rounds
from services.exports import frames, making
from services.exports.frames import Asked
from tests.services.conftest import NOW, opened
from tests.services.factories import academic, call, draft, key, said

ROB = "[P-DIS-01] Tanggul laut di pesisir utara ditinggikan dua meter sebelum musim rob."
PASAR = "[P-ECO-01] Pasar rakyat dilengkapi pencatatan retribusi elektronik dan tempat sampah."


@pytest.fixture
def session(tmp_path, planned):
    with opened(shutil.copy(planned, tmp_path)) as session:
        yield session


def test_the_order_and_the_marks_are_those_of_the_newest_version(session):
    round_id = rounds.current(session, now=NOW)[0]
    first = draft(session, f"{ROB}\n\n{PASAR}")
    marked = select(Paragraph.mark, Paragraph.id).where(Paragraph.draft_id == first)
    for mark, number in session.execute(marked).all():
        told = said(f"Tentang {mark}.")
        comments.add(session, academic(session), number, told, call=call(round_id), key=key(), now=NOW)
    whole = said("Kurang peta.")
    comments.add_whole(session, academic(session), 1, whole, call=call(round_id), key=key(), now=NOW)
    draft(session, f"{PASAR.replace('ECO-01', 'ECO-07')}\n\nBaru sama sekali tentang taman kota.")
    made = making.MAKERS["X10"](frames.gather(session, Asked(now=NOW)))
    rows = [(row[0], row[1] and row[1][:5], row[5]) for row in made.sheets[0].rows]
    assert rows == [
        ("Seluruh naskah", None, "Kurang peta."),
        ("P-DIS-01", "Tangg", "Tentang P-DIS-01."),
        ("P-ECO-07", "Pasar", "Tentang P-ECO-01."),
    ]
    assert len(made.sheets[0].columns) == 10 and list(made.blocks())
