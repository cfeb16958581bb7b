"""Registers: what was refused before comes in once, meets who asks again, and people say whether it is so."""

import pytest
from sqlalchemy import func, select

from models import Event, Point, Reading, RefusedItem, RefusedMatch, Triage
from models.vocabulary import MatchState
from services import echoes, registers, search, triages
from services.errors import NotFound, UnreadableFile
from tests.services.conftest import ROOT
from tests.services.factories import person

HEAD = "cycle,code,text,dimension,reason_code,reason,agency\n"
GOOD = "2021,R-01,Tambah pompa rob baru di kampung pesisir,DIS,budget,Menunggu anggaran.,dpupr\n"


@pytest.fixture
def desk(session, run_id):
    """The example points at the inbox and in the search."""
    triages.prepare(session)
    search.index(session)
    session.actor = person(session).id
    return session


def write(folder, *rows, head=HEAD):
    path = folder / "ditolak.csv"
    path.write_text(head + "".join(rows), "utf-8")
    return path


def take(session, path, now):
    report = registers.import_file(session, path, now=now)
    return report.added, report.changed, report.known, len(report.errors)


def test_the_example_comes_in_once(desk, now):
    path = ROOT / "demo" / "refused.csv"
    assert take(desk, path, now) == (12, 0, 0, 0)
    assert take(desk, path, now) == (0, 0, 12, 0)
    assert desk.scalar(select(func.count()).select_from(RefusedItem)) == 12


def test_an_item_that_changed_is_brought_up_to_date(desk, now, tmp_path):
    take(desk, write(tmp_path, GOOD), now)
    assert take(desk, write(tmp_path, GOOD.replace("Menunggu", "Masih menunggu")), now) == (0, 1, 0, 0)
    assert desk.scalars(select(RefusedItem.reason)).all() == ["Masih menunggu anggaran."]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (GOOD.replace("DIS", "XXX"), "dimension “XXX” tidak dikenal"),
        (GOOD.replace("budget", "mood"), "reason_code “mood” tidak dikenal"),
        (GOOD.replace("dpupr", "nasa"), "agency “nasa” tidak dikenal"),
        (GOOD.replace("R-01", ""), "code kosong"),
        (GOOD.replace("Menunggu anggaran.", ""), "reason kosong"),
        (GOOD.replace("Tambah", "Tam\x07bah"), "karakter kendali"),
        (GOOD.replace("R-01", "R" * 41), "code kosong atau lebih dari 40 huruf"),
        ("2021,R-02\n", "berisi 2 kolom"),
        (GOOD + GOOD, "sudah ada di baris sebelumnya"),
    ],
)
def test_a_bad_row_is_told_and_the_rest_goes_in(desk, now, tmp_path, row, said):
    other = GOOD.replace("R-01", "R-99")
    report = registers.import_file(desk, write(tmp_path, other, row), now=now)
    assert len(report.errors) == 1 and said in report.errors[0].reason
    assert desk.get_one(RefusedItem, 1).code == "R-99"


@pytest.mark.parametrize("head", ["cycle,code,text\n", HEAD.replace("agency", "dinas"), ""])
def test_a_file_with_other_columns_is_refused_whole(desk, now, tmp_path, head):
    with pytest.raises(UnreadableFile):
        registers.import_file(desk, write(tmp_path, head=head), now=now)


def test_agencies_are_known_by_name_and_words_by_label(desk, now, tmp_path):
    path = write(tmp_path, GOOD.replace("dpupr", "DPUPR").replace("budget", "Anggaran"))
    assert take(desk, path, now)[0] == 1
    item = desk.get_one(RefusedItem, 1)
    assert (item.agency, item.reason_code) == ("dpupr", "budget")


def test_without_a_register_nothing_is_looked_at(desk):
    assert echoes.match(desk) == 0
    assert not any(desk.scalars(select(Triage.is_compared)))


def test_who_asks_again_is_found_by_the_words_that_both_say(desk, now):
    take(desk, ROOT / "demo" / "refused.csv", now)
    assert [echoes.match(desk, most=60) for _ in range(3)] == [60, 38, 0]
    rows = desk.execute(select(Point.text, RefusedMatch.words, RefusedItem.code).join_from(
        RefusedMatch, Point, Point.id == RefusedMatch.point_id).join(RefusedItem)).all()  # fmt: skip
    pumps = [text for text, _, code in rows if code == "R-03"]
    assert pumps and all("pompa" in text for text in pumps)
    assert all(len(words) >= 2 for _, words, _ in rows)
    assert len(rows) < 20  # of 98 points and 12 items


def test_a_new_register_meets_what_was_there_before_and_people_keep_their_word(desk, now, tmp_path):
    take(desk, write(tmp_path, GOOD), now)
    echoes.match(desk)
    first = desk.scalars(select(RefusedMatch).order_by(RefusedMatch.point_id)).first()
    registers.judge(desk, 1, first.point_id, is_same=True, actor_id=desk.actor, now=now)
    take(desk, ROOT / "demo" / "refused.csv", now)
    assert echoes.match(desk) == 98
    kept = desk.get_one(RefusedMatch, (first.point_id, 1))
    assert (kept.state, kept.actor_id, kept.at) == (MatchState.AGREED, desk.actor, now)
    assert desk.scalar(select(func.count()).select_from(RefusedMatch)) > 1


def test_a_person_may_say_so_and_say_otherwise(desk, now, tmp_path):
    take(desk, write(tmp_path, GOOD), now)
    echoes.match(desk)
    point_id = desk.scalars(select(RefusedMatch.point_id)).first()
    for is_same, state in ((True, MatchState.AGREED), (False, MatchState.DENIED)):
        registers.judge(desk, 1, point_id, is_same=is_same, actor_id=desk.actor, now=now)
        assert desk.get_one(RefusedMatch, (point_id, 1)).state is state
    details = desk.scalars(select(Event.details).where(Event.action == "point.match")).all()
    assert [(d["old"], d["new"]) for d in details] == [("suggested", "agreed"), ("agreed", "denied")]


def test_nobody_judges_what_was_not_found(desk, now, tmp_path):
    take(desk, write(tmp_path, GOOD), now)
    with pytest.raises(NotFound):
        registers.judge(desk, 1, 10**9, is_same=True, actor_id=desk.actor, now=now)
    with pytest.raises(NotFound):
        registers.one(desk, 10**9)


def test_items_points_and_themes_say_how_often_it_is_asked_again(desk, now):
    take(desk, ROOT / "demo" / "refused.csv", now)
    echoes.match(desk)
    items, cursor = registers.listing(desk)
    assert cursor is None and len(items) == 12
    pumps = next(item for item in items if item.code == "R-03")
    points, _ = registers.asked(desk, pumps.id)
    assert (pumps.times, pumps.maybe) == (0, len(points)) and points
    registers.judge(desk, pumps.id, points[0].point_id, is_same=True, actor_id=desk.actor, now=now)
    registers.judge(desk, pumps.id, points[1].point_id, is_same=False, actor_id=desk.actor, now=now)
    again = registers.one(desk, pumps.id)
    assert (again.times, again.maybe) == (1, len(points) - 2)
    theme = desk.get_one(Reading, points[0].point_id).theme_id
    (of_theme,) = [item for item in registers.of_themes(desk, [theme])[theme] if item.code == "R-03"]
    assert of_theme.times == 1 and of_theme.reason == pumps.reason
    assert registers.of_themes(desk, [10**9]) == {}


def test_pages_of_the_register_go_on_where_the_first_ended(desk, now, monkeypatch):
    monkeypatch.setattr(registers, "PAGE", 5)
    take(desk, ROOT / "demo" / "refused.csv", now)
    seen, after = [], 0
    while after is not None:
        items, after = registers.listing(desk, after=after)
        seen += [item.code for item in items]
    assert seen == [f"R-{n:02d}" for n in range(1, 13)]
