"""One consultation through the desks, from a file of submissions to the team's order: each step as a person does it."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from demo import generator
from models import Finding, Person, Point, Reading, Submission, Theme, Triage
from models.engine import open_engine
from models.vocabulary import Stage, ThemeState
from services import imports, marks, redactions, rounds, runs
from tests.journeys.site import Site, sign_in

VOICE = (
    "Rob masuk rumah kami setiap sore walau tidak hujan, dan rumah pompa di ujung gang sering mati karena solarnya "
    "habis. Tolong jadwal jaga pompanya ditempel di pintu rumah pompa supaya kami tahu siapa yang dihubungi."
)
# Two things of which neither the codebook nor anybody else speaks, said by a dozen each.
BEYOND = (
    ("kuburan", "pemakaman nisan peziarah jenazah lahat keranda"),
    ("kucing", "beranak disteril rabies garong mengeong betina"),
)
JUDGED = {"Terima tema ini": ThemeState.ACTIVE, "Tolak": ThemeState.REFUSED}
PATIENCE = 120.0  # for a machine that is busy with other tests; what is waited for takes seconds


@dataclass
class Consultation:
    """The site, the browser, and what the steps so far have made known."""

    site: Site
    browser: Browser
    data: Path
    receipt: str = ""
    pin: str = ""
    point_id: int = 0
    theme_id: int = 0
    refused_id: int = 0
    release_id: int = 0
    facts: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.engine = open_engine(f"sqlite:///{self.data / 'urun.db'}")
        with self.looking() as session:
            rows = session.execute(select(Person.email, Person.id))
            self.people = {email.partition("@")[0]: number for email, number in rows}

    @contextmanager
    def looking(self) -> Iterator[Session]:
        """The database as it stands, without a lock."""
        with Session(self.engine.execution_options(reading=True)) as session:
            yield session

    @contextmanager
    def working(self, who: str) -> Iterator[tuple[Session, dict[str, Any]]]:
        """One transaction of somebody, for what is long and mechanical."""
        with Session(self.engine) as session, session.begin():
            yield session, {"actor_id": self.people[who], "now": datetime.now(UTC)}

    @property
    def round_id(self) -> int:
        with self.looking() as session:
            return session.scalars(select(Submission.round_id).where(Submission.receipt_no == self.receipt)).one()

    def desk(self, who: str | None, path: str, width: int = 1280, **more: Any) -> Page:
        """A page of somebody at an address; the cookies of an earlier sign-in serve with and without script."""
        if who and who not in self.site.signed_in:
            first = self.site.page(self.browser)
            sign_in(first, self.site, who)
            self.site.signed_in[who] = first.context.storage_state()
            first.context.close()
        page = self.site.page(self.browser, who, width, **more)
        page.goto(self.site.address + path)
        return page


def until(is_so: Callable[[], Any], what: str) -> Any:
    """Ask again until it is so."""
    deadline = time.monotonic() + PATIENCE
    while not (found := is_so()):
        assert time.monotonic() < deadline, what
        time.sleep(0.2)
    return found


def bring(walk: Consultation, folder: Path) -> None:
    """The analyst brings the file of 640 to the desk, looks at what was guessed of its columns, and takes its rows."""
    today = date.today()
    file = folder / "kota.csv"
    generator.write(file, generator.rows("kota", 7, today - timedelta(days=20), today - timedelta(days=1), "K"))
    page = walk.desk("analis", "/staff/imports/")
    page.get_by_label("Berkas masukan").set_input_files(file)
    page.get_by_role("button", name="Baca berkas").click()
    expect(page.get_by_role("heading", level=1, name="kota.csv")).to_be_visible()
    assert page.get_by_role("definition").all_inner_texts()[:2] == ["640", "0"]
    expect(page.get_by_role("combobox", name="text", exact=True)).to_have_value("text")
    page.get_by_role("button", name="Muat barisnya").click()
    until(lambda: _is_taken(page), "the rows are taken")
    assert page.get_by_role("definition").all_inner_texts() == ["640", "0", "0"]
    page.context.close()


def _is_taken(page: Page) -> bool:
    again = page.get_by_role("link", name="Muat ulang")
    if again.count():
        again.click()
    return page.get_by_text("Sudah dimuat").count() > 0


def bring_more(walk: Consultation, folder: Path) -> None:
    """A small file of what the codebook does not know comes in beside it."""
    said = [
        f"{about} {' '.join(three)}" for about, words in BEYOND for three in list(combinations(words.split(), 3))[:12]
    ]
    file = folder / "rapat.csv"
    file.write_text("id,text\n" + "".join(f'M-{n:03},"{text}"\n' for n, text in enumerate(said, start=1)))
    with walk.working("analis") as (session, deed):
        round_id = rounds.current(session, now=deed["now"])[0]
        report = imports.import_submissions(session, file, round_id=round_id, prefix="PKL", now=deed["now"])
        assert (report.added, report.errors) == (24, [])


def write(walk: Consultation) -> None:
    """A citizen writes on a phone and keeps number and PIN."""
    page = walk.desk(None, "/masukan/baru", 360)
    page.get_by_role("textbox", name="Ceritakan masalah atau usul Anda").fill(VOICE)
    page.get_by_label("Di kelurahan mana?").select_option("krapyak")
    page.get_by_role("button", name="Kirim masukan").click()
    expect(page).to_have_url(re.compile("/tanda-terima"))
    walk.receipt, walk.pin = page.locator("#receipt-no").inner_text(), page.locator("#receipt-pin").inner_text()
    page.context.close()


def wait_until_read(walk: Consultation) -> None:
    """The worker reads all of it by itself; then everything stands in the inbox."""
    until(lambda: _is_read(walk), "the worker reads the round")
    with walk.looking() as session:
        rows = select(Point.id, Reading.theme_id).join(Submission).join(Reading, Reading.point_id == Point.id)
        walk.point_id, walk.theme_id = session.execute(rows.where(Submission.receipt_no == walk.receipt)).one()
        triaged = select(func.count()).select_from(Triage).where(Triage.round_id == walk.round_id)
        assert (session.scalar(triaged) or 0) > 640
    assert walk.theme_id


def _is_read(walk: Consultation) -> bool:
    with walk.looking() as session:
        round_id = session.scalar(select(Submission.round_id).where(Submission.receipt_no == walk.receipt))
        assert round_id is not None
        is_due = runs.is_due(session, round_id, now=datetime.now(UTC))
        unread = select(func.count()).select_from(Point).outerjoin(Reading, Reading.point_id == Point.id)
        unread = unread.join(Submission).where(Submission.round_id == round_id, Reading.point_id.is_(None))
        seen = select(Triage.point_id).join(Point).join(Submission).where(Submission.receipt_no == walk.receipt)
        return not is_due and not session.scalar(unread) and session.scalar(seen) is not None


def screen_with_keys(walk: Consultation, times: int = 4) -> None:
    """The verifier opens the first that waits, takes the suggestions over, says its nature, goes on: all by keys."""
    page = walk.desk("verifikator", "/staff/inbox?stage=arrived")
    page.locator("[data-row]").first.get_by_role("link").first.click()
    expect(page.locator("html")).to_have_class(re.compile("keys"))  # until its script is there a key does nothing
    page.keyboard.press("a")
    expect(page.locator("[aria-labelledby=line-dimension] [aria-pressed=true]")).to_have_count(1)
    nature = page.locator("[aria-labelledby=line-nature] button").last
    page.keyboard.type(nature.get_attribute("data-key") or "")
    expect(nature).to_have_attribute("aria-pressed", "true")
    for _ in range(times):
        expect(page.locator("html")).to_have_class(re.compile("keys"))
        number = page.locator("h1").inner_text()
        page.keyboard.press("s")
        expect(page.locator("h1")).not_to_have_text(number)
    page.context.close()
    assert _screened(walk) == times


def _screened(walk: Consultation) -> int:
    with walk.looking() as session:
        query = select(func.count()).select_from(Triage).where(Triage.stage == Stage.SCREENED)
        return session.scalar(query) or 0


def screen_with_buttons(walk: Consultation, times: int = 2) -> None:
    """The same without script, by the buttons that carry the keys."""
    before = _screened(walk)
    page = walk.desk("verifikator", "/staff/inbox?stage=arrived", java_script_enabled=False)
    page.locator("[data-row]").first.get_by_role("link").first.click()
    for _ in range(times):
        page.get_by_role("button", name="Terima saran yang belum dijawab").click()
        page.get_by_role("button", name=re.compile("^Sudah disaring, lanjut")).click()
    page.context.close()
    assert _screened(walk) == before + times


def redact(walk: Consultation) -> None:
    """What points to nobody is let out in bulk; the citizen's own words are read and let out one by one."""
    page = walk.desk("verifikator", "/staff/inbox", java_script_enabled=False)
    boxes = page.locator("input[name=points]")
    for at in range(boxes.count()):
        boxes.nth(at).check()
    page.get_by_role("button", name=re.compile("^Teksnya boleh diumumkan")).click()
    assert page.get_by_text("teks umum siap").count() >= 10
    page.goto(f"{walk.site.address}/staff/inbox/{walk.point_id}")
    if page.get_by_role("button", name=re.compile("^Sudah saya baca, boleh diumumkan")).count():
        page.get_by_role("button", name=re.compile("^Sudah saya baca, boleh diumumkan")).click()
    expect(page.locator(".tags").get_by_text("teks umum siap")).to_be_visible()
    page.context.close()
    with walk.working("verifikator") as (session, deed):  # the hundreds behind
        waiting = session.scalars(select(Triage.point_id).where(Triage.redacted_at.is_(None))).all()
        redactions.confirm_plain(session, waiting, **deed)


def judge_themes(walk: Consultation) -> None:
    """The analyst accepts one theme that the machine proposes and refuses another."""
    with walk.looking() as session:
        query = select(Theme.id).join(Finding, Finding.theme_id == Theme.id).where(Theme.state == ThemeState.PROPOSED)
        proposed = session.scalars(query.order_by(Finding.received.desc()).distinct()).all()
    page = walk.desk("analis", "/staff/")
    expect(page.get_by_text("usulan mesin").first).to_be_visible()
    for theme_id, (button, state) in zip(proposed, JUDGED.items(), strict=False):
        page.goto(f"{walk.site.address}/staff/themes/{theme_id}")
        page.get_by_role("button", name=button).click()
        with walk.looking() as session:
            assert session.get_one(Theme, theme_id).state is state
    page.context.close()
    assert len(proposed) >= 2


def see_campaign(walk: Consultation) -> None:
    """What many sent alike stands as one text, with how many sendings and people there were."""
    page = walk.desk("analis", "/staff/")
    section = page.locator("section", has=page.get_by_role("heading", name="Kiriman yang hampir sama"))
    card = section.get_by_role("listitem").filter(has_text="insinerator").first
    told = re.search(r"(\d+) kiriman, ([\d–]+) orang", card.inner_text())
    assert told and int(told[1]) >= 20
    page.context.close()


def hold(walk: Consultation) -> None:
    """The analyst holds the citizen's point where it stands and moves two others, and none of them is moved again."""
    with walk.working("analis") as (session, deed):
        elsewhere = select(Reading.point_id).where(Reading.theme_id != walk.theme_id).order_by(Reading.point_id)
        marks.pin(session, [walk.point_id], **deed)
        marks.move(session, session.scalars(elsewhere.limit(2)).all(), walk.theme_id, **deed)
