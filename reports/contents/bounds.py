"""Bounds: what is refused before it is unpacked, and how much one file may still unpack."""

import zlib

MOST_UNPACKED, MOST_PARTS, DEEPEST = 512 * 2**20, 10_000, 4
MOST_RATIO = 250
SMALL = 4 * 2**20  # below this, however well it was packed, nothing is in danger


class Unreadable(ValueError):
    """A file of which it cannot be said what stands in it.

    `reason` is locked, broken, large (also packed too densely or too deeply), closed (a form that is not read here),
    doctype (XML that declares one), leftover (bytes in an archive that belong to no part) or glyphs (a PDF whose
    letters cannot be told); the message says more, for the log.
    """

    def __init__(self, reason: str, message: str):
        super().__init__(message)
        self.reason = reason


class Bounds:
    """What is left of the bytes and parts that one file, with everything packed in it, may unpack to.

    >>> Bounds().spend(2**30)
    Traceback (most recent call last):
    reports.contents.bounds.Unreadable: unpacks to more than 512 MB
    """

    def __init__(self) -> None:
        self.bytes, self.parts = MOST_UNPACKED, MOST_PARTS

    def spend(self, size: int, packed: int | None = None) -> None:
        """Count one part before it is unpacked, by the size it declares and the size it has now."""
        self.bytes -= size
        self.parts -= 1
        if self.bytes < 0:
            raise Unreadable("large", f"unpacks to more than {MOST_UNPACKED // 2**20} MB")
        if self.parts < 0:
            raise Unreadable("large", f"has more than {MOST_PARTS} parts")
        if packed is not None and size > SMALL and size > MOST_RATIO * packed:
            raise Unreadable("large", "is packed more densely than any honest file")

    def inflate(self, packed: bytes, wbits: int = zlib.MAX_WBITS) -> bytes:
        """Unpack a zlib stream (or with another `wbits` gzip), never further than the bounds.

        >>> Bounds().inflate(zlib.compress(b"rob"))
        b'rob'
        """
        most = min(max(SMALL, len(packed) * MOST_RATIO), self.bytes)
        machine = zlib.decompressobj(wbits)
        try:
            found = machine.decompress(packed, most + 1)
        except zlib.error as error:
            raise Unreadable("broken", "holds a packed part that is broken") from error
        if not machine.eof and len(found) <= most:
            raise Unreadable("broken", "holds a packed part that ends too early")
        self.spend(len(found), len(packed))
        return found
