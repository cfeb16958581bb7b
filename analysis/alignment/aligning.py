"""Stage 9b, aligning: the steps in their order, and what is said of each old paragraph."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analysis.alignment.certainty import Evidence, certainty, similarity
from analysis.alignment.equal import after_equal, keeps_company, link_copies, link_unique, spread
from analysis.alignment.likeness import Compared, candidates, compare, unexplained
from analysis.alignment.links import Links, Places, in_order
from analysis.alignment.pairing import pair_up
from analysis.alignment.pieces import link_merges, link_runs, link_splits
from analysis.alignment.versions import Version, weigh

SAME, EDITED, MOVED, SPLIT, MERGED, REMOVED = STATES = ("same", "edited", "moved", "split", "merged", "removed")
CLEARLY, LIKE = 0.6, 0.43  # two paragraphs anywhere are the same one from here on
TELLING = 1.2  # what shared words weigh at least that tell two paragraphs anywhere
ORDER = 0.2  # what the place of a pair can add
BETWEEN, FAINTLY = 0.03, 0.25  # what each close neighbour adds there, and what must be alike all the same
ABSURD = 0.35  # a pair known for certain is not believed if it is so much less alike than another one of it
DIGITS = 4


@dataclass(frozen=True, slots=True)
class Pair:
    """What became of one old paragraph: `new` in the order of the new text, the likeliest of them in `main`."""

    old: int
    new: tuple[int, ...]
    state: str
    similarity: float
    confidence: float
    main: int | None = None


@dataclass(frozen=True, slots=True)
class Alignment:
    """One pair for each old paragraph, in their order, and the new paragraphs that come from none."""

    pairs: tuple[Pair, ...]
    added: tuple[int, ...]


def align(old: Sequence[str], new: Sequence[str], fixed: Mapping[int, int] | None = None) -> Alignment:
    """Say what became of every paragraph.

    Args:
        old, new: the paragraphs of the two versions in their order, n and m texts, some of them perhaps empty.
        fixed: old -> new for pairs known for certain, such as those of a bookmark in the file. Such a pair holds
            unless one of the two is almost unlike the other and far more like a third paragraph.

    Returns:
        An Alignment of n pairs and the rest of the new paragraphs. States: `same` (marks, numbering, capitals, white
        space and a note in braces aside), `edited`, `moved` (outside the longest run of links that keeps the order, of
        equally long runs the one with more text; whether edited or not), `split` (several new paragraphs are pieces
        of it), `merged` (it went into one with other old ones), `removed`. A paragraph that came apart or went into
        another is called so wherever it went; one that did both is `split`. A new paragraph can stand in several
        pairs. `similarity` is 1 for `same`; of a split it is how much of the old text its pieces hold together, of a
        merged one how much of it the new text holds, else the likeness of `likeness.compare`. `confidence` says how
        often such a pair is right: below SURE (0.6) a person should look. Both lie in 0-1.

    Raises:
        ValueError: a fixed pair names a paragraph that is not there.

    Source: own method; equal texts first (Heckel 1978), then words by their rarity, one-to-one by the greatest sum,
    then pieces, then what stands in the same place.

    >>> found = align(["Rob naik 10 persen.", "Pompa mati.", "Lampu padam."], ["Lampu padam.", "Rob naik 15 persen."])
    >>> [(pair.old, pair.new, pair.state) for pair in found.pairs], found.added
    ([(0, (1,), 'edited'), (1, (), 'removed'), (2, (0,), 'moved')], ())
    """
    versions = weigh(old, new)
    known = _believed(*versions, fixed or {})
    links = Links(len(old), len(new))
    for pair in known:
        links.add(*pair)
    found = _link(links, *versions)
    return _told(links, *versions, found, set(known))


def _believed(old: Version, new: Version, fixed: Mapping[int, int]) -> list[tuple[int, int]]:
    """The fixed pairs but the absurd ones."""
    for pair in fixed.items():
        if not (0 <= pair[0] < len(old.flats) and 0 <= pair[1] < len(new.flats)):
            raise ValueError(f"no such pair of paragraphs: {pair}")
    if not fixed:
        return []
    others = [
        *candidates(old, new, sorted(fixed), range(len(new.flats))),
        *candidates(old, new, range(len(old.flats)), sorted(set(fixed.values()))),
    ]
    best_old: dict[int, float] = defaultdict(float)
    best_new: dict[int, float] = defaultdict(float)
    for pair in others:
        best_old[pair.old] = max(best_old[pair.old], pair.likeness)
        best_new[pair.new] = max(best_new[pair.new], pair.likeness)
    return [
        (o, n)
        for o, n in sorted(fixed.items())
        if old.flats[o] == new.flats[n] or compare(old, new, (o, n)).likeness >= ABSURD * max(best_old[o], best_new[n])
    ]


def _link(links: Links, old: Version, new: Version) -> list[Compared]:
    """All steps in their order; returns the pairs that were looked at."""
    link_unique(links, old.flats, new.flats)
    _link_rows(links, old, new)
    copies = {old.flats[n] for n in links.free_old()} & {new.flats[n] for n in links.free_new()}
    found = _open_candidates(links, old, new)
    link_runs(links, old, new, found)
    _link_alike(links, old, new, found, copies)
    if copies:
        spread(links, old.flats, new.flats)
        _link_alike(links, old, new, found, copies)
        link_copies(links, old.flats, new.flats)
        found = _open_candidates(links, old, new)
    _link_alike(links, old, new, found, set())
    _link_pieces(links, old, new, found)
    _link_in_place(links, old, new)
    link_copies(links, old.flats, new.flats)
    _link_pieces(links, old, new, found)
    return found


def _open_candidates(links: Links, old: Version, new: Version) -> list[Compared]:
    """Pairs of what does not stand word for word in both versions: nothing comes apart or goes into another there."""
    stay = {(o, news[0]) for o, news in enumerate(links.new) if news and old.flats[o] == new.flats[news[0]]}
    gone, come = {o for o, _ in stay}, {n for _, n in stay}
    olds, news = range(len(old.flats)), range(len(new.flats))
    return candidates(old, new, [o for o in olds if o not in gone], [n for n in news if n not in come])


def _link_alike(links: Links, old: Version, new: Version, found: Sequence[Compared], copies: set[str]) -> None:
    is_open = [old.flats[p.old] not in copies and new.flats[p.new] not in copies for p in found]
    free = [pair for pair, is_one in zip(found, is_open, strict=True) if is_one and links.is_free(pair.old, pair.new)]
    free = unexplained(free, old, new)
    for least in (CLEARLY, LIKE, LIKE):
        places = Places(links)
        worth = {
            (pair.old, pair.new): pair.likeness + ORDER * _in_place(places, pair)
            for pair in free
            if links.is_free(pair.old, pair.new) and _is_enough(links, places, old, new, pair)
        }
        for pair in pair_up(worth, least):
            links.add(*pair)


def _is_enough(links: Links, places: Places, old: Version, new: Version, pair: Compared) -> bool:
    """Whether what two share can tell them: few words can only beside linked neighbours, or nearly there if clear."""
    if old.flats[pair.old] == new.flats[pair.new]:
        return False  # copies go by their company
    if pair.shared >= TELLING and (pair.likeness >= LIKE or places.is_near(pair.old, pair.new)):
        return True
    if keeps_company(links, old.flats, new.flats, pair[:2]):
        return pair.likeness >= CLEARLY or not _is_of_another(links, old, new, pair)
    return pair.likeness >= CLEARLY and places.is_near(pair.old, pair.new)


def _is_of_another(links: Links, old: Version, new: Version, pair: Compared) -> bool:
    """Whether both are headings, and what follows them, equal lines aside, is left and not alike."""
    if not (old.flats[pair.old][-1:].isalnum() and new.flats[pair.new][-1:].isalnum()):
        return False
    beyond = after_equal(links, old.flats, new.flats, pair[:2], 1)
    return beyond is not None and compare(old, new, beyond).likeness < FAINTLY


def _in_place(places: Places, pair: Compared) -> float:
    """How near a pair is to where its linked neighbours let it be expected, from 1 to 0."""
    return 1 / (1 + min(abs(pair.new - place) for place in places.expected(pair.old)))


def _link_pieces(links: Links, old: Version, new: Version, found: Sequence[Compared]) -> None:
    link_splits(links, old, new, found)
    link_merges(links, old, new, found)


def _link_in_place(links: Links, old: Version, new: Version) -> None:
    """What was written anew stands where the old text stood, between the same neighbours."""
    places = Places(links)
    worth = {}
    for o in links.free_old():
        for n, support in places.near(o).items():
            pair = compare(old, new, (o, n))
            if pair.likeness >= FAINTLY and _is_enough(links, places, old, new, pair):
                worth[o, n] = pair.likeness + ORDER * _in_place(places, pair) + BETWEEN * support
    for linked in pair_up(worth, LIKE):
        links.add(*linked)


def _link_rows(links: Links, old: Version, new: Version) -> None:
    """Link what lies between the same neighbours, all of it equal or rows of one form that few words tell, in order."""
    linked = [(-1, -1), *((o, news[0]) for o, news in enumerate(links.new) if news), (len(links.new), len(links.old))]
    for (o, n), (last, end) in pairwise(linked):
        between = [(o + step, n + step) for step in range(1, last - o)]
        if end - n == last - o and all(_is_row(links, old, new, pair) for pair in between):
            for pair in between:
                links.add(*pair)


def _is_row(links: Links, old: Version, new: Version, pair: tuple[int, int]) -> bool:
    found = compare(old, new, pair)
    is_equal = old.flats[pair[0]] == new.flats[pair[1]]
    return links.is_free(*pair) and (is_equal or (found.likeness >= LIKE and found.shared < TELLING))


def _told(links: Links, old: Version, new: Version, found: list[Compared], known: set[tuple[int, int]]) -> Alignment:
    evidence = Evidence(links, old, new, found, known)
    linked = [n for n, news in enumerate(links.new) if news]
    run = in_order([evidence.main[n] for n in linked], [len(old.flats[n]) for n in linked])
    moved = {n for n, stays in zip(linked, run, strict=True) if not stays}
    pairs = tuple(_pair(n, links.new[n], _state(n, evidence, moved), evidence, moved) for n in range(len(links.new)))
    return Alignment(pairs, tuple(links.free_new()))


def _state(number: int, evidence: Evidence, moved: set[int]) -> str:
    news = evidence.links.new[number]
    if not news:
        return REMOVED
    if len(news) > 1:
        return SPLIT
    if len(evidence.links.old[news[0]]) > 1:
        return MERGED
    if number in moved:
        return MOVED
    return SAME if evidence.is_equal(number) else EDITED


def _pair(number: int, news: Sequence[int], state: str, evidence: Evidence, moved: set[int]) -> Pair:
    is_piece = state in (SPLIT, MERGED)
    alike = similarity(evidence, number, is_piece)
    sure = certainty(evidence, number, is_piece, number in moved)
    main = evidence.main[number] if news else None
    return Pair(number, tuple(sorted(news)), state, round(alike, DIGITS), round(sure, DIGITS), main)
