"""Six complaints of people who use theme tools, each as a test: on the 98 examples and on the civic set's tune part.

Vague titles, near-identical themes, agreement and disagreement in one heap, no reason why a theme exists, too many
themes, no word for how many. Texts and lexicon share an author: these are guards, no figures of quality.
"""

import csv
from collections import Counter
from itertools import combinations

import pytest

from analysis import shares, themes, words
from analysis.codebook import keys
from analysis.features import key_of
from analysis.kinds import ORDER
from analysis.pipeline import analyse
from analysis.placing import EMPTY_THEME
from analysis.types import Plan, Text
from benchmarks import generated
from tests.analysis.conftest import ROOT

# What people say to be polite tells nothing of what they want.
COURTESY = frozenset("terima kasih mohon tolong bantuan selamat pagi siang sore malam salam maaf yth bapak ibu".split())
# Two themes whose counted words point this much the same way would be taken for one.
ALIKE = 0.8
MOST = 30


def civic():
    with (ROOT / "benchmarks" / "civic" / "texts.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["part"] == "tune":
                whose = (row["person"] or None, row["group"] or None, row["area"] or None)
                yield Text(row["id"], row["text"], *whose, created_at=row["created_at"])


@pytest.fixture(scope="module")
def sets(texts):
    return {"examples": texts, "civic": list(civic())}


@pytest.fixture(scope="module", params=["examples, codebook", "examples", "civic, codebook", "civic"])
def found(request, sets, plan, codebook):
    name, _, book = request.param.partition(", ")
    return sets[name], analyse(sets[name], plan=plan, codebook=codebook if book else ())


def titles(theme):
    return [word for word in theme.name.lower().replace(",", " ").split() if word.isalpha()]


# vague titles


def test_no_proposed_theme_is_named_by_words_that_say_nothing(found):
    _, result = found
    for theme in (one for one in result.themes if one.is_proposed):
        said = titles(theme)
        assert said and not words.stopwords() & set(said), theme.name
        assert set(said) - COURTESY, theme.name


def test_a_proposed_theme_is_named_by_a_word_that_its_texts_or_its_terms_carry(found):
    _, result = found
    texts = {r.id: set(keys(r.masked_text.lower().split())) for r in result.readings}
    for theme in (one for one in result.themes if one.is_proposed):
        terms = {cue.word for cue in theme.terms}
        said = [word for word in titles(theme) if word not in COURTESY]
        half = len(theme.members) / 2
        in_texts = max(sum(key_of(word, "id") in texts[member] for member in theme.members) for word in said)
        assert in_texts >= half or set(said) & terms, theme.name


# near-identical themes


def test_no_two_themes_have_the_same_name(found):
    _, result = found
    names = [theme.name.casefold() for theme in result.themes]
    assert len(names) == len(set(names))


def test_no_two_themes_say_nearly_the_same(found):
    _, result = found
    told = {theme.id: {cue.word: cue.weight for cue in theme.terms} for theme in result.themes if len(theme.terms) > 1}
    close = {
        pair: round(cosine(told[pair[0]], told[pair[1]]), 2)
        for pair in combinations(told, 2)
        if cosine(told[pair[0]], told[pair[1]]) >= ALIKE
    }
    assert not close


def cosine(one, other):
    def length(side):
        return sum(weight**2 for weight in side.values()) ** 0.5

    return sum(weight * other.get(word, 0) for word, weight in one.items()) / (length(one) * length(other))


# agreement and disagreement


def test_what_is_for_and_what_is_against_is_counted_apart_in_every_theme(found):
    _, result = found
    types = {r.id: {mark.type for mark in r.types} for r in result.readings}
    for theme in result.themes:
        counted = Counter(kind for member in theme.members for kind in types[member])
        assert dict(theme.stance) == dict(counted) and set(counted) <= set(ORDER)


def test_a_theme_in_which_two_groups_pull_apart_says_so_and_who_they_are(plan):
    said = [text.replace(".", " ") for text in generated.texts(24, seed=8)[0]]
    texts = [Text(f"A{n:02}", f"kami mendukung tanggul pantai {said[n]}", f"a{n}", "agency") for n in range(12)]
    texts += [Text(f"C{n:02}", f"kami menolak tanggul pantai {said[n + 12]}", f"c{n}", "citizen") for n in range(12)]
    result = analyse(texts, plan=plan, themes=1)
    theme = next(one for one in result.themes if one.received > 12)
    assert {"support", "objection"} <= {kind for kind, _ in theme.stance}
    apart = next(one for one in result.disagreements if one.theme == theme.id)
    ends = {group.group: group.end for group in apart.groups}
    assert apart.value > 40 and ends == {"agency": "objection_low", "citizen": "objection_high"}


# why a theme exists


def test_every_theme_shows_its_words_its_quotes_and_what_hardly_belongs(found):
    _, result = found
    for theme in result.themes:
        # what has no content has no words to show, and one text may hold only a pair that the codebook knows
        if theme.id == EMPTY_THEME or theme.received < 3:
            continue
        assert theme.terms and all(cue.weight > 0 for cue in theme.terms), theme.id
        assert theme.quotes and {quote.id for quote in theme.quotes} <= set(theme.members), theme.id
        assert set(theme.borderline) <= set(theme.members), theme.id


def test_every_text_shows_the_words_that_put_it_where_it_stands(found):
    _, result = found
    placed = [r for r in result.readings if r.theme not in (None, EMPTY_THEME)]
    silent = [r.id for r in placed if not r.words]
    assert len(silent) <= 0.02 * len(placed), silent
    for reading in placed:
        assert all(cue.weight > 0 for cue in reading.words) and reading.margin >= 0


# too many themes


def test_nobody_gets_more_than_thirty_themes_without_asking(found):
    texts, result = found
    assert len([theme for theme in result.themes if theme.is_proposed]) <= MOST
    assert all(themes.how_many(count) <= MOST for count in range(0, 1_800, 50)) and len(texts) < 1_800


def test_more_than_thirty_themes_come_out_where_they_are_asked_for(sets, plan):
    assert MOST < len(analyse(sets["civic"], plan=plan, themes=40).themes) <= 40


# how many


def test_every_theme_says_how_many_in_numbers_and_in_a_word(found):
    texts, result = found
    everybody = dict(result.run.counts)["people"]
    for theme in result.themes:
        assert 1 <= theme.distinct_texts <= theme.received == len(theme.members)
        assert 1 <= theme.people <= theme.people_max <= theme.received
        assert theme.share_word == shares.word(theme.people, everybody)
    assert sum(theme.received for theme in result.themes) == len(texts) - sum(r.theme is None for r in result.readings)


def test_the_word_follows_people_and_not_sendings():
    loud = [Text(f"L{n:02}", f"pompa rob di gang {n} mati lagi sejak kemarin", "loud") for n in range(20)]
    many = [Text(f"M{n:02}", f"buku pelajaran sekolah kelas {n} habis", f"p{n}") for n in range(20)]
    result = analyse([*loud, *many], plan=Plan(), themes=2)
    said = {theme.people: (theme.received, theme.share_word) for theme in result.themes}
    assert said == {1: (20, "few"), 20: (20, "majority")}


@pytest.mark.parametrize(
    ("part", "whole", "word"),
    [
        (0, 0, "few"),
        (2, 3, "few"),
        (3, 3, "majority"),
        (9, 100, "few"),
        (10, 100, "minority"),
        (39, 100, "minority"),
        (40, 100, "about_half"),
        (60, 100, "about_half"),
        (61, 100, "majority"),
    ],
)
def test_the_words_for_shares_keep_their_published_bounds(part, whole, word):
    assert shares.word(part, whole) == word


@pytest.mark.parametrize(("part", "whole"), [(-1, 3), (4, 3)])
def test_more_than_all_is_no_share(part, whole):
    with pytest.raises(ValueError, match="no part of"):
        shares.word(part, whole)
