"""Receipts: numbers to read aloud, PINs that are not stored."""

from services import receipts


def test_a_number_reads_like_the_example():
    prefix, middle, end = receipts.new_number("PKL").split("-")
    assert prefix == "PKL" and len(middle) == 4 and len(end) == 2 and end.isdecimal()
    assert set(middle) <= set(receipts.LETTERS)


def test_what_people_type_finds_the_same_number():
    for typed in ("PKL-7K3M-92", "pkl7k3m92", " pkl 7k3m 92 ", "PKL–7K3M–92"):
        assert receipts.tidy_number(typed) == "PKL-7K3M-92"


def test_the_same_key_gives_the_same_pin_and_another_key_another():
    key = receipts.new_key()
    assert receipts.pin_of(key) == receipts.pin_of(key)
    assert len({receipts.pin_of(receipts.new_key()) for _ in range(50)}) > 40


def test_an_imported_row_gets_the_same_number_everywhere():
    assert receipts.number_of("PKL", "abc:1", 0) == receipts.number_of("PKL", "abc:1", 0)
    assert receipts.number_of("PKL", "abc:1", 0) != receipts.number_of("PKL", "abc:1", 1)


def test_a_number_is_said_aloud_in_the_readers_language():
    assert receipts.spell("PKL-7K3M-92", "en") == "P K L, seven K three M, nine two"
    assert receipts.spell("PKL-7K3M-92", "jv") == "P K L, pitu K telu M, sanga loro"
