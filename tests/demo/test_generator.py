"""The generator: the shares that were asked for, the same bytes for the same seed, nothing that points to anybody."""

import csv
import hashlib
import re
import time
from collections import Counter
from datetime import date, datetime
from statistics import median, quantiles

import pytest

from demo import generator
from demo.__main__ import main
from demo.moments import Calendar, is_friday_noon
from demo.tables import themes, words

OPENS, CLOSES, SEED = date(2026, 9, 1), date(2026, 9, 28), 7
# Changes only when a text, a share or a step of the generator does; then write the new one here.
DIGEST = "52cade14e7a43e12fcac7f8d0b2496785385462c385ff22488d63a3ff68e4125"


@pytest.fixture(scope="module")
def kota():
    return generator.rows("kota", SEED, OPENS, CLOSES)


@pytest.fixture(scope="module")
def beban():
    started = time.process_time()
    made = generator.rows("beban", SEED, OPENS, CLOSES)
    return made, time.process_time() - started


@pytest.fixture(scope="module")
def citizens(kota):
    return [row for row in kota if row["group"] == "citizen"]


def flags(row):
    return [flag.split(":")[0] for flag in row["expected_flags"].split("|")]


def number_with(rows, flag):
    return sum(flag in flags(row) for row in rows)


def came(row):
    return datetime.fromisoformat(row["received_at"])


def lengths(rows, group):
    return sorted(len(row["text"].split()) for row in rows if row["group"] == group and row["expected_type"] != "none")


def test_the_same_seed_gives_the_same_bytes_and_another_seed_other_texts(kota, tmp_path):
    generator.write(tmp_path / "a.csv", kota)
    generator.write(tmp_path / "b.csv", generator.rows("kota", SEED, OPENS, CLOSES))
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    assert hashlib.sha256((tmp_path / "a.csv").read_bytes()).hexdigest() == DIGEST
    other = {row["text"] for row in generator.rows("kota", SEED + 1, OPENS, CLOSES)}
    assert len(other & {row["text"] for row in kota}) < len(kota) / 3


@pytest.mark.parametrize(("size", "number"), [("kecil", 80), ("kota", 640)])
def test_a_size_has_its_number_of_submissions_and_fewer_people(size, number):
    made = generator.rows(size, SEED, OPENS, CLOSES)
    assert len(made) == number
    assert len({row["id"] for row in made}) == number
    assert len({row["expected_person"] for row in made}) == round(number * 520 / 640)


def test_twenty_thousand_take_seconds(beban):
    made, seconds = beban
    assert len(made) == 20_000 and seconds < 20


def test_groups_and_channels_have_their_shares(kota):
    groups = Counter(row["group"] for row in kota)
    assert groups == {"citizen": 470, "academic": 42, "agency": 58, "business": 34, "community": 36}
    channels = Counter(row["channel"] for row in kota)
    for channel, share in words("people")["channels"].items():
        assert channels[channel] / len(kota) == pytest.approx(share / 100, abs=0.01), channel
    assert len({row["expected_organisation"] for row in kota if row["group"] == "agency"}) >= 28


def test_dimensions_have_their_shares_among_those_who_say_something(citizens, kota):
    said = [row for row in citizens if row["expected_type"] != "none"]
    for dimension, share in words("people")["dimensions"]["citizen"].items():
        assert sum(row["dimension"] == dimension for row in said) / len(said) == pytest.approx(share / 100, abs=0.015)
    academics = Counter(row["dimension"] for row in kota if row["group"] == "academic")
    assert academics.most_common(1)[0][0] == "GOV" and len(academics) == 7


def test_every_theme_of_the_codebook_is_spoken_of(kota):
    spoken = {theme for row in kota for theme in row["expected_themes"].split("|")}
    assert set(themes()) <= spoken


@pytest.mark.parametrize("theme", [theme for theme in themes() if theme != "META-DRAFT"])
def test_a_theme_has_parts_enough_to_sound_like_many_people(theme):
    parts = themes()[theme]
    assert all(len(parts[kind]) >= 6 for kind in ("problem", "detail", "proposal"))
    assert all(parts[kind] for kind in ("jv_problem", "jv_proposal", "formal_problem", "formal_proposal"))
    assert all(parts[kind] for kind in ("en_problem", "en_proposal", "support", "question"))


def test_campaigns_double_sends_and_the_rest_are_as_many_as_asked(kota):
    names = Counter(flag for row in kota for flag in row["expected_flags"].split("|") if flag.startswith("campaign"))
    assert names == {"campaign:K1": 28, "campaign:K2": 15, "campaign:K3": 9}
    assert number_with(kota, "duplicate") == 32
    assert number_with(kota, "spam") + number_with(kota, "empty") == 19
    assert number_with(kota, "offensive") == 6
    assert number_with(kota, "lapor") == 58
    assert number_with(kota, "conflict") == 12
    assert number_with(kota, "pii") == pytest.approx(26, abs=4)
    assert 7 <= number_with(kota, "sarcasm") <= 12
    assert sum(bool(row["programme_verdict"]) for row in kota if row["group"] == "agency") == 19


def test_paragraphs_are_named_by_one_in_eight_and_by_most_academics(kota):
    named = [row for row in kota if row["paragraph_ref"]]
    assert len(named) / len(kota) == pytest.approx(0.12, abs=0.01)
    academics = [row for row in kota if row["group"] == "academic"]
    assert sum(bool(row["paragraph_ref"]) for row in academics) / len(academics) == pytest.approx(0.85, abs=0.02)


def test_a_double_send_repeats_the_words_of_an_earlier_row(kota):
    by_id = {row["id"]: row for row in kota}
    for row in kota:
        first = next((f.split(":")[1] for f in row["expected_flags"].split("|") if f.startswith("duplicate:")), None)
        if first:
            assert by_id[first]["text"] == row["text"] and came(by_id[first]) <= came(row) and first != row["id"]


def test_campaign_texts_vary_and_are_still_one_campaign(kota):
    texts = [row["text"] for row in kota if "campaign:K1" in row["expected_flags"]]
    assert 5 <= len(set(texts)) < len(texts)
    assert all("insinerator" in text.casefold() for text in texts)
    assert sum("41 orang" in text for text in texts) == 1


def test_both_sides_of_a_conflict_are_there(kota):
    sides = Counter(row["expected_flags"] for row in kota if row["expected_flags"].startswith("conflict"))
    assert len(sides) == 6 and set(sides.values()) == {2}


def test_lengths_are_those_of_people(kota):
    for group, middle, long in (("citizen", 17, 55), ("academic", 60, 180), ("agency", 45, None)):
        found = lengths(kota, group)
        assert median(found) == pytest.approx(middle, rel=0.15), group
        if long:
            assert quantiles(found, n=10)[-1] == pytest.approx(long, rel=0.2), group
    assert max(lengths(kota, "citizen")) <= 240


def test_languages_have_their_shares(citizens):
    languages = Counter(row["language"] for row in citizens)
    for language, share in (("id-jv", 0.12), ("jv", 0.02), ("en", 0.02)):
        assert languages[language] / len(citizens) == pytest.approx(share, abs=0.01)
    formal = sum(row["expected_register"] == "formal" for row in citizens) + 27
    assert formal / len(citizens) == pytest.approx(0.10, abs=0.02)


def test_people_type_as_people_do(beban):
    citizens = [row for row in beban[0] if row["group"] == "citizen"]
    said = " ".join(row["text"] for row in citizens if row["language"] == "id")
    for word in "yg dgn gk tdk udh sdh tp krn klo kalo bgt jgn sy msh blm smpe dmn org utk".split():
        assert re.search(rf"\b{word}2?\b", said, re.IGNORECASE), word
    assert re.search(r"\b[a-z]{3,}2\b", said) and "!!!" in said and re.search(r"\b(?:lho|dong|kok|mbok)\b", said)
    mixed = " ".join(row["text"] for row in citizens if row["language"] == "id-jv").casefold()
    for word in ("banyu", "dalan", "omah", "wis", "ora", "nek", "neng", "bocah"):
        assert re.search(rf"\b{word}", mixed), word


def test_greetings_and_prayers_are_as_frequent_as_asked(citizens):
    phrases = [phrase.casefold() for kind in ("salaam", "prayer") for phrase in words("voices")[kind]]
    said = sum(any(phrase in row["text"].casefold() for phrase in phrases) for row in citizens)
    assert 0.03 <= said / len(citizens) <= 0.09


def test_ratings_and_kelurahan_are_missing_as_often_as_asked(kota, citizens):
    assert sum(not row["condition_1_4"] for row in kota) / len(kota) == pytest.approx(0.08, abs=0.025)
    said = [row for row in citizens if row["expected_type"] != "none"]
    assert sum(not row["kelurahan"] for row in said) / len(said) == pytest.approx(0.06, abs=0.025)


def test_the_coast_speaks_twice_as_often_of_floods(beban):
    wards = Counter(row["kelurahan"] for row in beban[0] if row["dimension"] == "DIS" and row["kelurahan"])
    coast = words("people")["twice"]["DIS"]
    there = sum(wards[ward] for ward in coast) / len(coast)
    elsewhere = sum(n for ward, n in wards.items() if ward not in coast) / (27 - len(coast))
    assert there / elsewhere == pytest.approx(2, abs=0.25)


def test_days_and_hours_follow_the_round(kota):
    days = Counter(came(row).date() for row in kota)
    assert min(days) >= OPENS and max(came(row).date() for row in kota if "duplicate" not in flags(row)) <= CLOSES
    assert days[CLOSES] / len(kota) == pytest.approx(0.18, abs=0.05)
    middle = median(days[day] for day in Calendar(OPENS, CLOSES).days[3:12])
    assert days[OPENS] > 1.8 * middle
    hours = Counter(came(row).hour for row in kota if row["channel"] == "web")
    assert sum(hours[h] for h in (5, 6, 12, 13, 18, 19, 20, 21)) > 0.5 * hours.total()
    assert not any(is_friday_noon(came(row)) for row in kota if "duplicate" not in flags(row))


def test_the_flood_evening_is_told_within_a_day(beban):
    calendar = Calendar(OPENS, CLOSES)
    told = [came(row) for row in beban[0] if row["dimension"] == "DIS"]
    after = sum(0 <= (moment - calendar.flood).total_seconds() < 24 * 3600 for moment in told)
    usual = sum(moment.date() in calendar.days[5:12] for moment in told) / 7
    assert after / usual == pytest.approx(5, abs=1)


def test_every_number_that_points_to_a_person_is_impossible(beban):
    for row in beban[0]:
        text = row["text"]
        assert all(number.startswith("337599999999") for number in re.findall(r"\d{16}", text)), text
        for number in re.findall(r"(?:\+62|\b08)[\d\s-]{7,}\d", text):
            assert re.sub(r"\D", "", number)[-7:] == "0000000", text
        assert not re.search(r"\bG \d{4} (?!XX)", text) and not re.search(r"\bG (?!0000)\d{4}\b", text)
        assert all(mail.endswith("@contoh.example") for mail in re.findall(r"\S+@\S+?\w+\.\w+", text)), text


def test_no_place_is_left_open_and_no_row_is_without_words(beban):
    broken = re.compile(r"[{}]|\bNone\b|\bnan\b|\b(sudah|sini) \1\b|  |[^.]\.\.\s|,,| ,|saya warga daerah")
    for row in beban[0]:
        assert row["text"].strip() and not broken.search(row["text"]), row["text"]


def test_the_command_writes_the_file_and_tells_its_shares(tmp_path, capsys):
    out = tmp_path / "kecil.csv"
    assert main([str(out), "--size", "kecil", "--opens", "2026-09-01", "--closes", "2026-09-28", "--round", "R1"]) == 0
    with out.open(encoding="utf-8", newline="") as file:
        made = list(csv.DictReader(file))
    assert len(made) == 80 and made[0]["id"] == "R1-00001"
    assert "80 submissions of 65 people" in capsys.readouterr().out


def test_the_command_refuses_dates_in_the_wrong_order_and_a_file_it_cannot_write(tmp_path, capsys):
    days = ["--opens", "2026-09-28", "--closes", "2026-09-01"]
    assert main([str(tmp_path / "a.csv"), *days]) == 2
    assert "closes before it opens" in capsys.readouterr().err
    days = ["--opens", "2026-09-01", "--closes", "2026-09-28"]
    assert main([str(tmp_path / "no" / "a.csv"), "--size", "kecil", *days]) == 2
    assert "cannot be written" in capsys.readouterr().err
    with pytest.raises(SystemExit, match="2"):
        main([str(tmp_path / "a.csv"), "--size", "besar", *days])
