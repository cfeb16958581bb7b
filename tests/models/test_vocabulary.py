"""The words of the procedure: each has a label in both languages, and one spelling has one label."""

import ast
from collections import defaultdict
from enum import StrEnum
from pathlib import Path

import pytest

from models import vocabulary
from models.vocabulary import labels as labels_module

KINDS = [k for k in vars(vocabulary).values() if isinstance(k, type) and issubclass(k, StrEnum) and k is not StrEnum]
MEMBERS = [member for kind in KINDS for member in kind]


def written():
    """The labels as they stand in the source: of two equal keys, the dictionary itself keeps only the last."""
    tree = ast.parse(Path(labels_module.__file__).read_text("utf-8"))
    (labels,) = [n.value for n in tree.body if isinstance(n, ast.AnnAssign) and n.target.id == "LABELS"]
    for key, value in zip(labels.keys, labels.values, strict=True):
        yield getattr(vocabulary, key.value.id)[key.attr], ast.literal_eval(value)


def test_there_are_words_at_all():
    assert len(KINDS) >= 12 and len(MEMBERS) >= 40


@pytest.mark.parametrize("member", MEMBERS, ids=lambda m: f"{type(m).__name__}.{m.name}")
def test_every_word_is_written_down_once_for_its_own_kind_with_two_labels(member):
    labels = [pair for key, pair in written() if key is member]
    assert len(labels) == 1
    assert len(labels[0]) == 2 and all(label.strip() for label in labels[0])


def test_two_words_with_one_spelling_have_one_label():
    spelled = defaultdict(set)
    for key, pair in written():
        spelled[key.value].add(pair)
    assert {value: pairs for value, pairs in spelled.items() if len(pairs) > 1} == {}
    assert vocabulary.LABELS == {key: pair for key, pair in written()}


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.__name__)
def test_labels_of_one_kind_differ_and_its_values_fit_their_column(kind):
    for language in (0, 1):
        assert len({vocabulary.LABELS[m][language] for m in kind}) == len(kind)
    assert all(m.value.isascii() and m.value == m.value.lower() and len(m.value) <= 40 for m in kind)


def test_what_the_analysis_tells_apart_has_the_same_labels():
    assert all(vocabulary.LABELS[vocabulary.PointType(code)] == pair for code, pair in vocabulary.STANCES.items())
    assert all(len(pair) == 2 and all(pair) for pair in vocabulary.LANGUAGES.values())
