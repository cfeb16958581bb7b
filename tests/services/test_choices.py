"""What the plan lets people choose from: current rows alone, in the order and the language of whoever reads."""

from sqlalchemy import select

from models import Area, Topic
from services import choices, plans


def test_topics_stand_under_the_plain_names_of_their_dimensions(session):
    groups = choices.topic_groups(session)
    assert len(groups) == 7 and groups[0].label == "Usaha dan kerja"
    assert choices.topic_groups(session, "en")[0].label == "Business and work"
    assert all(group.topics and group.keywords for group in groups)


def test_what_left_the_plan_is_not_offered(session):
    topic = session.scalars(select(Topic).where(Topic.slug == "parkir")).one()
    area = session.scalars(select(Area).where(Area.kind == "kelurahan").order_by(Area.name)).first()
    topic.is_current = area.is_current = False
    session.flush()
    assert "parkir" not in {topic.slug for group in choices.topic_groups(session) for topic in group.topics}
    assert area.code not in {choice.code for choice in choices.kelurahan(session)}


def test_every_kind_of_word_that_was_asked_for_is_there_by_name(session):
    found = choices.terms(session, ("affected", "tak-ada"))
    labels = [choice.label for choice in found["affected"]]
    assert labels and labels == sorted(labels) and found["tak-ada"] == ()


def test_a_consent_is_asked_in_its_newest_wording(session):
    settings = plans.city(session)
    newest = {row["purpose"]: row["version"] for row in settings["consents"]}
    found = choices.wordings(settings, "en")
    assert {purpose: wording.version for purpose, wording in found.items()} == newest
    assert choices.wordings({}) == {}
