"""Sharing: rare words count, common ones and empty ones do not, and forms of a word are one word."""

from analysis.sharing import Index, stems


def test_the_rarer_word_weighs_more_and_stands_first():
    ready = Index({n: "pompa air" for n in range(2)} | {2: "pompa mangrove", 3: "jalan"})
    assert ready.weight("mangrove") > ready.weight("air") > ready.weight("pompa") == 0
    assert ready.like("mangrove dan air")[0].words == ("mangrove",)


def test_a_word_in_more_than_a_tenth_of_many_texts_says_nothing():
    ready = Index({n: f"pompa {'mangrove' if n < 4 else 'batik'}" for n in range(40)})
    assert ready.weight("pompa") == ready.weight("batik") == 0
    assert [row.key for row in ready.like("pompa batik mangrove")] == [0, 1, 2, 3]


def test_forms_of_a_word_are_shared_and_told_as_the_asker_wrote_them():
    assert Index({1: "sampah diangkut"}).like("pengangkutan sampah")[0].words == ("pengangkutan", "sampah")


def test_nothing_in_common_and_empty_texts_share_nothing():
    assert Index({}).like("pompa") == [] and Index({1: "", 2: "yang dan di"}).like("yang pompa") == []
    assert stems("ke di yg 12 !!") == {}


def test_the_order_of_the_texts_does_not_matter():
    texts = {n: f"pompa rob {word}" for n, word in enumerate(("jalan", "got", "kali", "jalan"))}
    assert Index(texts).like("jalan rob") == Index(dict(reversed(texts.items()))).like("jalan rob")
