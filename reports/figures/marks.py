"""What every figure is drawn with: the frame that names it, escaped texts, names that fit their room."""

import html
import re
import unicodedata
from collections.abc import Iterable

WIDTH = 340  # units; on a screen of 320 px a figure is 288 px wide, and letters of 13 units are 11 px high
LETTER, LINE = 13, 16
BOLD = 0.92  # how much of a line bold letters may fill, as they are measured like others
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
AN_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
# about how wide the letters of common sans faces are, in parts of their size; DejaVu is wider, Arial narrower
BREADTHS = {**dict.fromkeys("ijl|'!.,:;", 0.27), **dict.fromkeys("ftrI()[]/- ", 0.35), **dict.fromkeys("mwM%", 0.88)}


def escape(text: str) -> str:
    """The text as it may stand between tags and in attributes; what XML cannot hold becomes U+FFFD.

    >>> escape('<b> & "rob"')
    '&lt;b&gt; &amp; &quot;rob&quot;'
    """
    return html.escape(NOT_XML.sub("\ufffd", str(text)))


def frame(id: str, title: str, description: str, height: float, body: Iterable[str]) -> str:
    """One figure as inline SVG, WIDTH units wide.

    Args:
        id: a name of letters, digits, - and _ that no other figure of the page has.
        title: what the figure is.
        description: what it shows, in a sentence.
        height: in units.
        body: the elements, already escaped.

    Raises:
        ValueError: the id is no name.

    >>> frame("f", "Judul", "Temuan", 10, [])[:67]
    '<svg class="fig" viewBox="0 0 340 10" role="img" aria-labelledby="f'
    """
    if not AN_ID.fullmatch(id):
        raise ValueError(f"{id!r} cannot be the id of a figure")
    return (
        f'<svg class="fig" viewBox="0 0 {WIDTH} {number(height)}" role="img" aria-labelledby="{id}-t {id}-d">'
        f'<title id="{id}-t">{escape(title)}</title><desc id="{id}-d">{escape(description)}</desc>'
        f"{''.join(body)}</svg>"
    )


def number(value: float) -> str:
    """A coordinate with at most one decimal.

    >>> number(12.04), number(12.56)
    ('12', '12.6')
    """
    return f"{value:.1f}".removesuffix(".0")


def text(x: float, y: float, words: str, look: str = "", anchor: str = "start", room: float = WIDTH) -> str:
    """One line of text; `anchor` is start, middle or end; letters are pressed together to fit the room.

    >>> text(1, 2, "a<b", "soft")
    '<text x="1" y="2" class="soft">a&lt;b</text>'
    """
    looks = f' class="{look}"' if look else ""
    anchored = f' text-anchor="{anchor}"' if anchor != "start" else ""
    pressed = f' textLength="{number(room)}" lengthAdjust="spacingAndGlyphs"' if length(words) > room else ""
    return f'<text x="{number(x)}" y="{number(y)}"{looks}{anchored}{pressed}>{escape(words)}</text>'


def label(
    x: float, y: float, lines: list[str], whole: str, look: str = "", anchor: str = "start", room: float = WIDTH
) -> str:
    """The lines of a wrapped name, each LINE units below the one before; a shortened one shows the whole on hover.

    >>> label(0, 13, ["Penataan …"], "Penataan kawasan")
    '<g><title>Penataan kawasan</title><text x="0" y="13">Penataan …</text></g>'
    """
    drawn = "".join(text(x, y + LINE * at, line, look, anchor, room) for at, line in enumerate(lines))
    is_whole = " ".join(lines) == " ".join(whole.split())
    return drawn if is_whole else f"<g><title>{escape(whole)}</title>{drawn}</g>"


def length(words: str, size: float = LETTER) -> float:
    """About how many units a line of text takes in the sans of a reader's device.

    >>> length("iii") < length("aaa") < length("MMM")
    True
    """
    return size * sum(_breadth(character) for character in words)


def _breadth(character: str) -> float:
    if unicodedata.combining(character):
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.1
    return BREADTHS.get(character, 0.72 if character.isupper() else 0.57)


def wrap(words: str, room: float, most: int = 2, size: float = LETTER) -> list[str]:
    """The words on at most so many lines of so many units; the last line ends with an ellipsis if it must.

    >>> wrap("Perangkat daerah", 75)
    ['Perangkat', 'daerah']
    >>> wrap("Penataan kawasan pesisir", 75)
    ['Penataan', 'kawasan …']
    """
    lines: list[str] = []
    for word in words.split():
        if lines and length(f"{lines[-1]} {word}", size) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    left = len(lines) > most
    fitted = [_cut(line, room, size) for line in lines[:most]]
    if left and not fitted[-1].endswith("…"):
        fitted[-1] = _cut(f"{fitted[-1]} …", room, size)
    return fitted


def _cut(line: str, room: float, size: float) -> str:
    if length(line, size) <= room:
        return line
    kept = line.removesuffix(" …")
    while kept and length(f"{kept}…", size) > room:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"
