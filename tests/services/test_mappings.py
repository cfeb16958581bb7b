"""Mappings: guessed with a reason, never a name or a number of a person; kept for the next file with this head."""

import pytest

from models.vocabulary import Channel, Group
from services import mappings
from services.errors import UnreadableFile
from services.mappings import Mapping
from services.sources import csvs
from services.sources.sheet import Line, Note
from tests.services.sources.conftest import BROUGHT


def head_of(name):
    return csvs.read((BROUGHT / name).read_bytes()).head


def test_a_google_form_is_guessed_and_personal_columns_are_not_kept():
    mapping = mappings.guess("csv", head_of("google-forms.csv"))
    assert mapping.targets == ["", "", "", "kelurahan", "text", "condition_1_4", "importance_1_4", "proposal"]
    assert [why["message"] for why in mapping.whys[1:3]] == ["mungkin data pribadi (“%(word)s”)"] * 2
    assert mapping.whys[4]["values"] == {"word": "masalah"}


def test_a_lime_survey_is_guessed_with_its_sign_of_being_sent():
    mapping = mappings.guess("csv", head_of("limesurvey.csv"))
    assert mapping.targets == ["", "sent", "", "", "", "text", "text", "kelurahan", "group"]


def test_a_recapitulation_with_offices_is_a_musrenbang():
    head = ["No", "Bidang", "Usulan kegiatan", "OPD", "kelurahan (judul blok)"]
    assert mappings.guess("xlsx", head).channel is Channel.MUSRENBANG
    assert mappings.guess("xlsx", ["Usulan", "Kelurahan"]).channel is None


@pytest.mark.parametrize("name", ["google-forms.csv", "limesurvey.csv"])
def test_a_form_on_the_web_is_known_by_the_columns_it_adds(name):
    assert mappings.guess("csv", head_of(name)).channel is Channel.ONLINE_FORM


@pytest.mark.parametrize("head", [["Waktu", "Keluhan"], ["Tanggal", "Usulan"], ["text", "channel"], ["Keluhan"]])
def test_a_table_that_an_office_made_is_not_taken_for_a_form_on_the_web(head):
    assert mappings.guess("csv", head).channel is None


def test_a_chat_is_a_channel_of_its_own():
    assert mappings.guess("chat", ["waktu", "pengirim", "pesan"]).channel is Channel.CHAT


def test_our_own_columns_mean_themselves_and_labels_for_tests_mean_nothing():
    mapping = mappings.guess("csv", ["id", "text", "expected_themes"])
    assert mapping.targets == ["id", "text", ""]
    assert not mappings.is_own(["id", "text", "rahasia"]) and not mappings.is_own(["text", "text"])


@pytest.mark.parametrize("name", ["Nama Anda", "No HP", "NIK", "E-mail", "Alamat lengkap", "Nomor WhatsApp pengusul"])
def test_what_may_name_a_person_is_never_guessed(name):
    assert mappings.guess("csv", [name, "Keluhan"]).targets == ["", "text"]


def test_a_mapping_is_kept_for_the_next_file_with_this_head(session, now):
    head = ["Cerita", "Tempat"]
    assert not mappings.is_kept(session, "csv", head)
    mappings.keep(session, "csv", head, Mapping(["text", "kelurahan"], group=Group.BUSINESS), now=now)
    found = mappings.find(session, "xlsx", [" cerita ", "TEMPAT"])
    assert (found.targets, found.group) == (["text", "kelurahan"], Group.BUSINESS)
    assert mappings.find(session, "csv", ["Cerita", "Waktu"]).group is None


@pytest.mark.parametrize(
    ("targets", "said"),
    [
        (["", "kelurahan"], "sedikitnya satu"),
        (["group", "group"], "sedikitnya satu"),
        (["text"], "1 kolom"),
        (["text", "rahasia"], "tidak dikenal: rahasia"),
    ],
)
def test_a_mapping_that_cannot_work_is_refused(targets, said):
    with pytest.raises(UnreadableFile, match=said):
        mappings.check(Mapping(targets), ["satu", "dua"])
    mappings.check(Mapping(["text", "text"]), ["satu", "dua"])


def test_one_thing_is_not_taken_from_two_columns():
    with pytest.raises(UnreadableFile, match="2 kolom"):
        mappings.check(Mapping(["text", "group", "group"]), ["a", "b", "c"])


def test_a_row_is_known_again_by_all_its_columns_whatever_they_mean():
    head, line = ["waktu", "isi", "isi"], Line(2, ["pagi", "satu", "dua"])
    one = mappings.apply(Mapping(["", "text", "text"]), head, line)
    other = mappings.apply(Mapping(["", "text", ""]), head, line)
    assert one.row == {"text": "satu", "text#2": "dua"} and other.row == {"text": "satu"}
    assert one.identity == other.identity == {"waktu": "pagi", "isi": "satu", "isi#2": "dua"}


def test_a_fault_of_the_file_is_an_error_of_its_row():
    fault = Note("berisi %(n)s kolom, seharusnya %(width)s", {"n": 1, "width": 2})
    brought = mappings.apply(Mapping(["text", ""]), ["a", "b"], Line(7, ["x"], fault))
    assert (brought.fault.number, brought.fault.reason) == (7, "berisi 1 kolom, seharusnya 2")
