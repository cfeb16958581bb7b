"""What every office file must pass before it is unpacked; whole files are in the tests of the guards."""

import io
import zipfile

import pytest

from services import parcels
from services.errors import UnreadableFile


def entry(name, size=10, packed=10, flags=0):
    info = zipfile.ZipInfo(name)
    info.file_size, info.compress_size, info.flag_bits = size, packed, flags
    return info


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([entry("a", 129 * 2**20, 129 * 2**20)], "mengembang menjadi 129 MB"),
        ([entry("a", 5 * 2**20, 1000)], "mengembang menjadi 5 MB"),
        ([entry(str(n)) for n in range(2001)], "2001 bagian, paling banyak 2000"),
        ([entry("a", flags=1)], "kata sandi"),
        ([entry("word/../../a")], "“../a” dalam berkas ini tidak wajar"),
        ([entry("\\\\peladen\\a")], "tidak wajar"),
        ([entry("a.xml"), entry("A.xml")], "tidak wajar"),
    ],
)
def test_what_the_table_of_contents_tells_is_refused(parts, said):
    with pytest.raises(UnreadableFile, match=said):
        parcels.check_contents(parts, 2**30)


@pytest.mark.parametrize(
    "parts",
    [
        [entry("word/document.xml", 127 * 2**20, 2 * 2**20)],
        [entry("a", 4 * 2**20, 1)],
        [entry(str(n)) for n in range(2000)],
        [entry("word/..a/b..xml"), entry("customXml/"), entry("a:b/c"[2:])],
    ],
)
def test_just_within_the_limits_passes(parts):
    parcels.check_contents(parts, 2**30)


def test_a_dense_whole_is_refused_even_where_its_parts_are_not():
    with pytest.raises(UnreadableFile, match="mengembang"):
        parcels.check_contents([entry(str(n), 2**20, 2**20) for n in range(5)], 1000)


def test_a_name_is_shown_without_what_a_page_would_not_show():
    assert parcels.shown("a\x00\u202eb/../c\n") == "c?"
    assert len(parcels.shown("x" * 500)) == 60


def test_a_damaged_part_is_told_by_its_name_and_a_part_that_is_no_xml_is_not_looked_at():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("gambar.png", "bukan xml")
        archive.writestr("a.xml", "<a/>")
    with zipfile.ZipFile(made) as archive:
        parcels.check_entities(archive)
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("b.xml", "<!-- tanpa akar -->")
    with zipfile.ZipFile(made) as archive, pytest.raises(parcels.Damaged, match="b.xml"):
        parcels.check_entities(archive)
