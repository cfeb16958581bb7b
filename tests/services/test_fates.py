"""Fates: over any number of versions every comment has one place and one state, and what a person said of it holds."""

import random
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from models import Draft, Fate, Paragraph, Point
from models.vocabulary import CommentState, FateState
from services import comments, descents, drafts, fates, paragraphs
from services.errors import NotFound, NotThisState
from tests.services.conftest import ROOT
from tests.services.factories import academic, call, draft, key, said

ROB = "Tanggul laut di pesisir utara ditinggikan dua meter sebelum musim rob berikutnya."
PASAR = "Pasar rakyat dilengkapi pencatatan retribusi elektronik dan tempat sampah."
POMPA = "Setiap rumah pompa dijaga petugas bergilir dan bahan bakarnya dicatat setiap hari."
BATIK = "Perajin batik memperoleh pelatihan pewarna alami dan pengolahan limbah bersama."
WORDS = re.findall(r"\w+", (ROOT / "demo" / "draft-masterplan.md").read_text(encoding="utf-8").lower())


def version(session, *texts, **more):
    return draft(session, "\n\n".join(texts), **more)


def ids(session, draft_id):
    return list(session.scalars(select(Paragraph.id).where(Paragraph.draft_id == draft_id).order_by(Paragraph.id)))


@pytest.fixture
def comment(session, round_id, now):
    author = academic(session)
    return lambda paragraph_id: comments.add(
        session, author, paragraph_id, said(), call=call(round_id), key=key(), now=now
    )


def states(session, draft_id):
    return [
        (fate.state, fate.heir_id)
        for fate in session.scalars(select(Fate).where(Fate.draft_id == draft_id).order_by(Fate.paragraph_id))
    ]


def test_each_paragraph_of_the_version_before_has_a_fate_and_its_line_goes_on(session):
    first = version(session, ROB, PASAR, POMPA)
    second = version(session, POMPA, ROB.replace("dua", "tiga"), BATIK)
    olds, news = ids(session, first), ids(session, second)
    assert states(session, second) == [
        (FateState.MOVED, news[1]),
        (FateState.REMOVED, None),
        (FateState.SAME, news[0]),
    ]
    lines = dict(session.execute(select(Paragraph.id, Paragraph.lineage_id)).all())
    assert [lines[n] for n in olds] == olds
    assert [lines[n] for n in news] == [olds[2], olds[0], news[2]]
    assert fates.tally(session, second).added == 1


def test_over_three_versions_the_gravest_change_counts_and_what_is_gone_stays_gone(session, comment):
    first = version(session, ROB, PASAR, POMPA)
    on_rob, on_pasar, on_pompa = (comment(n) for n in ids(session, first))
    version(session, ROB.replace("dua", "tiga"), POMPA)
    third = version(session, ROB.replace("dua", "tiga"), POMPA, PASAR)
    found = comments.on(session, third, ids(session, third), is_team=True)
    shown = {c.id: c.state for said_on in found.values() for c in said_on}
    assert shown == {on_rob: CommentState.CHANGED, on_pompa: CommentState.APPLIES}
    assert [c.id for c in comments.lost(session, third)] == [on_pasar]
    assert fates.tally(session, third).comments == {
        CommentState.APPLIES: 1,
        CommentState.CHANGED: 1,
        CommentState.REMOVED: 1,
    }


def test_a_person_corrects_what_became_of_a_paragraph_and_older_versions_follow(session, comment, now):
    first = version(session, ROB, PASAR)
    on_pasar = comment(ids(session, first)[1])
    second = version(session, ROB, PASAR.replace("Pasar rakyat", "Pasar"))
    third = version(session, ROB, BATIK)
    (fate,) = session.scalars(
        select(Fate).where(Fate.draft_id == third, Fate.paragraph_id == ids(session, second)[1])
    ).all()
    assert fate.state is FateState.REMOVED and [c.id for c in comments.lost(session, third)] == [on_pasar]
    descents.correct(session, fate.id, ids(session, third)[1], now=now)
    (shown,) = comments.on(session, third, [ids(session, third)[1]], is_team=True)[ids(session, third)[1]]
    assert (shown.id, shown.state) == (on_pasar, CommentState.CHANGED)
    assert comments.lost(session, third) == []
    assert session.get_one(Paragraph, ids(session, third)[1]).lineage_id == ids(session, first)[1]
    descents.correct(session, fate.id, None, now=now)
    assert [c.id for c in comments.lost(session, third)] == [on_pasar]
    assert session.get_one(Paragraph, ids(session, third)[1]).lineage_id == ids(session, third)[1]


def test_only_paragraphs_of_the_two_versions_can_be_named(session, now):
    first = version(session, ROB, PASAR)
    version(session, ROB, PASAR.replace("Pasar rakyat", "Pasar"))
    third = version(session, ROB, BATIK)
    older, direct = (
        session.scalar(select(Fate.id).join(Paragraph, Paragraph.id == Fate.paragraph_id)
                       .where(Fate.draft_id == third, Paragraph.draft_id == n).limit(1))
        for n in (first, first + 1)
    )  # fmt: skip
    with pytest.raises(NotThisState):
        descents.correct(session, older, None, now=now)
    for fate_id, heir_id in ((direct, ids(session, first)[0]), (direct, 999_999), (999_999, None)):
        with pytest.raises(NotFound):
            descents.correct(session, fate_id, heir_id, now=now)


def test_what_is_not_sure_is_listed_until_it_is_confirmed(session, now):
    version(session, ROB, PASAR)
    second = version(session, ROB, "Pasar rakyat dibangun ulang dengan retribusi elektronik bagi semua pedagang.")
    every = fates.doubts(session, second, every=True)
    assert [d.state for d in every][0] is FateState.SAME and len(every) == 2
    unsure = fates.doubts(session, second)
    assert fates.tally(session, second).unsure == len(unsure)
    for doubt in every:
        assert fates.confirm(session, second, [doubt.id], now=now) == 1
    assert fates.confirm(session, second, [d.id for d in every], now=now) == 0
    assert fates.doubts(session, second) == [] and fates.tally(session, second).unsure == 0


def test_a_version_published_in_between_is_the_one_that_is_compared_with(session, now):
    version(session, ROB, PASAR)
    later = version(session, ROB, BATIK, is_published=False)
    assert session.get_one(Draft, later).base_id == 1
    drafts.discard(session, version(session, POMPA, is_published=False), now=now)
    assert session.scalar(select(func.count(Fate.id)).where(Fate.draft_id == later + 1)) == 0
    drafts.publish(session, later, now=now)
    third = version(session, ROB, PASAR, BATIK)
    assert session.get_one(Draft, third).base_id == later


def test_what_was_read_before_another_version_was_published_is_compared_anew(session, comment, now):
    first = version(session, ROB, PASAR)
    late = version(session, ROB, PASAR, POMPA, is_published=False)
    early = session.get_one(Draft, version(session, ROB, BATIK, is_published=False))
    early.number, session.get_one(Draft, late).number = 90, 91
    drafts.publish(session, early.id, now=now)
    on_rob = comment(ids(session, early.id)[0])
    drafts.publish(session, late, now=now)
    assert session.get_one(Draft, late).base_id == early.id
    found = comments.on(session, late, ids(session, late), is_team=True)
    assert [c.id for said_on in found.values() for c in said_on] == [on_rob]
    assert session.scalar(select(func.count(Fate.id)).where(Fate.draft_id == late)) == 2 * len(ids(session, first))


def test_a_version_published_late_stands_between_those_around_it_and_keeps_its_comments(session, comment, now):
    first = version(session, ROB, PASAR)
    late = version(session, ROB, PASAR, POMPA, is_published=False)
    third = version(session, ROB, PASAR.replace("Pasar rakyat", "Pasar"), POMPA)
    fourth = version(session, ROB, POMPA)
    assert session.get_one(Draft, third).base_id == first
    drafts.publish(session, late, now=now)
    assert session.get_one(Draft, third).base_id == late
    said = [comment(number) for number in ids(session, late)]
    found = comments.on(session, fourth, ids(session, fourth), is_team=True)
    assert [c.id for said_on in found.values() for c in said_on] == [said[0], said[2]]
    assert [c.id for c in comments.lost(session, fourth)] == [said[1]]
    older = select(Paragraph.draft_id, func.count(Fate.id)).join(Fate, Fate.paragraph_id == Paragraph.id)
    counted = session.execute(older.where(Fate.draft_id == fourth).group_by(Paragraph.draft_id))
    assert dict(counted.all()) == {first: 2, late: 3, third: 3}


EDITS = st.lists(
    st.tuples(st.sampled_from(("delete", "move", "split", "merge", "reword", "insert")), st.integers(0, 10**6)),
    max_size=12,
)


def edited(texts, edits):
    """The texts after an edit script, each edit at a place that its number names."""
    texts = list(texts)
    for deed, number in edits:
        rng = random.Random(number)
        at = rng.randrange(len(texts))
        words = texts[at].split()
        if deed == "delete" and len(texts) > 1:
            del texts[at]
        elif deed == "move":
            texts.insert(rng.randrange(len(texts)), texts.pop(at))
        elif deed == "split" and len(words) > 8:
            texts[at : at + 1] = [" ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])]
        elif deed == "merge" and at + 1 < len(texts):
            texts[at : at + 2] = [f"{texts[at]} {texts[at + 1]}"]
        elif deed == "reword":
            texts[at] = " ".join(rng.choice(WORDS) if rng.random() < 0.3 else w for w in words)
        elif deed == "insert":
            texts.insert(at, " ".join(rng.choices(WORDS, k=15)))
    return texts


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(scripts=st.lists(EDITS, min_size=1, max_size=3))
def test_whatever_is_edited_every_comment_is_there_once_in_every_version(session, comment, scripts):
    with session.begin_nested() as savepoint:
        texts = [ROB, PASAR, POMPA, BATIK]
        first = version(session, *texts)
        for number in ids(session, first):
            comment(number)
        newest = first
        for script in scripts:
            texts = edited(texts, script)
            newest = version(session, *texts, f"Versi {newest}")
            comment(ids(session, newest)[-1])
        everything = session.scalar(select(func.count(Point.id)))
        shown = [
            c.id for found in comments.on(session, newest, ids(session, newest), is_team=True).values() for c in found
        ]
        gone = [c.id for c in comments.lost(session, newest)]
        assert len(shown) + len(gone) == len({*shown, *gone}) == everything
        assert sum(fates.tally(session, newest).comments.values()) == everything - 1
        lines = session.scalars(select(Paragraph.lineage_id).where(Paragraph.draft_id == newest)).all()
        assert len(set(lines)) == len(lines) == len(paragraphs.chapter(session, newest, 1))
        savepoint.rollback()
