"""Changes: what a later text takes out of an earlier one and puts into it, word by word, as a page shows it."""

from analysis.differing import Piece, differ, likeness

# Beyond this a page of differences would be as heavy as a chapter: both texts are shown whole instead.
LONGEST = 20_000
# A wording that has less than this in common with the paragraph is a sentence to put in, not the paragraph anew.
ANEW = 0.4


def between(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of a change in their order; none where the texts say the same but for white space.

    >>> [(p.kind, p.text) for p in between("Pompa dijaga warga", "Pompa dijaga petugas")]
    [('same', 'Pompa dijaga '), ('removed', 'warga'), ('added', 'petugas')]
    >>> between("Pompa  dijaga", "Pompa dijaga")
    ()
    """
    if before.split() == after.split():
        return ()
    if len(before) + len(after) > LONGEST:
        whole = (Piece("removed", before), Piece("added", after))
        return tuple(piece for piece in whole if piece.text)
    return differ(before, after)


def wording(text: str, proposed: str | None) -> tuple[Piece, ...]:
    """What a proposed wording would change in a paragraph; none where it is no wording of the whole paragraph.

    >>> [(p.kind, p.text) for p in wording("Pompa dijaga warga siang malam", "Pompa dijaga petugas siang malam")]
    [('same', 'Pompa dijaga '), ('removed', 'warga '), ('added', 'petugas '), ('same', 'siang malam')]
    >>> wording("Pompa dijaga warga siang malam", "Tambahkan jadwal jaga")
    ()
    """
    if not proposed or len(text) + len(proposed) > LONGEST or likeness(text, proposed) < ANEW:
        return ()
    return between(text, proposed)
