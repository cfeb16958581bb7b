"""Writing comments: on a paragraph and its words, on a gap, on all of the draft; what is fixed or closed is refused."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from models import Paragraph, Point, Remark, Round, StageWindow
from models.vocabulary import Group, RemarkState, Severity
from portal.config import ROOT
from portal.extensions import db
from services import drafts, remarks
from tests.portal.conftest import Statements, hidden, read, sign_in

WORDS = {"comment_type": "unclear", "text": "Sebut siapa yang menjaga."}
WHOLE = "/naskah/1/komentar"


def paragraph(app, mark="P-DIS-04"):
    with app.app_context():
        return db.session.scalars(select(Paragraph).where(Paragraph.mark == mark, Paragraph.draft_id == 1)).one()


def address(app, mark="P-DIS-04"):
    return f"/naskah/paragraf/{paragraph(app, mark).id}/komentar"


def send(client, path, **typed):
    return client.post(path, data=hidden(client.get(path).text) | WORDS | typed)


def stored(app, what):
    with app.app_context():
        return list(db.session.scalars(select(what)))


def change(app, statement):
    with app.app_context():
        db.session.execute(statement)
        db.session.commit()


def let_stand(app, *, is_early=True):
    with app.app_context():
        ids = db.session.scalars(select(Point.id)).all()
        remarks.moderate(db.session(), ids, RemarkState.SHOWN, now=datetime.now(UTC))
        db.session.execute(update(Round).values(shows_comments_early=is_early))
        db.session.commit()


def window(app, group, opens, closes):
    """A window in days from now."""
    now = datetime.now(UTC)
    with app.app_context():
        round_id = db.session.scalar(select(Round.id).where(Round.closes_at > now))
        edges = {"opens_at": now + timedelta(days=opens), "closes_at": now + timedelta(days=closes)}
        db.session.add(StageWindow(round_id=round_id, group=group, **edges))
        db.session.commit()


def test_a_comment_keeps_the_words_it_quotes_and_its_weight(app, client, draft):
    sign_in(client, "academic")
    words = " ".join(paragraph(app).text.split()[2:6])
    answer = send(client, address(app), quote=f"“{words.upper()}…”", severity="must")
    assert answer.status_code == 303 and answer.location.endswith("#P-DIS-04")
    [row] = stored(app, Remark)
    assert (row.severity, row.is_gap, row.draft_id) == (Severity.MUST, False, None)
    assert words.upper() in row.quote and row.state is RemarkState.PENDING


@pytest.mark.parametrize("quote", ["kata yang tidak ada di sana", "…", "x" * 2_001])
def test_words_that_do_not_stand_in_the_paragraph_are_not_quoted(app, client, draft, quote):
    sign_in(client, "academic")
    answer = send(client, address(app), quote=quote)
    assert answer.status_code == 422 and "Galat:" in answer.text
    assert paragraph(app).text in answer.text.replace("&#39;", "'") and WORDS["text"] in answer.text
    assert stored(app, Point) == []


@pytest.mark.parametrize("typed", [{"severity": "gawat"}, {"comment_type": "factual_error", "evidence": "kata orang"}])
def test_a_weight_we_do_not_know_and_a_fact_without_source_are_told_beside_their_fields(app, client, draft, typed):
    sign_in(client, "academic")
    answer = send(client, address(app), **typed)
    assert answer.status_code == 422 and WORDS["text"] in answer.text
    assert stored(app, Point) == []


def test_an_odd_reference_is_taken_where_none_is_needed_and_hinted_at(app, client, draft):
    sign_in(client, "academic")
    assert send(client, address(app), evidence="kata orang").status_code == 303
    [point] = stored(app, Point)
    assert "mungkin sulit dicari" in client.get(f"/komentar/{point.id}").text
    send(client, f"/komentar/{point.id}", evidence="Perda Nomor 9 Tahun 2020")
    assert "mungkin sulit dicari" not in client.get(f"/komentar/{point.id}").text


def test_what_is_missing_stands_in_the_gap_between_two_paragraphs(app, client, draft):
    sign_in(client, "academic")
    page = client.get(address(app) + "?sela=1")
    assert "di antara P-DIS-04 dan P-DIS-05" in page.text
    data = hidden(page.text) | WORDS | {"comment_type": "missing"}
    assert client.post(address(app), data=data).status_code == 303
    [row], [point] = stored(app, Remark), stored(app, Point)
    assert row.is_gap and point.paragraph_id == paragraph(app).id
    assert send(client, f"/komentar/{point.id}", text="Jadwal jaga.").status_code == 303
    assert [r.is_gap for r in stored(app, Remark)] == [True]
    assert "yang kurang sesudah P-DIS-04" in client.get(f"/komentar/{point.id}").text


def test_after_the_last_paragraph_there_is_a_gap_too(app, client, draft):
    with app.app_context():
        last = db.session.scalars(select(Paragraph.id).where(Paragraph.draft_id == 1).order_by(Paragraph.id)).all()[-1]
    sign_in(client, "academic")
    assert "paragraf terakhir" in client.get(f"/naskah/paragraf/{last}/komentar?sela=1").text


def test_a_comment_on_all_of_the_draft_is_a_point_like_others_and_no_opinion(app, client, draft, settings):
    sign_in(client, "academic")
    answer = send(client, WHOLE, text="Susunan babnya tidak mengikuti misi.")
    assert answer.status_code == 303 and answer.location.endswith(f"{WHOLE}#sudah")
    [row], [point] = stored(app, Remark), stored(app, Point)
    assert (row.draft_id, point.paragraph_id, point.dimension) == (1, None, None)
    assert "Susunan babnya" in client.get(WHOLE).text
    assert client.get(f"/akademisi/pendapat/{point.id}").status_code == 404
    assert send(client, f"/komentar/{point.id}", text="Susunannya perlu diubah.").status_code == 303
    assert read(settings) is not None
    team = app.test_client()
    sign_in(team)
    assert "Susunannya perlu diubah." in team.get("/staff/inbox").text
    listed = team.get("/staff/comments/").text
    assert "Susunannya perlu diubah." in listed and "Seluruh naskah" in listed


def test_all_of_a_version_that_is_not_out_is_not_there(app, client, draft):
    sign_in(client, "academic")
    assert client.get("/naskah/2/komentar").status_code == 404
    with app.app_context():
        text = (ROOT / "demo" / "draft-masterplan.md").read_bytes() + b"\n\nTambahan."
        drafts.take(db.session(), text, name="dua.md", now=datetime.now(UTC))
        db.session.commit()
    assert client.get("/naskah/2/komentar").status_code == 404


def test_a_bad_comment_on_all_of_the_draft_is_told_and_kept(app, client, draft):
    sign_in(client, "academic")
    answer = send(client, WHOLE, text=" ", proposed_text="Bab baru.")
    assert answer.status_code == 422 and "Tulis komentarnya." in answer.text and "Bab baru." in answer.text
    assert stored(app, Point) == []


def test_where_a_part_is_fixed_nothing_is_taken_and_the_words_come_back(app, client, draft):
    sign_in(client, "academic")
    send(client, address(app))
    [point] = stored(app, Point)
    change(app, update(Paragraph).where(Paragraph.mark == "P-DIS-04").values(fixed_why="Sudah diatur perda."))
    assert "Sudah diatur perda." in client.get(address(app)).text
    for path in (address(app), f"/komentar/{point.id}"):
        answer = send(client, path, text="Masih ada yang kurang.")
        assert answer.status_code == 409 and "Masih ada yang kurang." in answer.text
        assert "sudah tetap" in answer.text and "Sudah diatur perda." in answer.text
    assert [p.text for p in stored(app, Point)] == [WORDS["text"]]
    assert send(client, address(app, "P-DIS-05")).status_code == 303


@pytest.mark.parametrize(("opens", "closes", "words"), [(1, 3, "Masa menulis kelompok"), (-3, -1, "sudah lewat")])
def test_outside_of_its_window_a_group_writes_nothing_and_keeps_its_words(app, client, draft, opens, closes, words):
    sign_in(client, "academic")
    send(client, address(app))
    [point] = stored(app, Point)
    window(app, Group.ACADEMIC, opens, closes)
    assert words in client.get(address(app)).text
    for path in (address(app), WHOLE, f"/komentar/{point.id}"):
        answer = send(client, path, text="Terlambat sedikit.")
        assert answer.status_code == 409 and "Terlambat sedikit." in answer.text
        assert "di luar masa menulis Anda" in answer.text
    opinion = {"problem": "Pompa mati.", "element": "structure", "nature": "digital", "capacity": "personal"}
    path = "/akademisi/bidang/DIS"
    assert client.post(path, data=hidden(client.get(path).text) | opinion).status_code == 409
    assert [p.text for p in stored(app, Point)] == [WORDS["text"]]
    office = app.test_client()
    sign_in(office, "agency")
    assert send(office, address(app)).status_code == 303


def test_within_its_window_a_group_writes_and_is_told_its_last_day(app, client, draft):
    window(app, Group.ACADEMIC, -1, 2)
    sign_in(client, "academic")
    assert "Masa menulis kelompok Anda sampai" in client.get(address(app)).text
    assert send(client, address(app)).status_code == 303


def test_the_form_says_who_will_read_the_comment(app, client, draft):
    sign_in(client, "academic")
    assert "Sampai putaran ditutup hanya Anda dan tim revisi" in client.get(address(app)).text
    change(app, update(Round).values(shows_comments_early=True))
    assert "dapat dibaca siapa saja, tanpa nama orang" in client.get(address(app)).text


def test_on_all_of_the_draft_others_read_what_was_let_stand_when_the_round_says_so(app, client, draft):
    sign_in(client, "academic")
    send(client, WHOLE, text="Hubungi saya di 0812-0000-0000 soal susunan bab.")
    office = app.test_client()
    sign_in(office, "agency")
    assert "susunan bab" not in office.get(WHOLE).text
    let_stand(app, is_early=False)
    assert "susunan bab" not in office.get(WHOLE).text
    let_stand(app)
    page = office.get(WHOLE).text
    assert "soal susunan bab" in page and "0812" not in page and "Akademisi" in page
    assert "academic@demo.example" not in page


def test_a_changed_comment_is_read_by_the_team_before_others_read_it_again(app, client, draft):
    sign_in(client, "academic")
    send(client, WHOLE)
    let_stand(app)
    [point] = stored(app, Point)
    send(client, f"/komentar/{point.id}")
    assert [r.state for r in stored(app, Remark)] == [RemarkState.SHOWN]
    send(client, f"/komentar/{point.id}", severity="minor")
    assert [r.state for r in stored(app, Remark)] == [RemarkState.PENDING]


def test_its_author_calls_a_comment_settled_and_takes_it_back(app, client, draft):
    sign_in(client, "academic")
    send(client, address(app))
    [point] = stored(app, Point)
    token = hidden(client.get(f"/komentar/{point.id}").text)["csrf_token"]
    path = f"/komentar/{point.id}/selesai"
    for said, words in (("1", "Ternyata belum selesai"), ("0", "Bagi saya ini sudah selesai")):
        assert client.post(path, data={"csrf_token": token, "settled": said}).status_code == 303
        assert words in client.get(f"/komentar/{point.id}").text
    other = app.test_client()
    sign_in(other, "agency")
    token = hidden(other.get(address(app)).text)["csrf_token"]
    assert other.post(path, data={"csrf_token": token, "settled": "1"}).status_code == 404


def test_a_comment_on_an_older_version_says_so_and_stands_in_the_newer_one(app, client, draft):
    sign_in(client, "academic")
    with app.app_context():
        text = (ROOT / "demo" / "draft-masterplan.md").read_text().replace("[P-DIS-04] ", "[P-DIS-04] Juga: ")
        number = drafts.take(db.session(), text.encode(), name="dua.md", now=datetime.now(UTC))
        drafts.publish(db.session(), number, now=datetime.now(UTC))
        db.session.commit()
    assert "Versi 2 sudah terbit" in client.get(address(app)).text
    assert send(client, address(app), text="Ditulis atas yang lama.").status_code == 303
    team = app.test_client()
    sign_in(team)
    listed = team.get("/staff/comments/?version=1&state=changed").text
    assert "Ditulis atas yang lama." in listed and "baca P-DIS-04 di versi 2" in listed
    assert "Ditulis atas yang lama." not in team.get("/staff/comments/?state=applies").text
    assert "Ditulis atas yang lama." not in team.get("/staff/comments/?version=2").text


def test_what_a_comment_says_is_text_and_no_markup(app, client, draft):
    sign_in(client, "academic")
    send(client, WHOLE, text="<script>alert(1)</script>", proposed_text="<b>tebal</b>", evidence="'\"><i>")
    assert "<script>alert" not in client.get(WHOLE).text
    team = app.test_client()
    sign_in(team)
    page = team.get("/staff/comments/").text
    assert "<script>alert" not in page and "<b>tebal" not in page and "<i>" not in page


def test_without_an_account_nobody_comments(app, client, draft):
    for path in (address(app), WHOLE):
        assert client.get(path).status_code == 302
    officer = app.test_client()
    sign_in(officer, "officer")
    assert officer.get(WHOLE).status_code == 403


def test_pages_and_sendings_stay_within_their_statements(app, client, draft):
    sign_in(client, "academic")
    send(client, address(app))
    send(client, WHOLE)
    point = min(p.id for p in stored(app, Point))
    seen = Statements(app)
    for path in (address(app), address(app) + "?sela=1", WHOLE, f"/komentar/{point}"):
        client.get(path)
        seen.clear()
        assert client.get(path).status_code == 200
        assert len(seen) <= 6, (path, [s[:150] for s in seen])
    for path in (address(app), WHOLE, f"/komentar/{point}"):
        data = hidden(client.get(path).text) | WORDS | {"severity": "should"}
        seen.clear()
        assert client.post(path, data=data).status_code == 303
        assert len(seen) <= 12, (path, seen)


def test_new_words_take_with_them_what_was_said_of_the_old_ones_in_so_many_statements(app, client, draft):
    sign_in(client, "academic")
    send(client, address(app))
    [point] = stored(app, Point)
    data = hidden(client.get(f"/komentar/{point.id}").text) | WORDS | {"text": "Baru."}
    seen = Statements(app)
    assert client.post(f"/komentar/{point.id}", data=data).status_code == 303
    assert len(seen) <= 26, seen
