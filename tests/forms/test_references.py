"""References: what can be looked up is known by its form; nothing is fetched."""

import time

import pytest

from forms.references import is_known


@pytest.mark.parametrize(
    "text",
    [
        "10.1016/j.cities.2019.01.002",
        "https://doi.org/10.1000/182",
        "lihat http://bps.go.id/pekalongan?tahun=1",
        "Perda 1/2020",
        "Perda Kota Pekalongan Nomor 9 Tahun 2020 tentang RTRW",
        "Permen PUPR No. 28 Tahun 2016",
        "UU No. 23 Tahun 2014",
        "Peraturan Wali Kota Pekalongan Nomor 5A Tahun 2021",
        "PP 12/2019 pasal 3",
        "SNI 03-1733-2004",
        "SNI ISO 37122:2019",
        "Kota Pekalongan Dalam Angka 2023",
        "Data sensor DPU 2024",
    ],
)
def test_what_can_be_looked_up_is_known(text):
    assert is_known(text)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "kata orang",
        "2023",
        "data 2023",
        "tahun 20231 begini",
        "http://localhost/rahasia",
        "https://nama:sandi@situs.id/",
        "http://[::1]/",
        "http://",
        "javascript:alert(1)",
        "Perda tentang rob",
        "10.12/x",
    ],
)
def test_what_cannot_is_not(text):
    assert not is_known(text)


@pytest.mark.parametrize("text", ["Perda " * 200_000, "http://a " * 100_000, "20" * 500_000, "SNI " * 300_000])
def test_a_long_text_costs_no_time(text):
    began = time.process_time()
    assert is_known(text) is False
    assert time.process_time() - began < 0.5
