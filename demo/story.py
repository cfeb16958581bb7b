"""`python -m demo.story`: lives the first round of the demonstration through the services, from opening to answers.

Each step is one transaction, kept in the data folder, so that it goes on where it stopped.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from demo import generator, screening, weighing
from demo.past import PUBLISHED_AGO, REPLY_DAYS, State, person, times
from models import Release
from models.engine import open_engine
from models.vocabulary import ReleaseState
from services import consultations, drafts, imports, plans, receipts, releases, responses, runs, submissions, tallies
from services.consultations import TEXTS, Terms

SEED, SIZE, PREFIX = 2026, "kota", "A"
ROOT = Path(__file__).resolve().parent.parent
TITLES = {"title_id": "Penjaringan gagasan awal", "title_en": "Gathering the first ideas"}
VOICE = (
    "Rob masih masuk rumah tiap sore walau tidak hujan, pompa di RW kami sering mati karena solarnya habis. "
    "Tolong ada jadwal jaga pompa yang ditempel di rumah pompa."
)
PATIENCE, LOOK = 240, 1.0


class Story:
    """One telling: the data folder, its database, the clock, and what is known so far."""

    def __init__(self, data: Path, now: datetime, size: str = SIZE) -> None:
        self.data, self.now, self.size, self.state = data, now, size, State.read(data)
        self.engine = open_engine(f"sqlite:///{data / 'urun.db'}")
        with self.looking() as session:
            self.city = plans.city(session)
            self.zone = ZoneInfo(self.city["city"]["timezone"])
            # who goes on another day goes on with the days of the first
            begun = self.state.facts.get("now")
            self.now = datetime.fromisoformat(begun) if begun else now
            self.times = times(session, self.now, self.zone, self.state.facts.get("closes"))
        self.state.facts |= {"now": self.now.isoformat(), "closes": self.times.closes.isoformat()}

    @property
    def round_id(self) -> int:
        """The first round."""
        return int(self.state.facts["round_id"])

    def looking(self) -> Session:
        """A session that only reads."""
        return Session(self.engine.execution_options(reading=True))

    def rows(self) -> list[generator.Row]:
        """What people sent to it."""
        return generator.rows(self.size, SEED, self.times.opens, self.times.closes, PREFIX)

    def child(self, *words: str) -> None:
        """Run a part of the site in a process of its own."""
        environ = os.environ | {"DATA": str(self.data)}
        subprocess.run([sys.executable, "-m", *words], cwd=ROOT, env=environ, check=True, stdout=subprocess.DEVNULL)


def begin(story: Story, session: Session) -> None:
    """The round is opened by the leader."""
    last = consultations.last_terms(session, zone=story.zone)
    assert last is not None
    texts = {name: last.texts[name] for name in TEXTS} | TITLES
    closes = story.times.closes
    wanted = Terms(story.times.opens, closes, closes + timedelta(days=45), last.level, texts)
    actor, now = person(session, "ketua"), story.times.before
    story.state.facts["round_id"] = consultations.begin(session, wanted, zone=story.zone, now=now, actor_id=actor)


def receive(story: Story, session: Session) -> None:
    """640 submissions come in, and one whose receipt and PIN the page of the demonstration shows."""
    path, prefix = story.data / "demo-story.csv", story.city["city"]["receipt_prefix"]
    generator.write(path, story.rows())
    try:
        now = story.times.after(1)
        report = imports.import_submissions(session, path, round_id=story.round_id, prefix=prefix, now=now)
    finally:
        path.unlink()
    assert not report.errors, report.errors[:3]
    sent = submissions.Draft(text=VOICE, topic="rob-dan-banjir", condition=1, importance=4, area="krapyak")
    key, now = receipts.new_key(), story.times.after(-9) + timedelta(hours=10)
    slip = submissions.receive(session, sent, round_id=story.round_id, prefix=prefix, key=key, now=now)
    story.state.facts |= {"receipt": slip.number, "pin": slip.pin}


def read(story: Story) -> None:
    """The analysis reads the round, unless the site's worker was quicker."""
    until = time.monotonic() + PATIENCE
    while not _is_read(story):
        if time.monotonic() > until:
            raise TimeoutError("the first round was not read")
        story.child("portal.worker", "--once")
        time.sleep(LOOK)


def _is_read(story: Story) -> bool:
    with story.looking() as session:
        is_due = runs.is_due(session, story.round_id, now=datetime.now(UTC))
        return tallies.newest(session, story.round_id) is not None and not is_due


def respond(story: Story, session: Session) -> None:
    """Every decision gets its public text, and the leader signs it."""
    analyst, lead = person(session, "analis"), person(session, "ketua")
    while responses.draft(session, story.round_id, actor_id=analyst, now=story.times.after(15)):
        pass
    weighing.translate(session, story.round_id, actor_id=analyst, now=story.times.after(16))
    weighing.sign(session, story.round_id, actor_id=lead, now=story.times.after(17))


def prepare(story: Story, session: Session) -> None:
    """A release is asked for; its pages are made in the next step, by a process of its own."""
    now = story.now - timedelta(days=PUBLISHED_AGO + 1)
    wanted = releases.Terms(
        publish_at=story.now - timedelta(days=PUBLISHED_AGO),
        replies_until=story.now + timedelta(days=REPLY_DAYS - PUBLISHED_AGO),
    )
    actor = person(session, "analis")
    story.state.facts["release"] = releases.prepare(session, story.round_id, wanted, actor_id=actor, now=now)


def print_pages(story: Story) -> None:
    """The pages of the release are made and scanned."""
    release_id = int(story.state.facts["release"])
    with story.looking() as session:
        is_waiting = release_id in releases.waiting(session)
    if is_waiting:
        story.child("portal.releasing", str(release_id))


def release(story: Story, session: Session) -> None:
    """Two persons let it go: the leader and the one who minds people's data."""
    release_id, now = int(story.state.facts["release"]), story.now - timedelta(days=PUBLISHED_AGO)
    found = session.get_one(Release, release_id)
    if found.state is ReleaseState.BLOCKED:
        raise RuntimeError(f"the gate stops the release: {found.leaks[:3]}")
    releases.approve(session, release_id, actor_id=person(session, "ketua"), now=now - timedelta(hours=3))
    releases.release(session, release_id, actor_id=person(session, "privasi"), now=now)
    responses.hand_out(session, release_id)


def revise(story: Story, session: Session) -> None:
    """The draft is written anew after the answers, and published: comments on the first version follow it."""
    content = (ROOT / "demo" / "draft-masterplan-2.md").read_bytes()
    actor, now = person(session, "analis"), story.now - timedelta(days=1)
    draft_id = drafts.take(session, content, name="draft-masterplan-2.md", now=now, actor_id=actor)
    drafts.publish(session, draft_id, now=now, actor_id=actor)


# What needs a process of its own holds no transaction meanwhile.
ALONE = (read, print_pages)
STEPS: tuple[tuple[str, Callable[..., None]], ...] = (
    ("round opened", begin),
    ("submissions received", receive),
    ("sendings without content set aside", screening.set_aside),
    ("texts read into themes", read),
    ("points screened", screening.screen),
    ("personal data covered", screening.redact),
    ("complaints handed over", screening.hand_over),
    ("themes scored by three persons", weighing.score),
    ("decisions made", weighing.decide),
    ("refusals confirmed by a second person", weighing.confirm),
    ("answers written and signed", respond),
    ("release asked for", prepare),
    ("pages of the release made", print_pages),
    ("release let go by two persons", release),
    ("open round scored by two of three", weighing.open_scoring),
    ("second version of the draft published", revise),
)


def tell(data: Path, now: datetime, *, size: str = SIZE, say: Callable[[str], None] = print) -> State:
    """Do the steps that are still to be done."""
    story = Story(data, now, size)
    state = story.state
    state.steps = len(STEPS)
    for number, (name, step) in enumerate(STEPS[state.done :], start=state.done + 1):
        started = time.process_time()
        if step in ALONE:
            step(story)
        else:
            with Session(story.engine) as session, session.begin():
                step(story, session)
        state.done, state.is_told = number, number == len(STEPS)
        state.write()
        say(f"demo {number}/{len(STEPS)}: {name} ({time.process_time() - started:.1f} s)")
    story.engine.dispose()
    return state


def main(arguments: Sequence[str] | None = None) -> int:
    """Live the demonstration's first round through, in the data folder that DATA names; go on where it stopped."""
    parser = argparse.ArgumentParser(prog="python -m demo.story", description=main.__doc__)
    parser.add_argument("--nice", type=int, default=0, metavar="N", help="let other processes go first by so much")
    os.nice(parser.parse_args(arguments).nice)
    data = Path(os.environ.get("DATA") or ROOT / "instance").absolute()
    if not (data / "demo-loaded").exists():
        print("This data folder holds no demonstration. Run `flask --app app init` with DEMO=1 first.", file=sys.stderr)
        return 2
    if State.read(data).is_told:
        return 0
    facts = tell(data, datetime.now(UTC), say=lambda line: print(line, flush=True)).facts
    print(f"A published answer: number {facts['receipt']}, PIN {facts['pin']}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
