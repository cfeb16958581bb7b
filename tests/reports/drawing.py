"""Draws small figures and reads them back: their texts, names on hover, places."""

from xml.etree import ElementTree

from reports.figures import Bar, Dot, Pair, Span, balance, bars, contrast, heat_map, quadrant, ranges

SVG = "{http://www.w3.org/2000/svg}"
NAMED = {"id": "f-1", "title": "Masukan per bidang", "description": "Bencana paling banyak disebut."}
DOTS = (Dot("Rob", 1.5, 4), Dot("Sampah", 2, 3))
SPANS = (Span("Rob", 1, 1, 3), Span("Sampah", 2, 1, 4))
BARS = (Bar("Panjang Baru", 37), Bar("Bandengan", 100))
PAIRS = (Pair("rob", 62, 8), Pair("pasar", 0, 33.3, right_words="33,3%"))
ELEMENTS, PARTS = ("Struktur", "Infrastruktur"), ("digital", "keduanya", "bukan digital")
CELLS = (((5, 2, 9), (0, 0, 0)), ((1, 0, 3), (20, 0, 0)))
AXES = {
    "x_name": "Keadaan",
    "y_name": "Pentingnya",
    "x_middle": 2.5,
    "y_middle": 2.5,
    "corners": ("Benahi dulu", "Jaga", "Amati", "Cukup"),
}


def heat(rows=("Ekonomi", "Bencana"), columns=("Warga", "Media"), counts=((3, 0), (12, 1)), **changes):
    return heat_map(rows, columns, counts, **{**NAMED, **changes})


def plane(points=DOTS, **changes):
    return quadrant(points, **{**NAMED, **AXES, **changes})


def reach(rows=SPANS, of=20, **changes):
    return ranges(rows, **{**NAMED, "of": of, **changes})


def small(rows=BARS, most=100, **changes):
    return bars(rows, **{**NAMED, "most": most, **changes})


def sides(rows=PAIRS, **changes):
    return contrast(rows, **{**NAMED, "left_name": "Warga", "right_name": "Dinas", "most": 100, **changes})


def parts(rows=("Ekonomi", "Bencana"), columns=ELEMENTS, names=PARTS, counts=CELLS, **changes):
    return balance(rows, columns, names, counts, **{**NAMED, "most": 20, **changes})


def parse(drawn):
    """The figure as a tree; an HTML page needs no namespace, a parser of XML does."""
    return ElementTree.fromstring(drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def words(drawn):
    return [node.text for node in parse(drawn).iter(f"{SVG}text")]


def names(drawn):
    """What shows on hover, the title of the figure left aside."""
    return [node.text for node in parse(drawn).iter(f"{SVG}title")][1:]


def all_of(drawn, tag, look):
    return [node.attrib for node in parse(drawn).iter(f"{SVG}{tag}") if node.get("class") == look]


def places(drawn):
    return [(float(dot["cx"]), float(dot["cy"])) for dot in all_of(drawn, "circle", "dot")]
