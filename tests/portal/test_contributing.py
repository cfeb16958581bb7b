"""What became of one's comments: grouped, filtered and paged; the same as files; letters asked for and printed."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from docx import Document
from sqlalchemy import select

from models import Draft, Letter, Paragraph, Person, Point, Remark, Reply, Run, Submission
from models.vocabulary import Group, PointType, RemarkState, RunState
from portal.extensions import db
from services import comments, drafts, erasures, rounds
from services.contributions import Author, Call, Said
from services.remarks import Remarked
from tests.portal.conftest import Statements, hidden, sign_in
from tests.services import decided

HOSTILE = "=1+1 <script>alert(1)</script> rob"


def version(title, *texts):
    body = "\n\n".join(f"[P-DIS-{n:02}] {text}" for n, text in texts)
    return f"# {title}\n\n## Bencana\n\n{body}\n".encode()


ONE = version(
    "Satu",
    (1, "Pompa rob di Tirto dijaga warga setiap malam."),
    (2, "Tanggul sungai diperiksa dua kali setahun oleh dinas."),
    (3, "Sirene banjir dipasang di setiap kelurahan pesisir."),
)
TWO = version(
    "Dua",
    (1, "Pompa rob di Tirto dijaga warga setiap malam."),
    (2, "Tanggul sungai diperiksa empat kali setahun oleh dinas dan warga."),
)


def publish(content):
    now = datetime.now(UTC)
    drafts.publish(db.session(), drafts.take(db.session(), content, name="n.md", now=now), now=now)


@pytest.fixture
def said(app):
    """An academic's comments on three paragraphs and on the whole of version 1; then version 2 comes out."""
    with app.app_context():
        session, now = db.session(), datetime.now(UTC)
        publish(ONE)
        person = session.scalars(select(Person).where(Person.email == "academic@demo.example")).one()
        person.name, person.organisation = "Peneliti <b>", "Universitas Contoh"
        author = Author(person.id, Group.ACADEMIC, person.name, person.organisation)
        call = Call(rounds.current(session, now=now)[0], "PKL")
        ids = []
        for n, paragraph_id in enumerate(session.scalars(select(Paragraph.id).order_by(Paragraph.mark))):
            words = Said(text=f"{HOSTILE} {n}", point_type=PointType.PROPOSAL, proposed_text="Pompa dijaga petugas.")
            ids.append(comments.add(session, author, paragraph_id, words, call=call, key=f"kunci-{n}", now=now))
        whole = Said(text="Naskah ini terlalu tebal.", point_type=PointType.UNCLEAR)
        ids.append(comments.add_whole(session, author, 1, whole, call=call, key="kunci-w", now=now))
        publish(TWO)
        session.commit()
        return ids


@pytest.fixture
def academic(client):
    sign_in(client, "academic")
    return client


def test_each_comment_stands_under_its_state_and_the_counts_add_up(academic, said):
    page = academic.get("/komentar/").text
    assert "4 komentar Anda" in page
    for words in ("Masih berlaku", "Teksnya berubah", "Paragrafnya dihapus"):
        assert f"<h2>{words}</h2>" in page
    assert "Paragrafnya tidak ada lagi di versi terbaru." in page and "Seluruh naskah" in page
    assert 'href="/naskah/2/1#P-DIS-02"' in page and 'href="/naskah/1/1#P-DIS-03"' in page
    assert "empat" in page and "<del>" in page and "<ins>" in page
    assert "<script>alert(1)</script>" not in page and "&lt;script&gt;" in page


@pytest.mark.parametrize(("state", "n"), [("applies", 2), ("changed", 1), ("moved", 0), ("removed", 1), ("settled", 0)])
def test_the_filter_stands_in_the_address(academic, said, state, n):
    page = academic.get(f"/komentar/?keadaan={state}").text
    assert page.count("<article") == n
    assert ("Tidak ada komentar Anda dengan keadaan ini." in page) is (n == 0)


@pytest.mark.parametrize("wrong", ["keadaan=lost", "sesudah=9.1", "sesudah=x", "sesudah=1", "sesudah=0.-1"])
def test_what_no_page_of_ours_links_to_is_refused(academic, said, wrong):
    assert academic.get(f"/komentar/?{wrong}").status_code == 400


def test_a_long_list_is_read_in_pages_that_lose_nothing(app, academic, said):
    with app.app_context():
        session, now = db.session(), datetime.now(UTC)
        person = session.scalars(select(Person).where(Person.email == "academic@demo.example")).one()
        author = Author(person.id, Group.ACADEMIC, "", None)
        call = Call(rounds.current(session, now=now)[0], "PKL")
        here = session.scalars(select(Paragraph.id).where(Paragraph.mark == "P-DIS-02").order_by(Paragraph.id)).first()
        for n in range(60):
            comments.add(session, author, here, Said(text=f"Butir {n}"), call=call, key=f"banyak-{n}", now=now)
        session.commit()
    first = academic.get("/komentar/").text
    following = first.split('href="/komentar/?sesudah=')[1].split('"')[0]
    second = academic.get(f"/komentar/?sesudah={following}").text
    assert (first.count("<article"), second.count("<article")) == (50, 14)
    assert "Berikutnya" in first and "Berikutnya" not in second


def test_it_takes_six_statements_at_most(app, academic, said):
    academic.get("/komentar/")
    seen = Statements(app)
    assert academic.get("/komentar/").status_code == 200
    assert len(seen) <= 6, seen


def test_who_has_said_nothing_is_told_where_to_begin(client, said):
    sign_in(client, "agency")
    page = client.get("/komentar/").text
    assert "0 komentar" in page and "Di sini akan berdiri komentar Anda" in page and HOSTILE[:4] not in page


def test_replies_decisions_and_reasons_of_not_showing_stand_beside_it(app, academic, said):
    with app.app_context():
        session = db.session()
        lead = session.scalars(select(Person).where(Person.email == "lead@demo.example")).one()
        session.add(Reply(point_id=said[0], person_id=lead.id, text="Kami tanyakan dahulu.", at=datetime.now(UTC)))
        remark = session.get_one(Remark, said[0])
        remark.state, remark.why = RemarkState.HIDDEN, "Menyebut nama orang."
        session.commit()
    page = academic.get("/komentar/").text
    assert "Kami tanyakan dahulu." in page and "Tidak ditampilkan kepada orang lain: Menyebut nama orang." in page
    assert page.count("Putusannya belum diumumkan.") == 4
    with app.app_context():
        release_decision(said[1])
    page = academic.get("/komentar/").text
    assert "Pompa lama sudah sering mati" in page and "Diterima" in page
    assert page.count("Putusannya belum diumumkan.") == 3


def release_decision(point_id):
    """A decision on one point, told by a release of yesterday."""
    session, ago = db.session(), datetime.now(UTC) - timedelta(days=1)
    round_id = session.scalars(select(Submission.round_id).join(Point).where(Point.id == point_id)).one()
    session.add(Run(round_id=round_id, state=RunState.DONE, started_at=ago, lease_until=ago, finished_at=ago))
    session.flush()
    own = decided.decision(session, round_id, point_id=point_id)
    told = decided.response(session, own)
    told.release_id = decided.release(session, round_id, publish_at=ago).id
    session.commit()


def test_a_decision_that_is_not_public_is_not_told(app, academic, said):
    with app.app_context():
        session = db.session()
        round_id = session.scalars(select(Submission.round_id).limit(1)).one()
        decided.decision(session, round_id, point_id=said[0], reason="Rahasia sampai terbit.")
        session.commit()
    page = academic.get("/komentar/").text
    assert "Rahasia sampai terbit." not in page and "<h2>Selesai</h2>" in page


def test_the_table_runs_no_formula_and_its_columns_are_explained(academic, said):
    answer = academic.get("/komentar/unduh.csv")
    assert answer.headers["Content-Disposition"] == "attachment; filename=komentar-saya.csv"
    text = answer.data.decode("utf-8-sig")
    assert text.count("\r\n") == 5 and f"'{HOSTILE}" in text and ",=1+1" not in text
    told = academic.get("/komentar/unduh-kolom.csv").data.decode("utf-8-sig")
    assert all(name in told for name in text.splitlines()[0].split(","))


def test_the_document_holds_every_comment(academic, said):
    answer = academic.get("/komentar/unduh.docx")
    words = "\n".join(p.text for p in Document(BytesIO(answer.data)).paragraphs)
    assert answer.data[:2] == b"PK" and words.count(HOSTILE) == 3 and "Naskah ini terlalu tebal." in words


def ask(client):
    page = client.get("/komentar/surat").text
    return client.post(action_of(page), data=hidden(page))


def action_of(page):
    return re.search(r'action="(/komentar/surat/putaran/\d+)"', page)[1]


def test_a_letter_is_given_out_once_and_printed_with_its_square(app, academic, said):
    first, second = ask(academic), ask(academic)
    assert first.status_code == 303 and first.location == second.location
    page = academic.get(first.location)
    number = first.location.rpartition("/")[2]
    assert number.startswith("SK-") and number in page.text and "Peneliti &lt;b&gt;" in page.text
    assert "<svg" in page.text and f"/surat/{number}" in page.text and "<style" not in page.text
    file = academic.get(f"{first.location}.docx")
    assert file.data[:2] == b"PK" and number in file.headers["Content-Disposition"]
    with app.app_context():
        assert db.session.scalars(select(Letter.number)).all() == [number]


def test_a_letter_takes_twelve_statements_at_most_and_without_a_token_none_is_given(app, academic, said):
    page = academic.get("/komentar/surat").text
    action, fields = action_of(page), hidden(page)
    assert academic.post(action).status_code == 400
    seen = Statements(app)
    assert academic.post(action, data=fields).status_code == 303
    assert len(seen) <= 12, seen


def test_who_wrote_nothing_in_a_round_gets_no_letter(app, client, said):
    sign_in(client, "agency")
    token = hidden(client.get("/masukan/baru").text)
    answer = client.post("/komentar/surat/putaran/1", data={"csrf_token": token["csrf_token"]})
    assert answer.status_code == 422 and "belum ada yang dapat diterangkan" in answer.text
    assert client.post("/komentar/surat/putaran/99", data={"csrf_token": token["csrf_token"]}).status_code == 404


def test_somebody_elses_letter_is_not_there(app, academic, said):
    path = ask(academic).location
    other = app.test_client()
    sign_in(other, "agency")
    assert [other.get(path).status_code, other.get(f"{path}.docx").status_code] == [404, 404]


def test_a_letter_that_was_emptied_leads_to_the_page_that_says_so(app, academic, said):
    path = ask(academic).location
    with app.app_context():
        submission = db.session.get_one(Point, said[0]).submission_id
        erasures.erase(db.session(), submission, now=datetime.now(UTC))
        db.session.commit()
    page = academic.get(path, follow_redirects=True).text
    assert "Isinya sudah dihapus" in page and "Peneliti" not in page
    assert "Isi surat" in academic.get("/komentar/surat").text
    assert academic.get(f"{path}.docx").status_code == 404


def test_in_english_it_is_the_same_page(academic, said):
    page = academic.get("/komentar/?lang=en").text
    assert '<html lang="en">' in page and "<h2>Paragraph removed</h2>" in page and page.count("<article") == 4


def test_the_version_it_was_written_on_stays_named(app, academic, said):
    with app.app_context():
        numbers = db.session.scalars(select(Draft.number).order_by(Draft.number)).all()
        marks = {r.quote for r in db.session.scalars(select(Remark))}
    assert numbers == [1, 2] and marks == {""}
    assert academic.get("/komentar/").text.count("versi 1 ·") == 4
    assert Remarked().quote == ""
