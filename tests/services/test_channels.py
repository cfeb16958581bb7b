"""Channels compared: the table adds up, the lengths are medians, and a filter shows what is behind a number."""

from sqlalchemy import select

from models import Submission
from models.vocabulary import Channel
from services import channels, originals, priorities


def compare(session, run_id):
    return channels.compare(session, run_id, priorities.dimensions(session))


def test_the_table_counts_every_point_once(session, run_id):
    found = compare(session, run_id)
    assert len(found.columns) == len(Channel)
    totals = [sum(column) for column in zip(*found.counts, strict=True)]
    assert totals == [one.texts for one in found.lengths]
    assert str(sum(totals)) in found.finding and found.svg.startswith("<svg")


def test_a_filter_by_channel_shows_what_is_behind_the_number(session, run_id):
    found = compare(session, run_id)
    for one in found.lengths:
        shown, _cursor = originals.behind(session, channel=one.code)
        assert len(shown) == min(one.texts, originals.PAGE)
        assert (one.median_words is None) == (one.texts == 0)


def test_the_longest_median_is_the_full_bar(session, run_id):
    found = compare(session, run_id)
    assert found.longest == max(one.median_words for one in found.lengths if one.median_words)


def test_forms_and_chats_have_columns_of_their_own(session, run_id):
    first, second = session.scalars(select(Submission).order_by(Submission.id).limit(2))
    first.channel, second.channel = Channel.ONLINE_FORM, Channel.CHAT
    session.flush()
    found = compare(session, run_id)
    assert ("online_form", "formulir daring") in found.columns and ("chat", "WhatsApp") in found.columns
    assert {one.code: one.texts for one in found.lengths if one.code in ("online_form", "chat")} == {
        "online_form": 1,
        "chat": 1,
    }
