"""Programmes: a file brings them up to date row by row, and an agency has one verdict on each it leads."""

import csv
from pathlib import Path

import pytest
from sqlalchemy import func, select

from models import Event, Point, Programme
from models.vocabulary import Capacity, Verdict
from services import imports, programmes
from services.errors import KeyReused, NotFound, RoundClosed, UnreadableFile
from tests.services.factories import academic, call, key, officer, said

DEMO = Path(__file__).resolve().parents[2] / "demo" / "programmes.csv"
HEADER = "id,name,dimension,element,digital,opd,status,rpjmd_mission,start_year,note\n"
GOOD = "A-1,Siaga rob,DIS,infrastructure,both,Dinkominfo,berjalan,1,2019,catatan\n"


def take(session, path, now):
    return programmes.import_file(session, path, now=now)


@pytest.fixture
def taken(session, now, tmp_path):
    """Take a file with this text."""

    def take_text(text, encoding="utf-8"):
        path = tmp_path / "program.csv"
        path.write_bytes(text.encode(encoding))
        return take(session, path, now)

    return take_text


def counts(report):
    return report.added, report.changed, report.known, len(report.errors)


def test_the_32_of_the_demonstration_go_in_and_a_second_time_nothing_changes(session, now):
    assert counts(take(session, DEMO, now)) == (32, 0, 0, 0)
    session.commit()
    assert counts(take(session, DEMO, now)) == (0, 0, 32, 0)
    assert session.scalar(select(func.count()).select_from(Programme)) == 32


def test_a_row_fills_every_field(session, taken):
    taken(HEADER + GOOD)
    row = session.get_one(Programme, "A-1")
    assert (row.name, row.dimension, row.element, row.nature) == ("Siaga rob", "DIS", "infrastructure", "both")
    assert (row.agency, row.state, row.mission, row.start_year) == ("dinkominfo", "under_way", "1", 2019)
    assert (row.note, row.old_dimension, row.basis) == ("catatan", "", "")


def test_a_changed_row_is_brought_up_to_date_and_none_is_taken_away(session, taken):
    taken(HEADER + GOOD + GOOD.replace("A-1", "A-2"))
    report = taken(HEADER + GOOD.replace("Siaga rob", "Siaga banjir").replace("berjalan", "terhenti"))
    assert counts(report) == (0, 1, 0, 0)
    row = session.get_one(Programme, "A-1")
    assert (row.name, row.state) == ("Siaga banjir", "stopped")
    assert session.get(Programme, "A-2") is not None


def test_a_column_that_the_file_has_not_stays_as_it_was_and_an_empty_cell_empties(session, taken):
    taken(HEADER + GOOD)
    assert counts(taken("id,name,opd\nA-1,Siaga rob,Dinkominfo\n")) == (0, 0, 1, 0)
    row = session.get_one(Programme, "A-1")
    assert (row.dimension, row.state, row.start_year, row.note) == ("DIS", "under_way", 2019, "catatan")
    assert counts(taken("id,name,opd,status,note\nA-1,Siaga rob,Dinkominfo,,\n")) == (0, 1, 0, 0)
    assert (row.state, row.note, row.dimension) == (None, "", "DIS")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (GOOD.replace("Dinkominfo", "Dinas Antariksa"), "opd “Dinas Antariksa”"),
        (GOOD.replace("Dinkominfo", ""), "opd “”"),
        (GOOD.replace("DIS", "XYZ"), "dimension “XYZ”"),
        (GOOD.replace("infrastructure", "batu"), "element “batu”"),
        (GOOD.replace("both", "analog"), "digital “analog”"),
        (GOOD.replace("berjalan", "ngebut"), "status “ngebut”"),
        (GOOD.replace(",1,2019", ",99,2019"), "rpjmd_mission “99”"),
        (GOOD.replace("2019", "1899"), "start_year “1899”"),
        (GOOD.replace("2019", "2019.0"), "start_year “2019.0”"),
        (GOOD.replace("2019", "٢٠١٩"), "start_year"),
        (GOOD.replace("Siaga rob", "  "), "name kosong"),
        (GOOD.replace("Siaga rob", "n" * 301), "name kosong atau lebih dari 300"),
        (GOOD.replace("A-1", ""), "id kosong"),
        (GOOD.replace("A-1", "A" * 41), "id kosong atau lebih dari 40"),
        (GOOD.replace("A-1", "A/1"), "garis miring"),
        (GOOD.replace("A-1", ".."), "hanya titik"),
        (GOOD.replace("catatan", "cat\x00atan"), "note memuat karakter kendali"),
        (GOOD.replace("Siaga rob", "Siaga\x1b[31m rob"), "name memuat karakter kendali"),
        ("A-1,terlalu,sedikit\n", "berisi 3 kolom"),
        (GOOD.replace("catatan", "a,b"), "berisi 11 kolom"),
    ],
)
def test_a_bad_row_is_reported_with_its_number_and_the_others_go_in(session, taken, row, told):
    report = taken(HEADER + GOOD.replace("A-1", "A-0") + row + GOOD.replace("A-1", "A-9"))
    assert report.added == 2 and [e.number for e in report.errors] == [3]
    assert told in report.errors[0].reason
    assert set(session.scalars(select(Programme.code))) == {"A-0", "A-9"}


def test_an_id_given_twice_is_refused_the_second_time(session, taken):
    report = taken(HEADER + GOOD + GOOD.replace("Siaga rob", "Nama lain"))
    assert report.added == 1 and [e.number for e in report.errors] == [3]
    assert session.get_one(Programme, "A-1").name == "Siaga rob"


@pytest.mark.parametrize(
    ("text", "encoding", "told"),
    [
        ("", "utf-8", "kolom id tidak ada"),
        ("id,name\nA-1,Nama\n", "utf-8", "kolom opd tidak ada"),
        ("id,name,opd,anggaran\nA-1,Nama,Dinkominfo,1\n", "utf-8", "kolom tidak dikenal: anggaran"),
        ("id,name,name,opd\nA-1,Nama,Nama,Dinkominfo\n", "utf-8", "kolom berulang: name"),
        ("id,name,opd\nA-1,Séhat,Dinkominfo\n", "latin-1", "bukan UTF-8"),
        ("id,name,opd\nA-1,Nama,Dinkominfo\n", "utf-16", "bukan UTF-8"),
        ('id,name,opd\nA-1,"Nama,Dinkominfo\n', "utf-8", "CSV rusak"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(session, taken, text, encoding, told):
    with pytest.raises(UnreadableFile, match=told):
        taken(text, encoding)
    assert session.scalar(select(func.count()).select_from(Programme)) == 0


def test_a_header_alone_adds_nothing_and_is_no_fault(taken):
    assert counts(taken(HEADER)) == (0, 0, 0, 0)


@pytest.mark.parametrize("formula", ["=1+1", "+62", "-2", "@SUM(A1)", '=HYPERLINK("http://x","y")'])
def test_what_looks_like_a_formula_stays_text(session, taken, formula):
    quoted = formula.replace('"', '""')
    assert taken(HEADER + GOOD.replace("Siaga rob", f'"{quoted}"')).added == 1
    assert session.get_one(Programme, "A-1").name == formula


def test_a_very_long_note_is_kept_whole(session, taken):
    note = "catatan\n" * 5000
    assert taken(HEADER + GOOD.replace("catatan", f'"{note}"')).added == 1
    assert session.get_one(Programme, "A-1").note == note.strip()


def test_an_agency_is_known_by_its_code_or_name_in_any_spelling(session, taken):
    assert taken("\ufeffid;name;opd\nA-1;a; DINKOMINFO \nA-2;b;dinkom info\n").added == 2
    assert set(session.scalars(select(Programme.agency))) == {"dinkominfo"}


def test_points_that_named_a_programme_before_it_was_here_stand_on_it_now(session, round_id, now, taken, tmp_path):
    path = tmp_path / "kiriman.csv"
    path.write_text(
        "text,programme_ref,programme_verdict\nSoal siaga,A-1,adapt\nSoal lain,A-9,\nTanpa,,\n", encoding="utf-8"
    )
    assert imports.import_submissions(session, path, round_id=round_id, prefix="PKL", now=now).unresolved == 2
    taken(HEADER + GOOD)
    session.expire_all()
    assert session.scalars(select(Point.programme).order_by(Point.id)).all() == ["A-1", None, None]
    assert session.scalars(select(Point.programme_ref).order_by(Point.id)).all() == ["A-1", "A-9", None]


def test_an_import_leaves_a_trace_with_counts(session, taken):
    taken(HEADER + GOOD + GOOD)
    event = session.scalars(select(Event).where(Event.action == "import.programmes")).one()
    assert event.details == {"added": 1, "changed": 0, "refused": 1}


@pytest.fixture
def ours(session, taken):
    """Two programmes of Dinkominfo and one of Bapperida."""
    taken(
        HEADER
        + GOOD
        + GOOD.replace("A-1", "A-2").replace("Siaga rob", "Alarm")
        + GOOD.replace("A-1", "B-1").replace("Dinkominfo", "Bapperida")
    )
    return officer(session)


def review(session, author, code, round_id, now, form_key=None, **more):
    what = said("Alasannya", **{"verdict": Verdict.KEEP, "signed_off_by": "Kepala Dinas", **more})
    return programmes.review(session, author, code, what, call=call(round_id), key=form_key or key(), now=now)


def test_a_verdict_takes_what_the_programme_is_about(session, ours, round_id, now):
    point = session.get_one(Point, review(session, ours, "A-1", round_id, now, condition=2, evidence="LKjIP 2025"))
    assert (point.programme, point.verdict, point.dimension, point.element) == (
        "A-1",
        "keep",
        "DIS",
        "infrastructure",
    )
    assert (point.nature, [m.mission for m in point.missions], point.condition) == ("both", ["1"], 2)
    assert (point.submission.agency, point.submission.capacity) == ("dinkominfo", Capacity.OFFICIAL)
    assert point.submission.signed_off_by == "Kepala Dinas"


def test_only_the_agency_that_leads_a_programme_reviews_it(session, ours, round_id, now):
    for author, code in ((ours, "B-1"), (ours, "tidak-ada"), (academic(session), "A-1")):
        with pytest.raises(NotFound):
            review(session, author, code, round_id, now)
    for agency, code in (("dinkominfo", "B-1"), ("dinkominfo", "tidak-ada"), ("", "A-1")):
        with pytest.raises(NotFound):
            programmes.one(session, agency, code)
    assert session.scalar(select(func.count(Point.id))) == 0


def test_an_agency_has_one_verdict_which_its_people_change(session, ours, round_id, now):
    first = review(session, ours, "A-1", round_id, now)
    other = officer(session)
    again = review(session, other, "A-1", round_id, now, verdict=Verdict.MERGE, merge_into="A-2")
    assert again == first and session.scalar(select(func.count(Point.id))) == 1
    row = programmes.one(session, "dinkominfo", "A-1")
    assert (row.verdict, row.merge_into, row.reason) == ("Digabung", "A-2", "Alasannya")
    review(session, ours, "A-1", round_id, now, verdict=Verdict.DROP)
    row = programmes.one(session, "dinkominfo", "A-1", "en")
    assert (row.verdict, row.merge_into) == ("Drop", None)


def test_after_the_round_a_first_and_a_changed_verdict_are_refused(session, ours, round_id, now):
    review(session, ours, "A-1", round_id, now)
    session.commit()
    for code in ("A-1", "A-2"):
        with pytest.raises(RoundClosed):
            review(session, ours, code, None, now, verdict=Verdict.DROP)
    assert not session.dirty
    assert session.scalars(select(Point.verdict)).all() == ["keep"]


def test_a_form_used_for_one_programme_is_refused_for_another(session, ours, round_id, now):
    form_key = key()
    review(session, ours, "A-1", round_id, now, form_key)
    with pytest.raises(KeyReused):
        review(session, ours, "A-2", round_id, now, form_key)
    assert session.scalars(select(Point.programme)).all() == ["A-1"]


def test_a_verdict_comes_back_to_the_form_and_to_nobody_elses(session, ours, round_id, now):
    what = said("Sebab", verdict=Verdict.ADAPT, condition=3, evidence="Data 2025", signed_off_by="Kepala Dinas")
    point_id = programmes.review(session, ours, "A-1", what, call=call(round_id), key=key(), now=now)
    assert programmes.loaded(session, officer(session), "A-1") == (point_id, what)
    assert programmes.loaded(session, officer(session, "bapperida"), "A-1") is None
    assert programmes.loaded(session, ours, "A-2") is None


def test_an_agency_sees_its_own_programmes_and_first_those_without_a_verdict(session, ours, round_id, now):
    review(session, ours, "A-1", round_id, now)
    found = programmes.of_agency(session, "dinkominfo")
    assert [(p.code, p.verdict) for p in found] == [("A-2", None), ("A-1", "Dilanjutkan")]
    assert (found[0].agency, found[0].dimension, found[0].state) == ("Dinkominfo", "Bencana", "Berjalan")
    assert programmes.of_agency(session, "dinkominfo", "en")[0].state == "Under way"
    assert programmes.of_agency(session, "tidak-ada") == []


def test_what_others_say_of_a_programme_is_not_its_agencys_verdict(session, ours, round_id, now, tmp_path):
    path = tmp_path / "kiriman.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [["text", "group", "programme_ref", "programme_verdict"], ["Hentikan saja", "agency", "A-1", "drop"]]
        )
    imports.import_submissions(session, path, round_id=round_id, prefix="PKL", now=now)
    assert programmes.one(session, "dinkominfo", "A-1").verdict is None
    assert programmes.loaded(session, ours, "A-1") is None


def test_a_programme_can_be_merged_into_any_other_but_not_into_itself(session, ours):
    assert programmes.others(session, "A-1") == [("A-2", "Alarm"), ("B-1", "Siaga rob")]
