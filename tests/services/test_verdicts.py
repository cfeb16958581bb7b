"""Verdicts side by side: the widest disagreement first, every group counted the same, every voice to be read."""

import pytest
from sqlalchemy import update

from models import Point
from services import imports, programmes, verdicts
from services.errors import NotFound
from tests.services.factories import call, key, officer, said

HEADER = "text,group,programme_ref,programme_verdict,condition_1_4\n"


@pytest.fixture
def voiced(session, round_id, now, tmp_path):
    """Four programmes, and voices on them from rows like "citizen,A,keep,2"."""
    path = tmp_path / "program.csv"
    rows = "".join(
        f"{code},Program {code},Dinkominfo,{dim}\n" for code, dim in zip("ABCD", ("DIS", "DIS", "ECO", ""), strict=True)
    )
    path.write_text(f"id,name,opd,dimension\n{rows}", "utf-8")
    programmes.import_file(session, path, now=now)

    def say(*rows, text="Suara"):
        file = tmp_path / "suara.csv"
        file.write_text(HEADER + "".join(f"{text} {n},{row}\n" for n, row in enumerate(rows)), "utf-8")
        report = imports.import_submissions(session, file, round_id=round_id, prefix="PKL", now=now)
        assert report.added == len(rows)

    return say


def test_the_widest_disagreement_stands_first_then_where_more_spoke(session, voiced):
    voiced(
        *("agency,C,keep,", "citizen,C,drop,"),
        *("agency,B,keep,", "citizen,B,keep,", "citizen,B,drop,"),
        *("citizen,D,keep,", "citizen,D,drop,"),
    )
    found = verdicts.by_programme(session)
    assert [(p.code, p.distance) for p in found] == [("C", 100), ("B", 50), ("D", 0), ("A", 0)]
    assert [p.is_answered for p in found] == [True, True, False, False]
    assert found[-1].groups == ()


def test_each_group_counts_the_same_however_many_of_it_spoke(session, voiced):
    voiced("agency,A,keep,", *["citizen,A,keep,"] * 3, "citizen,A,drop,", "agency,B,keep,", *["citizen,B,keep,"] * 9)
    found = {p.code: p for p in verdicts.by_programme(session)}
    assert (found["A"].distance, found["B"].distance) == (25, 0)
    assert [(g.group, g.verdicts, g.voices) for g in found["A"].groups] == [
        ("Warga", (("Dilanjutkan", 3), ("Dihentikan", 1)), 4),
        ("Perangkat daerah", (("Dilanjutkan", 1),), 1),
    ]


def test_a_group_with_words_and_no_verdict_is_shown_and_does_not_part_anybody(session, voiced):
    voiced("agency,A,keep,", "citizen,A,,1", "citizen,A,,2", "citizen,A,,")
    (found,) = [p for p in verdicts.by_programme(session) if p.code == "A"]
    assert found.distance == 0
    assert [(g.group, g.verdicts, g.voices, g.condition) for g in found.groups] == [
        ("Warga", (), 3, 1.5),
        ("Perangkat daerah", (("Dilanjutkan", 1),), 1, None),
    ]


def test_the_condition_is_the_mean_of_those_who_rated_whatever_their_verdict(session, voiced):
    voiced("citizen,A,keep,4", "citizen,A,drop,1", "citizen,A,drop,1", "citizen,A,,")
    (found,) = [p for p in verdicts.by_programme(session) if p.code == "A"]
    assert found.groups[0].condition == 2


def test_one_dimension_can_be_asked_for_and_labels_follow_the_reader(session, voiced):
    voiced("citizen,A,keep,")
    found = verdicts.by_programme(session, "en", dimension="DIS")
    assert [p.code for p in found] == ["A", "B"]
    assert (found[0].dimension, found[0].groups[0].verdicts) == ("Disaster", (("Keep", 1),))
    assert verdicts.by_programme(session, dimension="MOB") == []


def test_reasons_come_in_pages_and_every_voice_once(session, voiced):
    voiced(*["citizen,A,keep,"] * (verdicts.PAGE + 7), "citizen,B,keep,")
    first, cursor = verdicts.reasons(session, "A")
    rest, end = verdicts.reasons(session, "A", after=cursor)
    assert (len(first), len(rest), end) == (verdicts.PAGE, 7, None)
    assert len({r.receipt_no for r in first + rest}) == verdicts.PAGE + 7
    assert first[0].text == "Suara 0" and rest[-1].text == f"Suara {verdicts.PAGE + 6}"


def test_a_page_that_is_just_full_has_no_next(session, voiced):
    voiced(*["citizen,A,keep,"] * verdicts.PAGE)
    shown, cursor = verdicts.reasons(session, "A")
    assert len(shown) == verdicts.PAGE and cursor is None
    assert verdicts.reasons(session, "A", after=10**6) == ([], None)


def test_reasons_name_the_merge_and_cover_what_points_to_a_person(session, voiced, round_id, now):
    what = said("Telepon 0812-0000-0000", verdict="merge", merge_into="B", evidence="a@b.invalid")
    programmes.review(session, officer(session), "A", what, call=call(round_id), key=key(), now=now)
    (reason,), _cursor = verdicts.reasons(session, "A")
    assert (reason.verdict, reason.merge_into) == ("Digabung", "Program B")
    assert (reason.text, reason.evidence) == ("Telepon ▇▇▇", "▇▇▇")
    assert reason.group == "Perangkat daerah"


def test_a_group_that_seldom_speaks_has_its_place_too(session, voiced):
    voiced("media,A,drop,")
    assert [g.group for g in verdicts.by_programme(session)[0].groups] == ["Media"]


def test_a_voice_that_stands_on_no_programme_is_counted_nowhere(session, voiced):
    voiced("citizen,A,keep,")
    session.execute(update(Point).values(programme=None))
    assert all(p.groups == () for p in verdicts.by_programme(session))
    assert verdicts.reasons(session, "A") == ([], None)


def test_a_programme_that_does_not_exist_has_no_name_and_no_reasons(session, voiced):
    assert verdicts.name_of(session, "A") == "Program A"
    with pytest.raises(NotFound):
        verdicts.name_of(session, "Z")
    assert verdicts.reasons(session, "Z") == ([], None)
