"""Equal, near-equal, built on one letter: what is grouped, what is not, and that nothing makes it slow."""

import doctest
import importlib
import pkgutil
import random
import time

import numpy as np
import pytest

from analysis import duplicates
from analysis.duplicates import Index, bands, flatten, group, is_near
from analysis.duplicates.arrivals import keys_of
from analysis.duplicates.near import needed
from benchmarks import copies

MODULES = ["analysis.duplicates", *(m.name for m in pkgutil.walk_packages(duplicates.__path__, "analysis.duplicates."))]
LETTER = "kami warga menolak rencana pabrik di tepi sungai karena baunya sampai ke rumah dan sumur kami"
OWN = (
    "anak saya batuk terus sejak bulan puasa kemarin dan dokter menyuruh kami pindah dari sini secepatnya",
    "tambak bapak mati semua ikan mengapung tiap pagi padahal hutang pakan belum lunas juga lalu siapa ganti rugi",
    "jalan depan gang rusak dilewati truk besar malam hari sampai tembok retak dan debu masuk ke dapur warung nenek",
    "mertua saudara ipar tetangga sudah jual murah tanahnya karena menyerah menunggu janji pejabat dulu waktu kampanye",
)
SENT = [f"{LETTER} {own}" for own in OWN]


@pytest.fixture(scope="module")
def slipped():
    return copies.slips(copies.originals(None, 900, 1), 2)


@pytest.fixture(scope="module")
def letters():
    return copies.campaigns(copies.originals(None, 1_500, 1), 30, 3)


def quality(origin, roots):
    """Recall and precision over pairs."""

    def pairs(values):
        sizes = np.unique(values, return_counts=True)[1]
        return (sizes * (sizes - 1) // 2).sum()

    both = pairs(origin * (len(roots) + 1) + roots)
    return both / pairs(origin), both / pairs(roots)


def flat(texts):
    return [flatten(text) for text in texts]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_are_true(name):
    found = doctest.testmod(importlib.import_module(name))
    assert found.failed == 0 and found.attempted > 0


def test_copies_with_slips_are_found_and_hardly_anything_else(slipped):
    recall, precision = quality(slipped.origin, group(flat(slipped.texts), 1).roots)
    print(f"slips: recall {recall:.3f}, precision {precision:.4f}")
    assert recall >= 0.62 and precision >= 0.99


def test_letters_with_words_of_ones_own_are_found_with_days_and_without(letters):
    for days in (None, letters.days):
        found = group(flat(letters.texts), 1, days)
        recall, precision = quality(letters.origin, found.roots)
        print(f"letters: recall {recall:.3f}, precision {precision:.4f}")
        assert recall >= 0.9 and precision >= 0.99 and len(found.letters) >= 20


def test_every_group_bears_the_number_of_its_first_text(slipped):
    roots = group(flat(slipped.texts), 1).roots
    assert roots.dtype == np.int64 and (roots[roots] == roots).all() and (roots <= np.arange(len(roots))).all()


def test_the_same_texts_and_seed_give_the_same_groups_whatever_order_they_came_in(slipped):
    texts = sorted(flat(slipped.texts))
    mixed = sorted(random.Random(4).sample(texts, len(texts)))
    one, other = group(texts, 7), group(mixed, 7)
    assert one.roots.tobytes() == other.roots.tobytes()
    assert (one.letters, one.short) == (other.letters, other.short)


def test_another_seed_finds_nearly_the_same(slipped):
    one, other = (group(flat(slipped.texts), seed).roots for seed in (1, -5))
    recall, precision = quality(one, other)
    assert recall > 0.95 and precision > 0.95


def test_a_letter_is_one_where_three_came_within_days_and_is_said_to_be_one():
    found = group(SENT, 1, [3, 5, 4, 9])
    assert found.roots.tolist() == [0] * 4 and found.letters == {0} and found.short == set()


def test_the_same_letter_over_the_months_is_no_campaign():
    assert group(SENT, 1, [0, 40, 80, 120]).roots.tolist() == [0, 1, 2, 3]


def test_two_texts_are_no_letter():
    assert group(SENT[:2], 1).roots.tolist() == [0, 1]


def test_texts_without_a_day_are_compared_with_all():
    assert group(SENT, 1, [None] * 4).roots.tolist() == [0] * 4
    assert group(SENT, 1).roots.tolist() == [0] * 4
    assert group(SENT, 1, [3, None, 4, None]).roots.tolist() == [0] * 4


def test_of_equal_texts_the_earliest_day_counts():
    assert group([*SENT, SENT[3]], 1, [3, 5, 4, 300, 6]).roots.tolist() == [0] * 5


def test_a_greeting_that_many_share_makes_no_letter():
    hello = "selamat pagi bapak wali kota yang kami hormati"
    assert group([f"{hello} {own}" for own in OWN], 1).roots.tolist() == [0, 1, 2, 3]


def test_one_text_that_holds_two_letters_does_not_make_them_one():
    second = "mohon segera dibangun tanggul laut yang tinggi supaya rob tidak masuk lagi ke kampung nelayan kita semua"
    others = [f"{second} {own[::-1]}" for own in OWN]
    roots = group([*SENT, *others, f"{LETTER} {second}"], 1).roots
    assert len(set(roots[:4].tolist())) == 1 and len(set(roots[4:8].tolist())) == 1 and roots[0] != roots[4]


def test_short_equal_words_join_only_when_equal_and_are_told_to_be_short():
    found = group(["setuju", "setuju", "setuju sekali"], 1)
    assert found.roots.tolist() == [0, 0, 2] and found.short == {0} and found.letters == set()


def test_equal_texts_of_six_words_are_not_short():
    assert group(["rob masuk rumah kami tiap sore"] * 2, 1).short == set()


def test_a_chain_of_texts_does_not_lead_far_from_its_first():
    words = [f"kata{n:03d}" for n in range(60)]
    chain = [" ".join(words[at : at + 12]) for at in range(48)]
    for days in (None, list(range(0, 4800, 100))):
        roots = group(chain, 1, days).roots.tolist()
        assert len(set(roots)) > 3
        assert all(set(chain[n].split()) & set(chain[root].split()) for n, root in enumerate(roots))


def test_short_texts_must_agree_more_than_long_ones():
    wanted = needed(np.arange(60, 4_000))
    assert (np.diff(wanted) <= 0).all() and wanted[0] > 0.75 and wanted[-1] > 0.3


@pytest.mark.parametrize("texts", [[], [""], ["rob"], ["", ""], ["a" * 40], ["rob masuk rumah " * 9]])
def test_no_text_and_one_text_are_groups_of_their_own(texts):
    found = group(texts, 1)
    assert found.roots.tolist() == ([0] * len(texts)) and found.letters == set()


@pytest.mark.parametrize(
    "texts",
    [
        ["rob masuk rumah " * 65_000],
        ["rob " * 250_000, "rob " * 249_999, "air " * 250_000],
        ["x" * 1_000_000, "x" * 999_999],
        ["rob masuk rumah setiap sore di gang kami"] * 100_000,
        [f"rob masuk rumah setiap sore di gang kami nomor {n}" for n in range(30_000)],
        [f"{LETTER} {n} {n * 7} {n * 13} {n * 31} {n * 57} {n * 91} {n * 3} {n * 5}" for n in range(10_000)],
        [""] * 50_000,
        ["\ud800 rob masuk rumah setiap sore \udfff"] * 3 + ["\ud800" * 50] * 3,
        ["🌊" * 200, "🌊" * 199],
        [chr(n) * 40 for n in range(0x4E00, 0x4E00 + 3_000)],
    ],
    ids=["long", "a word", "a letter", "equal", "alike", "letter", "empty", "surrogates", "emoji", "no words"],
)
def test_whatever_comes_is_grouped_in_linear_time(texts):
    began = time.process_time()
    found = group(flat(texts), 1)
    assert len(found.roots) == len(texts) and time.process_time() - began < 5


def test_twice_the_alike_texts_take_about_twice_the_time():
    def seconds(count):
        texts = [f"rob masuk rumah setiap sore di gang kami nomor {n}" for n in range(count)]
        began = time.process_time()
        group(texts, 1)
        return time.process_time() - began

    seconds(2_000)
    assert seconds(40_000) < 10 * seconds(10_000)


@pytest.mark.parametrize("days", [[1], [1, 2, 3], [1, 2**31]])
def test_days_that_do_not_fit_are_refused(days):
    with pytest.raises(ValueError, match="for each of 2 texts"):
        group(["rob", "air"], 1, days)


def test_an_arriving_copy_finds_its_group_by_its_bands(slipped):
    texts = flat(slipped.texts)
    first = np.flatnonzero(slipped.rate == 0)
    stored = [texts[n] for n in first.tolist()]
    index, number = Index.of(stored, 1), {int(slipped.origin[n]): at for at, n in enumerate(first.tolist())}
    copied = np.flatnonzero((slipped.rate > 0) & (slipped.rate < 0.08)).tolist()
    found = [index.find(texts[n], stored) == number[int(slipped.origin[n])] for n in copied]
    assert np.mean(found) > 0.9


def test_bands_are_whole_numbers_a_database_can_hold_and_do_not_depend_on_other_texts():
    texts = [*SENT, "setuju", ""]
    together = keys_of(texts, 5)
    assert [bands(text, 5) for text in texts[:4]] == together[:4].tolist() and bands("setuju", 5) == bands("", 5) == []
    assert all(-(2**63) <= key < 2**63 for key in bands(SENT[0], 5)) and bands(SENT[0], 6) != bands(SENT[0], 5)
    assert Index(together, 5).find("setuju", texts) is None


def test_bands_stay_as_they_were_stored():
    assert bands(LETTER, 20251001)[:2] == [-8797660534323697199, 5805552523160864292]


def test_an_index_refuses_keys_of_another_shape():
    with pytest.raises(ValueError, match="21 columns"):
        Index(np.zeros((3, 4), dtype=np.int64), 1)


def test_near_is_the_same_both_ways_and_short_texts_must_be_equal():
    assert is_near(LETTER, LETTER.replace("sungai", "kali")) and is_near(LETTER.replace("sungai", "kali"), LETTER)
    assert not is_near(SENT[0], SENT[1]) and not is_near("setuju", "setuju ya") and is_near("setuju", "setuju")
