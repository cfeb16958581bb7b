"""WhatsApp exports in the formats of Indonesian and English phones; nobody's name or number comes through."""

import re

import pytest

from services.errors import UnreadableFile
from services.sources import chats
from tests.services.sources.conftest import BROUGHT


def chat(name, key=b"kunci"):
    return chats.read((BROUGHT / name).read_text("utf-8"), key)


def words(sheet):
    return [line.cells[2] for line in sheet.lines]


def test_an_indonesian_android_chat_is_read_with_all_lines_of_a_message():
    sheet = chat("whatsapp-android.txt")
    assert words(sheet)[1] == "Rob makin sering, Pak.\nMinggu lalu masuk sampai dapur,\npompanya mati jam dua malam."
    assert [line.number for line in sheet.lines][:3] == [3, 4, 8]


def test_media_deleted_messages_and_the_program_are_left_out_and_counted():
    sheet = chat("whatsapp-android.txt")
    assert len(sheet.lines) == 6
    assert [note.values.get("n") for note in sheet.notes] == [None, 4, 2]
    assert "Ini foto gotnya, penuh plastik." in words(sheet)
    assert not re.search("Media|WA0001|dihapus|menambahkan|terenkripsi", " ".join(words(sheet)))


def test_an_english_iphone_and_an_english_android_chat_are_read():
    assert words(chat("whatsapp-iphone.txt")) == [
        "The river smells again since Monday: black water near the bridge.",
        "Please test the water\nand tell us the result.",
    ]
    assert words(chat("whatsapp-android-english.txt")) == [
        "More trees along the market road, please.",
        "Buses should run until nine in the evening.",
    ]


def test_a_sender_is_a_keyed_digest_that_tells_people_apart():
    people = [line.cells[1] for line in chat("whatsapp-android.txt").lines]
    assert people[0] == people[4] and people[2] == people[3] and len(set(people)) == 4
    assert people != [line.cells[1] for line in chat("whatsapp-android.txt", b"kunci lain").lines]


def test_no_name_and_no_number_comes_through():
    said = repr(chat("whatsapp-android.txt"))
    assert "Fulan" not in said and "0812" not in said and "+62" not in said
    assert "▇▇▇" in said


def test_a_message_that_only_mentions_a_call_stays():
    sheet = chats.read("10/11/26 19.02 - Fulan: Panggilan suara ke 112 tidak diangkat waktu rob.\n", b"")
    assert len(sheet.lines) == 1


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("10/11/26 19.02 - Fulan: halo\n", True),
        ("[10/11/26 19.02.33] Fulan: halo\n", True),
        ("1/2/2026, 7:05\u202fPM - Fulan: halo\n", True),
        ("text,kelurahan\n10/11/26,Tirto\n", False),
        ("10/11/26 rapat warga\n", False),
    ],
)
def test_a_chat_is_known_by_its_first_lines(text, is_one):
    assert chats.is_chat(text) is is_one


def test_a_chat_without_a_message_is_refused():
    with pytest.raises(UnreadableFile, match="Tidak ada pesan"):
        chats.read("10/11/26 19.02 - Fulan membuat grup\n10/11/26 19.03 - Fulan: <Media tidak disertakan>\n", b"")


def test_a_very_long_message_takes_no_longer_for_each_line():
    sheet = chats.read("10/11/26 19.02 - Fulan: satu\n" + "baris lagi\n" * 50_000, b"")
    assert sheet.lines[0].cells[2].count("\n") == 50_000
