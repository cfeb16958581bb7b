"""Versions: where a line of paragraphs stands in each, and how its words came to be."""

import pytest
from sqlalchemy import select

from models import Paragraph
from models.vocabulary import FateState
from services import drafts, versions
from services.errors import NotFound
from tests.services.factories import draft

POMPA = "[P-DIS-01] Pompa di rumah pompa dijaga petugas kelurahan setiap malam."
PASAR = "[P-ECO-01] Pasar rakyat dibuka setiap hari dan dibersihkan sesudah magrib oleh pengelola."
TANGGUL = "[P-DIS-02] Tanggul laut ditinggikan bertahap mulai dari muara sungai sampai pasar ikan."
SIRENE = "[P-DIS-03] Sirene peringatan dibunyikan dari masjid dan balai kelurahan."


def text(*parts):
    return "\n\n".join(("# R", "## Satu", *parts))


def ids(session, draft_id):
    return dict(session.execute(select(Paragraph.mark, Paragraph.id).where(Paragraph.draft_id == draft_id)).all())


def test_a_line_stands_where_its_paragraph_went_in_each_version(session):
    first = ids(session, draft(session, text(POMPA, PASAR)))
    draft(session, text(PASAR, "## Dua", POMPA.replace("DIS-01", "DIS-07")))
    pompa = first["P-DIS-01"]
    assert versions.at(session, pompa).place == (2, 2, "P-DIS-07", 1)
    assert versions.at(session, pompa, 1).place == (1, 1, "P-DIS-01", 1)


def test_where_a_line_is_gone_or_not_yet_there_its_last_paragraph_is_named(session):
    first = ids(session, draft(session, text(POMPA, PASAR)))
    second = ids(session, draft(session, text(PASAR, TANGGUL)))
    assert versions.at(session, first["P-DIS-01"]) == versions.Whereabouts(first["P-DIS-01"], None)
    assert versions.at(session, second["P-DIS-02"], 1) == versions.Whereabouts(second["P-DIS-02"], None)


def test_a_line_or_a_version_that_was_never_published_is_not_there(session):
    first = ids(session, draft(session, text(POMPA)))
    secret = ids(session, draft(session, text(POMPA, TANGGUL), is_published=False))
    for line, number in ((first["P-DIS-01"], 2), (secret["P-DIS-02"], None), (10**9, None), (first["P-DIS-01"], 9)):
        with pytest.raises(NotFound):
            versions.at(session, line, number)
    assert versions.at(session, first["P-DIS-01"]).place.number == 1


def test_a_paragraph_by_itself_knows_its_neighbours_and_what_became_of_it(session):
    first = ids(session, draft(session, text(POMPA, PASAR, "## Dua", TANGGUL)))
    draft(session, text(POMPA.replace("malam", "hari"), "## Dua", TANGGUL))
    one = versions.detail(session, first["P-ECO-01"])
    assert (one.before_id, one.after_id) == (first["P-DIS-01"], first["P-DIS-02"])
    assert (one.number, one.position, one.heading, one.removed_in, one.heir_id) == (1, 1, "Satu", 2, None)
    edge = versions.detail(session, first["P-DIS-01"])
    assert edge.before_id is None and edge.removed_in is None and edge.heir_mark == "P-DIS-01" and edge.newest == 2


def test_a_paragraph_of_an_unpublished_version_is_not_there(session, now):
    draft(session, text(POMPA))
    draft_id = draft(session, text(POMPA, TANGGUL), is_published=False)
    wanted = ids(session, draft_id)["P-DIS-02"]
    with pytest.raises(NotFound):
        versions.detail(session, wanted)
    drafts.publish(session, draft_id, now=now)
    assert versions.detail(session, wanted).paragraph.mark == "P-DIS-02"


def test_the_history_of_a_line_says_what_changed_from_each_version_to_the_next(session):
    line = ids(session, draft(session, text(POMPA, PASAR)))["P-DIS-01"]
    draft(session, text(POMPA, PASAR, SIRENE))
    draft(session, text(POMPA.replace("petugas", "warga"), PASAR, TANGGUL))
    draft(session, text(POMPA.replace("petugas", "siapa"), PASAR), is_published=False)
    first, same, last = versions.history(session, line)
    assert (first.number, first.state, first.pieces) == (1, None, ())
    assert (same.number, same.state, same.pieces) == (2, FateState.SAME, ())
    assert last.state is FateState.EDITED and last.state_label == "Diubah"
    assert [p.text.strip() for p in last.pieces if p.kind != "same"] == ["petugas", "warga"]
    assert versions.history(session, 10**9) == []


def test_what_was_merged_into_a_paragraph_is_named_with_it(session):
    tail = TANGGUL.partition(" ")[2]
    first = ids(session, draft(session, text(POMPA, TANGGUL, PASAR)))
    draft(session, text(f"{POMPA} {tail}", PASAR))
    lines = {mark: versions.history(session, line) for mark, line in first.items()}
    [merged] = [steps for mark, steps in lines.items() if mark != "P-ECO-01" and len(steps) == 2]
    other = "P-DIS-02" if lines["P-DIS-01"] is merged else "P-DIS-01"
    assert merged[1].sources == ((first[other], other),) and merged[1].state is FateState.MERGED
    assert lines["P-ECO-01"][1].sources == () and lines["P-ECO-01"][1].pieces == ()
