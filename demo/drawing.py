"""Drawing: parts of sentences, each as seldom as can be, so that two texts share little more than their theme."""

import re
from collections import Counter
from functools import cache

from demo.dice import Dice
from demo.tables import Ward, words

LONG = re.compile(r"[a-z]{4,}")
PLAIN = frozenset(
    "yang tidak sudah kalau karena tapi saya kami buat warga orang anak rumah kampung dari sampai lama lagi belum cuma "
    "masih tiap bisa harus pakai lama sekali banyak naik dulu semua jadi satu mana padahal waktu malah dikasih "
    "kelurahan jalan setiap diumumkan dengan belum serta tanpa kota".split()
)
FIT = 2.5  # how much a part that speaks of the same thing is liked


class Drawer:
    """Gives parts out; remembers how often each was given, and beside which others."""

    def __init__(self, dice: Dice) -> None:
        self.dice, self.given, self.beside = dice, Counter[str](), Counter[tuple[str, str]]()

    def draw(self, some: list[str], beside: list[str], near: int = 0) -> str:
        """One of `some` that is not in `beside`, used least; `near` is a wish for its number of words."""
        free = [text for text in some if text not in beside] or some
        chosen = min(free, key=lambda text: (self._cost(text, beside, near), self.dice.share()))
        self.given[chosen] += 1
        for other in beside:
            self.beside[(other, chosen)] += 1
        return chosen

    def _cost(self, text: str, beside: list[str], near: int) -> float:
        cost = float(self.given[text]) + 3 * sum(self.beside[(other, text)] for other in beside)
        cost -= FIT if beside and roots(text) & roots(beside[0]) else 0
        return cost + (abs(len(text.split()) - near) / 4 if near else 0)


@cache
def roots(text: str) -> frozenset[str]:
    """The beginnings of the long words of a part: what two parts share when they speak of one thing."""
    return frozenset(word[:5] for word in LONG.findall(text.casefold()) if word not in PLAIN)


def placed(text: str, ward: Ward | None, dice: Dice, is_known: bool = False) -> str:
    """A part with its places: a spot, a river, the writer's kelurahan, which is "here" once it `is_known`."""
    if "{" not in text:
        return text
    places, rivers = words("people")["places"], words("people")["rivers"][ward.district if ward else ""]
    return text.format(
        kel="sini" if is_known else ward.name if ward else dice.pick(places["unnamed"]),
        titik=dice.pick(places["spots"]),
        # one river for one kelurahan, so that a text does not stand at two
        sungai=rivers[len(ward.name) % len(rivers) if ward else 0],
        pasar=dice.pick(places["markets"]),
        lama=dice.pick(places["since"]),
    )
