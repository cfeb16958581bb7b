"""Stage 9b, equal texts: what stands word for word in both versions, copies by the company they keep."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from analysis.alignment.links import REACH, Links, Places
from analysis.alignment.numbering import NOTHING_BUT_A_NUMBER

FEW, LONG = 2, 40  # of so few copies of a text of so many letters the last one left may have gone anywhere
NOT_FAR = 2


def link_unique(links: Links, old: Sequence[str], new: Sequence[str]) -> None:
    """Link what stands once in each version, then what belongs to a linked neighbour word for word.

    Args:
        links: they grow.
        old, new: the flat texts.

    Source: Heckel 1978, Communications of the ACM 21(4), 264-268.

    >>> links = Links(4, 2)
    >>> link_unique(links, ["rob", "tabel", "pompa", "tabel"], ["pompa", "tabel"])
    >>> links.new
    [[], [], [0], [1]]
    """
    for olds, news in _twins(links, old, new).values():
        if len(olds) == len(news) == 1:
            links.add(olds[0], news[0])
    spread(links, old, new)


def lean(flat: str) -> int:
    """To which neighbour a text belongs: a number alone to what follows it (1), other texts to what is before (-1).

    >>> lean("pasal#"), lean("waktu:2027.")
    (1, -1)
    """
    return 1 if flat.endswith(NOTHING_BUT_A_NUMBER) else -1


def keeps_company(links: Links, old: Sequence[str], new: Sequence[str], pair: tuple[int, int]) -> bool:
    """Whether a pair stands beside a linked pair: on the side to which it belongs, or on the other one.

    Args:
        links: those there are.
        old, new: the flat texts.
        pair: an old and a new paragraph. The other side speaks for it only if its section is not another.

    >>> links, old, new = Links(3, 3), ["rob", "waktu.", "pompa"], ["lampu", "waktu.", "pompa"]
    >>> links.add(2, 2)
    >>> keeps_company(links, old, new, (1, 1)), keeps_company(links, old, ["rob", *new[1:]], (1, 1))
    (False, True)
    """
    step = lean(old[pair[0]])
    if links.is_together(pair[0] + step, pair[1] + step):
        return True
    beside = links.is_together(pair[0] - step, pair[1] - step)
    return beside and after_equal(links, old, new, pair, step) is None


def after_equal(
    links: Links, old: Sequence[str], new: Sequence[str], pair: tuple[int, int], step: int
) -> tuple[int, int] | None:
    """The first pair on one side that is left in both versions and not equal.

    None if a linked one or many equal ones come first.

    >>> after_equal(Links(3, 3), ["a", "b", "c"], ["a", "b", "d"], (0, 0), 1)
    (2, 2)
    """
    for far in range(1, REACH + 1):
        o, n = pair[0] + far * step, pair[1] + far * step
        if not links.is_left(o, n):
            return None
        if old[o] != new[n]:
            return o, n
    return None


def spread(links: Links, old: Sequence[str], new: Sequence[str]) -> None:
    """Link what stands word for word beside a linked pair to which it belongs; what two such pairs enclose first.

    Args:
        links: they grow.
        old, new: the flat texts.

    >>> links = Links(4, 3)
    >>> links.add(0, 0)
    >>> links.add(3, 2)
    >>> spread(links, ["rob", "pasal#", "pasal#", "pompa"], ["rob", "pasal#", "pompa"])
    >>> links.new
    [[0], [], [1], [2]]
    """
    for number in range(len(old)):
        if links.is_together(number - 1, place := _behind(links, number - 1)):
            _link_equal(links, old, new, (number, place + 1), is_sure=links.is_together(number + 1, place + 2))
    for step in (1, -1):
        for number in range(len(old))[::-step]:
            if lean(old[number]) == step and 0 <= number + step < len(old):
                for place in links.new[number + step][:1]:
                    _link_equal(links, old, new, (number, place - step), is_sure=True)


def _behind(links: Links, number: int) -> int:
    return -1 if number < 0 else next(iter(links.new[number]), -2)


def _link_equal(links: Links, old: Sequence[str], new: Sequence[str], pair: tuple[int, int], *, is_sure: bool) -> None:
    o, n = pair
    if is_sure and 0 <= n < len(new) and old[o] == new[n] and links.is_free(o, n):
        links.add(o, n)


def link_copies(links: Links, old: Sequence[str], new: Sequence[str]) -> None:
    """Link what else is word for word the same and keeps its company; copies of what is gone are gone.

    Args:
        links: they grow.
        old, new: the flat texts.

    >>> links = Links(3, 2)
    >>> link_copies(links, ["tabel", "tabel", "tabel"], ["tabel", "tabel"])
    >>> links.new
    [[0], [1], []]
    """
    left = -1
    while left != (left := len(links.free_old())):
        spread(links, old, new)
        _link_beside(links, old, new)
        _link_between(links, old, new)
    _link_last(links, old, new)


def _link_beside(links: Links, old: Sequence[str], new: Sequence[str]) -> None:
    twins = _twins(links, old, new)
    for step in (1, -1):
        own = sorted((o for text, (olds, _) in twins.items() if lean(text) == step for o in olds), reverse=step > 0)
        for number in own:
            near = [n for n in _close(links, number, step) if _is_open(links, new, n, old[number])]
            same = [n for n in near if keeps_company(links, old, new, (number, n))]
            if same:
                links.add(number, same[0])


def _close(links: Links, number: int, step: int) -> list[int]:
    """The places beside those of the neighbours, the one to which a text belongs first."""
    return [
        place - side
        for side in (step, -step)
        for place in (
            links.new[number + side]
            if 0 <= number + side < len(links.new)
            else [-1 if number + side < 0 else len(links.old)]
        )
    ]


def _is_open(links: Links, new: Sequence[str], number: int, text: str) -> bool:
    return 0 <= number < len(new) and new[number] == text and not links.old[number]


def _link_between(links: Links, old: Sequence[str], new: Sequence[str]) -> None:
    """Link copies that stand between the same neighbours, though not beside them."""
    places = Places(links)
    for number in sorted(n for olds, _ in _twins(links, old, new).values() for n in olds):
        near, step = places.near(number), lean(old[number])
        same = [
            n
            for n in near
            if _is_open(links, new, n, old[number]) and after_equal(links, old, new, (number, n), step) is None
        ]
        if same:
            links.add(number, min(same, key=lambda n: (-near[n], n)))


def _link_last(links: Links, old: Sequence[str], new: Sequence[str]) -> None:
    """Link the last copy of a text where it went not far, or where it is no form that stands again and again."""
    counts, places = (Counter(old), Counter(new)), Places(links)
    for text, (olds, news) in _twins(links, old, new).items():
        if len(olds) == len(news) == 1:
            far = min(abs(place - news[0]) for place in places.expected(olds[0]))
            is_form = max(one[text] for one in counts) > FEW or len(text) < LONG
            is_of_another = after_equal(links, old, new, (olds[0], news[0]), lean(text)) is not None
            if not is_form or (far <= NOT_FAR and not is_of_another):
                links.add(olds[0], news[0])


def _twins(links: Links, old: Sequence[str], new: Sequence[str]) -> dict[str, tuple[list[int], list[int]]]:
    """The texts that free paragraphs of both versions have, with those."""
    olds, news = defaultdict(list), defaultdict(list)
    for number in links.free_old():
        olds[old[number]].append(number)
    for number in links.free_new():
        news[new[number]].append(number)
    return {text: (numbers, news[text]) for text, numbers in olds.items() if text in news}
