"""The same consultation from scores to the answer and what a citizen replies to it: each step as a person does it."""

import io
import re
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Download, Page, expect
from sqlalchemy import select

from demo import answering
from models import Decision, Finding, Release, Response, Theme
from models.theme import LIVE
from models.vocabulary import DecisionCode, DecisionState, ReleaseState
from portal.config import ZONE
from services import confirmations, decisions, orders, responses, tallies
from services.decisions import Target, stamp
from tests.journeys.consultation import Consultation, until

REVIEWERS = ("analis", "ketua", "penelaah")
TOP = 3
RAISED_BECAUSE = "Menyangkut keselamatan jiwa, walau yang menuliskannya belum banyak."
REASON = "Jadwal jaga dapat dimulai tahun ini dengan petugas yang sudah ada."
CHANGE = "Jadwal jaga tiap pompa ditempel di pintunya, dengan nomor yang dapat dihubungi."
BEFORE = "penanggung jawab yang namanya diumumkan di lokasi."
AFTER = (
    "Pompa, pintu air, dan tanggul dipantau dari satu pusat kendali. Setiap pompa memiliki catatan pemeliharaan, bahan "
    "bakar cadangan, jadwal jaga yang ditempel di pintunya, dan penanggung jawab yang namanya diumumkan di lokasi."
)
REFUSAL = "Kewenangannya ada di pemerintah provinsi, dan anggarannya tidak ada di kota."
OBJECTION = "Jadwal saja belum cukup, karena solarnya tetap habis tiap malam dan tidak ada yang mengisi."
REPLY = "Kami mencatat kekhawatiran ini; anggaran solar baru dapat dibahas pada perubahan anggaran."


def fix_scheme(walk: Consultation) -> None:
    """The leader settles what is asked before anybody scores: USG alone."""
    page = walk.desk("ketua", "/staff/scores")
    page.get_by_role("link", name="Buka skema").click()
    for box in page.locator("input[name^=weight-]").all():
        box.fill("")
    for box in page.locator("input[name=also]").all():
        box.uncheck()
    page.get_by_role("button", name="Simpan skema").click()
    page.get_by_role("button", name="Tetapkan skema ini").click()
    expect(page.get_by_text("Skema versi 1 ditetapkan")).to_be_visible()
    page.context.close()


def score(walk: Consultation) -> None:
    """Three people score the themes that stand first, each alone, by digits and Enter."""
    with walk.looking() as session:
        run_id = tallies.newest(session, walk.round_id)
        assert run_id is not None
        walk.facts["top"] = [place.theme_id for place in orders.first(session, run_id)[:TOP]]
    for who, digits in zip(REVIEWERS, ("543", "544", "432"), strict=True):
        page = walk.desk(who, "/staff/scores")
        for theme_id in walk.facts["top"]:
            page.goto(f"{walk.site.address}/staff/scores/themes/{theme_id}")
            expect(page.locator("[data-legend]")).to_be_visible()
            page.keyboard.type(digits)
            page.keyboard.press("Enter")
            page.wait_for_url(lambda url, here=theme_id: not url.endswith(f"/{here}"))
        page.goto(f"{walk.site.address}/staff/scores")
        assert page.get_by_role("link", name="Lihat hasilnya").count() == 0, "nobody sees values before they are open"
        page.get_by_role("button", name="Saya selesai menilai").click()
        expect(page.get_by_text("Anda menyatakan selesai")).to_be_visible()
        page.context.close()


def reveal(walk: Consultation) -> None:
    """The leader opens the values, and gives the last of them the first place with a reason."""
    page = walk.desk("ketua", "/staff/scores")
    page.get_by_role("button", name="Buka semua nilai untuk tim").click()
    page.goto(f"{walk.site.address}/staff/priorities?order=team")
    last = page.locator("ol.rank > li").nth(TOP - 1)
    name = last.get_by_role("heading").inner_text().split("\n")[0]
    last.get_by_role("link", name=re.compile("^Pindahkan dengan alasan")).click()
    page.get_by_label("Tempat yang baru").fill("1")
    page.get_by_role("button", name="Pindahkan").click()
    expect(page.get_by_role("link", name="Tulis alasannya.")).to_be_visible()
    page.get_by_label("Alasannya").fill(RAISED_BECAUSE)
    page.get_by_role("button", name="Pindahkan").click()
    first = page.locator("ol.rank > li").first
    expect(first.get_by_text(RAISED_BECAUSE)).to_be_visible()
    assert name.startswith(first.get_by_role("heading").inner_text().split("\n")[0][:12])
    page.context.close()


def decide(walk: Consultation) -> None:
    """The analyst takes the citizen's theme up and refuses another; the refusal waits for somebody else."""
    with walk.looking() as session:
        query = select(Theme.id).join(Finding, Finding.theme_id == Theme.id).where(Theme.state.in_(LIVE))
        query = query.where(Finding.run_id == tallies.newest(session, walk.round_id), Theme.id != walk.theme_id)
        themes = session.scalars(query.order_by(Finding.received, Theme.id)).all()
    walk.refused_id, walk.facts["others"] = themes[0], themes[1:]
    page = walk.desk("analis", _on(walk, walk.theme_id))
    _rule(page, "Diterima", {"Penjelasan": REASON, "Yang berubah": CHANGE, "Paragraf": "P-DIS-04", "Bunyi baru": AFTER})
    expect(page.locator(".ruled").get_by_text(REASON)).to_be_visible()
    page.goto(walk.site.address + _on(walk, walk.refused_id))
    page.get_by_label("Jenis alasan").select_option(index=1)
    _rule(page, "Tidak dapat diterima", {"Penjelasan": REFUSAL})
    expect(page.get_by_text("Anda yang menulisnya; orang lain yang menetapkannya.")).to_be_visible()
    assert page.get_by_role("button", name="Tetapkan", exact=True).count() == 0
    page.context.close()


def _on(walk: Consultation, theme_id: int) -> str:
    return f"/staff/decisions/on/{walk.round_id}/theme/{theme_id}"


def _rule(page: Page, code: str, said: dict[str, str]) -> None:
    page.get_by_role("group", name="Isi putusan").get_by_role("radio", name=code, exact=True).check()
    for label, text in said.items():
        page.locator(".ruling").get_by_label(label, exact=True).fill(text)
    page.get_by_role("button", name="Putuskan", exact=True).click()


def confirm(walk: Consultation) -> None:
    """A second person reads the refusal and confirms it."""
    page = walk.desk("penelaah", _on(walk, walk.refused_id))
    page.get_by_role("button", name="Tetapkan", exact=True).click()
    page.goto(walk.site.address + _on(walk, walk.refused_id))
    expect(page.locator(".ruled").get_by_text("Ditetapkan", exact=False).first).to_be_visible()
    page.context.close()
    with walk.looking() as session:
        row = session.scalars(select(Decision).where(Decision.theme_id == walk.refused_id)).one()
        assert (row.code, row.state) == (DecisionCode.NOT_ACCEPTED, DecisionState.CONFIRMED)
        assert row.confirmed_by == walk.people["penelaah"] != row.made_by


def decide_the_others(walk: Consultation) -> None:
    """The other themes, as the demonstration decides them; what refuses is confirmed by the reviewer."""
    with walk.working("analis") as (session, deed):
        for theme_id in walk.facts["others"]:
            facts = answering.facts_of(session.get_one(Theme, theme_id).code)
            said = answering.ruling(facts, date.today())
            decisions.decide(session, walk.round_id, [Target("theme", theme_id)], said, **deed)
    with walk.working("penelaah") as (session, deed):
        waiting = session.scalars(select(Decision).where(Decision.state == DecisionState.AWAITING)).all()
        confirmations.confirm(session, {row.id: stamp(row) for row in waiting}, **deed)


def answer(walk: Consultation) -> None:
    """A first wording of every answer is made; a person reads them and signs."""
    page = walk.desk("analis", "/staff/responses")
    page.get_by_role("button", name="Rancang jawaban untuk semua yang belum ada").click()
    boxes = page.locator("input[name=text]")
    for at in range(boxes.count()):
        boxes.nth(at).check()
    page.get_by_role("button", name="Tandatangani yang dicentang").click()
    page.context.close()
    with walk.working("ketua") as (session, deed):
        assert session.scalars(select(Response.id).where(Response.ready_at.is_not(None))).all()
        waiting = session.scalars(select(Response).where(Response.ready_at.is_(None))).all()
        responses.sign(session, {row.decision_id: responses.stamp(row) for row in waiting}, **deed)


def take_papers(walk: Consultation) -> None:
    """The matrix of answers and the decision paper are asked for, made by the worker, and opened."""
    matrix = load_workbook(io.BytesIO(_paper(walk, "X2", "xlsx"))).worksheets[0]
    head, *rows = [[str(cell or "") for cell in row] for row in matrix.values]
    row = next(row for row in rows if walk.receipt in row)
    assert REASON in " ".join(row) and AFTER in " ".join(row) and "P-DIS-04" in " ".join(row), head
    paper = Document(io.BytesIO(_paper(walk, "X5", "docx")))
    text = "\n".join(
        [p.text for p in paper.paragraphs] + [c.text for t in paper.tables for r in t.rows for c in r.cells]
    )
    with walk.looking() as session:
        names = [session.get_one(Theme, theme_id).label_id for theme_id in walk.facts["top"]]
    assert all(name in text for name in names) and RAISED_BECAUSE in text


def _paper(walk: Consultation, code: str, ending: str) -> bytes:
    page = walk.desk("analis", "/staff/exports")
    page.locator(f"#{code}").get_by_role("button", name=f".{ending}").click()
    page.wait_for_url(re.compile(r"/staff/exports/\d+$"))
    expect(page.get_by_role("button", name="Ambil berkas")).to_be_visible(timeout=120_000)
    with page.expect_download() as download:
        page.get_by_role("button", name="Ambil berkas").click()
    content = _content(download.value)
    page.context.close()
    return content


def _content(download: Download) -> bytes:
    return download.path().read_bytes()


def publish(walk: Consultation) -> None:
    """A release is prepared, made by the worker, approved by the leader, and let go by the one who minds the data."""
    page = walk.desk("analis", "/staff/releases/")
    page.get_by_label("Putaran").select_option(str(walk.round_id))
    page.get_by_label("Tampil mulai").fill(f"{datetime.now(ZONE):%Y-%m-%d}")
    page.get_by_label("Pukul (WIB)").fill("0")
    page.get_by_role("button", name="Siapkan terbitan").click()
    page.wait_for_url(re.compile(r"/staff/releases/\d+$"))
    walk.release_id = int(page.url.rsplit("/", 1)[1])
    page.context.close()
    until(lambda: _release(walk).digest, "the worker makes the pages")
    found = _release(walk)
    assert found.state is ReleaseState.PREPARED, found.leaks
    _press(walk, "ketua", "Sudah saya periksa, setujui")
    page = walk.desk("ketua", f"/staff/releases/{walk.release_id}")
    assert page.get_by_role("button", name="Terbitkan", exact=True).count() == 0, "the second is another person"
    page.context.close()
    _press(walk, "privasi", "Terbitkan")
    assert _release(walk).state is ReleaseState.RELEASED


def _release(walk: Consultation) -> Any:
    with walk.looking() as session:
        return session.get_one(Release, walk.release_id)


def _press(walk: Consultation, who: str, button: str) -> None:
    page = walk.desk(who, f"/staff/releases/{walk.release_id}")
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_role("button", name=button, exact=True)).to_have_count(0)
    page.context.close()


def read_results(walk: Consultation) -> None:
    """Anybody reads on a phone, without script: what was heard, what changes, and the open data."""
    page = walk.desk(None, "/hasil/", 360, java_script_enabled=False)
    page.get_by_role("main").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1, name="Apa yang kami dengar, dan apa yang berubah")).to_be_visible()
    walk.facts["results"] = urlsplit(page.url).path
    page.get_by_role("link", name="Apa yang berubah, dan apa yang tidak").click()
    expect(page.get_by_text(CHANGE).first).to_be_visible()
    expect(page.get_by_text(REFUSAL).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    data = page.request.get(f"{walk.site.address}{walk.facts['results']}data.csv").text()
    assert data.count("\n") > 640 and walk.receipt not in data
    page.context.close()


def read_answer(walk: Consultation) -> None:
    """With number and PIN the citizen sees the decision, the reason and the changed paragraph, and objects."""
    page = _news(walk)
    expect(page.get_by_text(REASON, exact=True)).to_be_visible()
    expect(page.get_by_text(CHANGE, exact=True)).to_be_visible()
    expect(page.locator(".tag.ok", has_text="Diterima").first).to_be_visible()
    assert BEFORE in " ".join(page.locator("del").all_inner_texts())
    assert "jadwal jaga yang ditempel di pintunya" in " ".join(page.locator("ins").all_inner_texts())
    expect(page.get_by_role("link", name="Baca paragraf P-DIS-04 di naskah")).to_be_visible()
    page.get_by_role("link", name="Tulis keberatan").click()
    page.get_by_label("Keberatan Anda").fill(OBJECTION)
    page.get_by_role("button", name="Kirim keberatan").click()
    expect(page.get_by_text("menunggu jawaban tim")).to_be_visible()
    page.context.close()


def _news(walk: Consultation) -> Page:
    page = walk.desk(None, f"/masukan/status?nomor={walk.receipt}", 360, java_script_enabled=False)
    page.get_by_label("PIN", exact=True).fill(walk.pin)
    page.get_by_role("button", name="Lihat kabar").click()
    return page


def let_dissent_stand(walk: Consultation) -> None:
    """The team answers the objection and lets the dissent stand; the next release prints it."""
    page = walk.desk("analis", "/staff/objections")
    page.locator(".cards h2 a").first.click()
    expect(page.get_by_text(OBJECTION).first).to_be_visible()
    page.get_by_role("radio", name="Tetap berbeda pendapat").check()
    page.get_by_label("Jawaban tim").fill(REPLY)
    page.get_by_role("button", name="Simpan", exact=True).click()
    page.context.close()
    publish(walk)
    page = walk.desk(None, walk.facts["results"] + "perubahan", 360, java_script_enabled=False)
    annex = page.locator("section", has=page.get_by_role("heading", name="Catatan perbedaan pendapat"))
    expect(annex.get_by_text(OBJECTION)).to_be_visible()
    expect(annex.get_by_text(REPLY)).to_be_visible()
    page.context.close()
    page = _news(walk)
    expect(page.get_by_text(REPLY)).to_be_visible()
    page.context.close()
