"""Looking for a topic: by its name or its field first, by a cue word of its field where no name fits."""

from types import SimpleNamespace

import pytest

from forms.topics import narrow


def group(code, label, keywords, *slugs):
    topics = [SimpleNamespace(slug=slug, label=slug.replace("-", " ").capitalize()) for slug in slugs]
    return SimpleNamespace(code=code, label=label, keywords=keywords, topics=topics)


GROUPS = [
    group("ENV", "Lingkungan", ("got", "comberan"), "sampah", "sungai-dan-selokan"),
    group("DIS", "Rob dan bencana", ("air pasang",), "rob-dan-banjir", "tanah-turun"),
]


def found(wanted, keep=None):
    return [topic.slug for group in narrow(GROUPS, wanted, keep=keep) for topic in group.topics]


ALL = ["sampah", "sungai-dan-selokan", "rob-dan-banjir", "tanah-turun"]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("", ALL),
        ("   ", ALL),
        ("SAMPAH", ["sampah"]),
        ("selok", ["sungai-dan-selokan"]),
        ("bencana turun", ["tanah-turun"]),
        ("lingkungan", ["sampah", "sungai-dan-selokan"]),
        ("comberan", ["sampah", "sungai-dan-selokan"]),
        ("pasang air", ["rob-dan-banjir", "tanah-turun"]),
        ("angkasa", []),
        ("sampah angkasa", []),
        ("%_(.*", []),
    ],
)
def test_every_word_must_be_in_the_name_or_else_in_the_cue_words(wanted, expected):
    assert found(wanted) == expected


def test_what_is_chosen_stays_whatever_was_looked_for():
    assert found("sampah", keep="tanah-turun") == ["sampah", "tanah-turun"]
    assert found("sampah", keep="auto") == ["sampah"]


def test_a_field_without_a_fitting_topic_is_left_out():
    assert [group.code for group in narrow(GROUPS, "sampah")] == ["ENV"]
