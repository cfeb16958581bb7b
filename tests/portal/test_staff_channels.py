"""Channels side by side: every number opens as many originals, and no channel is left out because it is silent."""

import re

import pytest

from tests.portal.conftest import sign_in


def test_before_anything_was_read_the_page_says_what_will_stand_there(client):
    sign_in(client, "reviewer")
    page = client.get("/staff/channels")
    assert page.status_code == 200 and "Belum ada hitungan" in page.text


def test_every_number_opens_as_many_originals(client, examples):
    sign_in(client)
    page = client.get("/staff/channels").text
    links = re.findall(r'href="(/staff/voices/originals\?[^"]*)">(\d+)</a>', page)
    assert len(links) > 12
    for link, n in links[::5]:
        opened = client.get(link.replace("&amp;", "&")).text
        assert opened.count('<p class="voice"') == min(int(n), 25), link


def test_every_channel_has_a_column_also_the_silent_one(client, examples):
    sign_in(client)
    page = client.get("/staff/channels").text
    for label in ("situs ini", "dibantu petugas", "lembar kertas", "diskusi kelompok", "surat", "Musrenbang"):
        assert f">{label}</th>" in page
    assert "saluran belum dipakai" in page


@pytest.mark.parametrize("channel", ["telepati", "WEB", "1"])
def test_a_channel_that_does_not_exist_is_refused(client, channel):
    sign_in(client)
    assert client.get(f"/staff/voices/originals?channel={channel}").status_code == 400
