"""Texts made for measuring speed at size: civic sentences of 42 themes that share their words with one another.

Seeded. Every theme is a thing and what happens to it; things stand in several themes, troubles in more, and frames,
places and reasons in all. A tenth of the texts say something of a second theme too, and a tenth of the words are lost.
So no single word tells a theme. All clauses are our own.
"""

from itertools import product

import numpy as np

# Seven subjects of three things each, twice: what is broken, and what is asked for.
THINGS = (
    ("jalan lingkungan", "trotoar", "jembatan kampung"),
    ("saluran air", "tanggul pantai", "pompa banjir"),
    ("air bersih", "sumur bersama", "pipa ledeng"),
    ("sampah pasar", "truk sampah", "bank sampah"),
    ("sekolah dasar", "perpustakaan keliling", "taman bermain"),
    ("puskesmas", "ambulans", "posyandu balita"),
    ("angkutan umum", "halte bus", "lampu jalan"),
)
TROUBLES = (
    ("rusak berat", "berlubang dan licin", "retak setelah hujan", "belum diperbaiki"),
    ("meluap saat rob", "tersumbat lumpur", "jebol dan merendam rumah", "macet ketika banjir"),
    ("keruh dan bau", "sering mati", "tidak sampai ke rumah", "bocor di banyak titik"),
    ("menumpuk berhari hari", "tidak diangkut", "bau menyengat", "dibakar di tepi sungai"),
    ("kekurangan guru dan buku", "atapnya bocor", "terlalu jauh untuk anak", "tidak terawat"),
    ("antre terlalu lama", "kekurangan obat dan bidan", "tutup terlalu awal", "sulit dihubungi"),
    ("jarang lewat", "padam setiap malam", "tidak ada jadwal", "gelap dan rawan kecelakaan"),
)
WISHES = (
    ("dilebarkan dan diaspal", "dibuat ramah kursi roda", "ditata dengan paving"),
    ("dikeruk tiap musim", "ditinggikan dan diperkuat", "ditambah dan dijaga warga"),
    ("disambung ke kampung kami", "diuji mutunya", "dibuat murah bagi keluarga miskin"),
    ("dipilah dari rumah", "dijemput tiap pagi", "dikelola bersama karang taruna"),
    ("dibangun dekat kampung", "dibuka sampai sore", "dilengkapi internet gratis"),
    ("ditambah dokternya", "dibuka pada hari libur", "didaftar lewat telepon"),
    ("ditambah jalurnya", "diberi atap dan bangku", "memakai tenaga surya"),
)
FRAMES = ("{thing} di {place} {says}", "di {place} {thing} {says}", "kami melihat {thing} {says} di {place}")
FRAMES += ("menurut warga {place} {thing} {says}", "sudah lama {thing} dekat {place} {says}")
PLACES = (
    "pasar lama",
    "kampung nelayan",
    "tepi sungai",
    "rumah susun",
    "jalan besar",
    "belakang sekolah",
    "balai warga",
)
TAILS = ("", "", "karena hujan deras", "sehingga anak anak terganggu", "padahal sudah dilaporkan warga")
TAILS += ("apalagi saat air pasang", "dan pedagang pasar mengeluh", "agar lansia aman di jalan")
THEMES = tuple((subject, thing, is_wish) for subject, thing, is_wish in product(range(7), range(3), (False, True)))
SECOND, LOST = 0.1, 0.1
# how often the trouble or wish of another subject is told of the thing
STRAY = 0.15


def texts(count: int, seed: int = 1) -> tuple[list[str], np.ndarray]:
    """`count` texts and the number of the theme of each (n,), of which there are 42; a few themes are common.

    >>> made, themes = texts(3)
    >>> len(made), themes.shape, made == texts(3)[0]
    (3, (3,), True)
    """
    draw = np.random.default_rng(seed)
    share = 1 / np.arange(2, len(THEMES) + 2) ** 0.5
    themes = draw.choice(len(THEMES), count, p=share / share.sum())
    return [_text(int(theme), draw) for theme in themes], themes


def _text(theme: int, draw: np.random.Generator) -> str:
    said = _sentence(theme, draw)
    if draw.random() < SECOND:
        said += ". " + _sentence(int(draw.integers(len(THEMES))), draw)
    words = said.split()
    kept = [word for word, luck in zip(words, draw.random(len(words)), strict=True) if luck > LOST]
    return " ".join(kept or words)


def _sentence(theme: int, draw: np.random.Generator) -> str:
    subject, thing, is_wish = THEMES[theme]
    about = int(draw.integers(len(THINGS))) if draw.random() < STRAY else subject
    says = _one(WISHES[about] if is_wish else TROUBLES[about], draw)
    frame = _one(FRAMES, draw)
    says = f"perlu {says}" if is_wish else says
    return (
        f"{frame.format(thing=THINGS[subject][thing], place=_one(PLACES, draw), says=says)} {_one(TAILS, draw)}".strip()
    )


def _one(choices: tuple[str, ...], draw: np.random.Generator) -> str:
    return choices[int(draw.integers(len(choices)))]
