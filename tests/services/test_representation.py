"""The board of who takes part: exact counts, zeros, lights, ratios and where to go next."""

from datetime import UTC, date, datetime
from itertools import count

import pytest

from models import Area, Attendance, Meeting, Submission
from models.vocabulary import Channel, Gender, Group, MeetingKind, SubmissionState, Verdict
from services import contributions, originals, programmes, representation, turnout
from services.contributions import Said
from services.errors import NotFound
from services.turnout import Light
from tests.services import factories
from tests.services.conftest import NOW, ROOT, read

NUMBERS = count(1)


def send(session, round_id, text=None, *, group=Group.CITIZEN, area=None, **more):
    number = next(NUMBERS)
    row = Submission(
        round_id=round_id,
        receipt_no=f"PKL-{number:04d}-00",
        group=group,
        channel=Channel.WEB,
        text=text or f"Pompa nomor {number} mati",
        area=area,
        received_at=NOW,
        **more,
    )
    session.add(row)
    session.flush()
    return row


def line(board, kind, code):
    if kind == "kelurahan":
        return next(place.line for place in board.places if place.code == code)
    return next(row for name, _, rows in board.sections if name == kind for row in rows if row.code == code)


def place(board, code):
    return next(row for row in board.places if row.code == code)


def test_before_anybody_wrote_every_kelurahan_stands_there_with_a_zero(session, round_id):
    board = representation.board(session, round_id)
    assert [len(board.places), board.total.received, board.met] == [27, 0, 0]
    assert {row.line.light for row in board.places} == {Light.NONE} and board.finding == "Belum ada masukan."
    assert board.steps and all(step.line.gap == 1 and step.advice for step in board.steps)


def test_a_kelurahan_is_met_by_its_people_and_not_by_one_text_sent_five_times(session, round_id):
    for _ in range(5):
        send(session, round_id, "Rob masuk rumah!", area="krapyak")
        send(session, round_id, area="degayu")
    board = representation.board(session, round_id)
    krapyak, degayu = line(board, "kelurahan", "krapyak"), line(board, "kelurahan", "degayu")
    assert (krapyak.received, krapyak.measured, krapyak.light) == (5, "1–5", Light.SHORT)
    assert (degayu.received, degayu.measured, degayu.light) == (5, "5", Light.MET)
    assert degayu.label not in {step.line.label for step in board.steps}
    assert "25 dari 27 kelurahan belum bersuara" in board.finding


def test_somebody_who_signed_in_is_one_person_however_often_they_write(session, round_id):
    author = factories.person(session)
    for text in ("satu", "dua", "tiga"):
        send(session, round_id, text, group=Group.ACADEMIC, person_id=author.id)
    assert turnout.count(turnout.sendings(session, round_id)) == (3, 1, 1)


@pytest.mark.parametrize("state", [SubmissionState.HELD, SubmissionState.WITHDRAWN, SubmissionState.ERASED])
def test_what_is_held_or_was_taken_back_is_not_counted(session, round_id, state):
    send(session, round_id, area="krapyak", state=state)
    assert representation.board(session, round_id).total.received == 0


def test_city_wide_and_unsaid_places_have_rows_of_their_own_only_when_there_are_any(session, round_id):
    send(session, round_id, place_note="kota")
    send(session, round_id)
    board = representation.board(session, round_id)
    assert [(row.code, row.total.received, row.line) for row in board.places[27:]] == [
        ("kota", 1, None),
        ("-", 1, None),
    ]


def test_a_constituency_is_met_by_ten_voices_or_by_one_meeting_to_which_somebody_came(session, round_id):
    for _ in range(10):
        send(session, round_id, constituencies=["fishers"])
    meeting = Meeting(kind=MeetingKind.FKP, title="Rembug", held_on=date(2026, 11, 20), made_at=NOW)
    session.add(meeting)
    session.flush()
    session.add(Attendance(meeting_id=meeting.id, constituency="elderly", women=3, men=1))
    session.add(Attendance(meeting_id=meeting.id, constituency="disability", invited=5))
    board = representation.board(session, round_id)
    lights = {code: line(board, "constituency", code).light for code in ("fishers", "elderly", "disability", "council")}
    assert lights == {"fishers": Light.MET, "elderly": Light.MET, "disability": Light.NONE, "council": None}
    assert line(board, "women", "percent").light is Light.NONE
    came = next(rows for kind, _, rows in board.sections if kind == "women")[1]
    assert came.measured == "75 % (3 dari 4)" and came.light is Light.MET


def test_the_matrix_of_a_constituency_holds_its_voices_alone_and_an_unknown_one_is_not_found(session, round_id):
    send(session, round_id, area="krapyak", constituencies=["fishers", "poor"])
    send(session, round_id, area="krapyak", constituencies=["labour"])
    board = representation.board(session, round_id, constituency="fishers")
    assert place(board, "krapyak").counts[0] == 1 and board.total.received == 2
    with pytest.raises(NotFound):
        representation.board(session, round_id, constituency="kapten")


@pytest.mark.parametrize(
    ("women", "men", "unstated", "light"),
    [(4, 6, 5, Light.MET), (3, 7, 0, Light.NEAR), (1, 9, 0, Light.SHORT), (0, 3, 0, Light.NONE), (0, 0, 9, Light.NONE)],
)
def test_women_are_a_share_of_those_who_said_woman_or_man(session, round_id, women, men, unstated, light):
    for gender, n in ((Gender.WOMAN, women), (Gender.MAN, men), (Gender.UNSTATED, unstated)):
        for _ in range(n):
            send(session, round_id, gender=gender)
    assert line(representation.board(session, round_id), "women", "percent").light is light


def test_an_agency_that_leads_programmes_is_met_once_it_answers_for_one(session, round_id):
    programmes.import_file(session, ROOT / "demo" / "programmes.csv", now=NOW)
    before = line(representation.board(session, round_id), "agency", "dpupr")
    said = Said(text="Tetap perlu.", programme="PRG-32", verdict=Verdict.KEEP)
    contributions.add(
        session, factories.officer(session, "dpupr"), said, call=factories.call(round_id), key=factories.key(), now=NOW
    )
    after = line(representation.board(session, round_id), "agency", "dpupr")
    assert (before.light, after.light) == (Light.NONE, Light.MET) and after.measured.startswith("1 dari ")


def test_academics_are_counted_by_the_dimension_of_what_they_said(session, round_id):
    for author in (factories.academic(session), factories.academic(session)):
        said = factories.said("Pompa perlu dijaga.", dimension="DIS")
        contributions.add(session, author, said, call=factories.call(round_id), key=factories.key(), now=NOW)
    board = representation.board(session, round_id)
    assert line(board, "academic_dimension", "DIS").light is Light.NEAR
    assert line(board, "academic_dimension", "ECO").light is Light.NONE


def test_the_ratio_stands_only_where_the_city_filled_in_its_people(session, round_id):
    for area, n in (("krapyak", 3), ("degayu", 1), ("gamer", 9)):
        for _ in range(n):
            send(session, round_id, area=area)
    assert not representation.board(session, round_id).has_population
    for code in ("krapyak", "degayu"):
        session.get(Area, code).population = 5_000
    board = representation.board(session, round_id)
    ratios = {row.code: row.ratio for row in board.places if row.ratio}
    assert ratios == {"krapyak": "1,50", "degayu": "0,50"} and board.has_population


def test_where_to_go_next_mixes_the_kinds_and_begins_with_the_widest_gap(session, round_id, run_id):
    steps = representation.board(session, round_id).steps
    assert {step.line.kind for step in steps[:5]} >= {"kelurahan", "constituency", "group"}
    assert [step.line.gap for step in steps[:5]] == sorted((step.line.gap for step in steps[:5]), reverse=True)
    assert all(step.line.light is not Light.MET for step in steps)


def test_the_board_speaks_english_and_its_figure_holds_the_same_numbers(session, round_id, run_id):
    board = representation.board(session, round_id, "en")
    assert dict(board.columns)["citizen"] == "Citizen"
    drawn = board.svg.count('class="em" text-anchor="middle"')
    assert drawn == sum(n > 0 for row in board.places for n in row.counts)
    assert sum(sum(row.counts) for row in board.places) == board.total.received == 98


@pytest.mark.parametrize(
    ("sender", "number"),
    [
        ({"area": "krapyak"}, 2),
        ({"area": "krapyak", "constituency": "poor"}, 1),
        ({"constituency": "oo"}, 0),
        ({"area": "kota"}, 1),
        ({"area": "-"}, 1),
        ({"gender": "woman"}, 1),
        ({"agency": "dpupr"}, 0),
    ],
)
def test_a_number_opens_to_the_texts_of_that_sender_alone(session, round_id, sender, number):
    said = (
        {"area": "krapyak", "constituencies": ["poor", "labour"], "gender": Gender.WOMAN},
        {"area": "krapyak", "constituencies": ["fishers"]},
        {"place_note": "kota"},
        {},
    )
    for at, facts in enumerate(said):
        row = send(session, round_id, f"Jalan di gang kami rusak parah sekali nomor {at}", **facts)
        row.points.append(originals.Point(text=row.text))
    session.commit()
    read(session, round_id, datetime(2026, 11, 24, 4, 0, tzinfo=UTC))
    shown, _ = originals.behind(session, sender=originals.Sender(**sender))
    assert len(shown) == number
