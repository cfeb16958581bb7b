"""Every page of the team's desks, found as a person finds them: from the menu, by links, filters and next pages.

A new desk needs no line here: the walk begins at every route of `portal.access.ROUTES` that belongs to the team and
asks for nothing in its path.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from random import Random
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map

from portal.access import ROUTES

TEAM = "staff_"
CURSORS, WORDS, NO_FILTER = ("after", "before"), ("q", "word"), ("lang", "open", "round")
# A rare word, common ones, words beside one another, a beginning, two and three words, and what nobody said.
QUERIES = ("taman", "jalan", "air", '"lampu jalan"', '"tepi sungai" rusak', "perpus", "lam", "sampah bau")
QUERIES += ("pompa banjir macet", "xyzzy", "jalan sekolah")
# At most so many addresses of one shape.
DETAILS, VALUES, PAGES, PAIRS = 6, 40, 5, 4
FIRST, FILTER, SEARCH, DEEP, MANY, DETAIL = "first page", "one filter", "search", "deep", "several filters", "detail"


class Address(NamedTuple):
    """One page: where it leads, and which kind of asking it is."""

    path: str
    endpoint: str
    kind: str
    is_about_one: bool


@dataclass
class _Page(HTMLParser):
    """The links of a page and the fields of its forms that only ask."""

    here: str
    links: list[str] = field(default_factory=list)
    fields: dict[str, dict[str, set[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))
    form: str | None = None
    select: str | None = None

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "form":
            asks = given.get("method", "get").lower() == "get"
            self.form = (given.get("action") or self.here) if asks else None
        elif self.form is not None and given.get("name") and tag in ("select", "input"):
            self.select = given["name"] if tag == "select" else self.select
            if tag == "input" and given.get("type") != "hidden":
                self.fields[self.form][given["name"]].add("" if given["name"] in WORDS else given.get("value", ""))
        elif tag == "option" and self.form is not None and self.select:
            self.fields[self.form][self.select].add(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = None
        elif tag == "form":
            self.form = None


class Walk:
    """A walk over all desks; `get` returns the page of an address, or None where there is none to be read."""

    def __init__(self, routes: Map, get: Callable[[str], str | None], rows: int) -> None:
        self.get, self.rows = get, rows
        self.map = routes.bind("localhost")
        self.found: dict[str, Address] = {}
        self.facets: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.shapes: Counter[tuple[object, ...]] = Counter()

    def run(self, combinations: int, seed: int = 1) -> list[Address]:
        """All addresses that answered, with so many random combinations of filters among them."""
        self._follow(self._starts())
        self._follow(list(self._single()))
        self._follow(list(self._searches()))
        self._follow(list(self._far()))
        self._follow(list(self._combined(combinations, Random(seed))), is_free=True)
        return list(self.found.values())

    def _starts(self) -> list[str]:
        rules = (rule for rule in self.map.map.iter_rules() if not rule.arguments)
        return sorted(rule.rule for rule in rules if self._is_desk(rule.endpoint, rule.methods))

    def _is_desk(self, endpoint: str, methods: Iterable[str] | None) -> bool:
        return endpoint.startswith(TEAM) and endpoint in ROUTES and "GET" in (methods or ())

    def _follow(self, waiting: list[str], *, is_free: bool = False) -> None:
        while waiting:
            path = waiting.pop(0)
            address = self._address(path)
            if address is None or path in self.found or not (is_free or self._has_room(address)):
                continue
            page = self.get(path)
            if page is None:
                continue
            self.found[path] = address
            read = _Page(urlsplit(path).path)
            read.feed(page)
            self._learn(read, path)
            if not is_free:
                waiting += [_cleaned(link) for link in read.links if link.startswith(("/", "?"))]

    def _address(self, path: str) -> Address | None:
        parts = urlsplit(path)
        try:
            rule, values = self.map.match(parts.path, "GET", return_rule=True)
        except HTTPException:
            return None
        if not self._is_desk(rule.endpoint, rule.methods):
            return None
        names = [name for name, value in parse_qsl(parts.query) if value]
        filters = [name for name in names if name not in CURSORS + NO_FILTER]
        if any(name in CURSORS for name in names):
            kind = DEEP
        elif any(name in WORDS for name in filters):
            kind = SEARCH
        elif filters:
            kind = MANY if len(filters) > 1 else FILTER
        else:
            kind = DETAIL if values else FIRST
        return Address(path, rule.endpoint, kind, bool(values))

    def _has_room(self, address: Address) -> bool:
        """Whether another address of this shape is worth asking for; counted when it is."""
        names = tuple(sorted({name for name, _ in parse_qsl(urlsplit(address.path).query)} - {"lang"}))
        most = {FILTER: VALUES, DEEP: PAGES, MANY: PAIRS, SEARCH: VALUES}.get(address.kind, DETAILS)
        if len(names) > 2 or address.endpoint.endswith(("_take", ".take")):
            return False
        if address.is_about_one and address.kind != DETAIL:
            most = min(most, PAIRS)
        self.shapes[address.endpoint, names] += 1
        return self.shapes[address.endpoint, names] <= most

    def _learn(self, page: _Page, path: str) -> None:
        """What this page may be narrowed by: its forms, and links to itself."""
        here = urlsplit(path).path
        for action, names in page.fields.items():
            for name, values in names.items():
                self.facets[urlsplit(action).path or here][name] |= values - ({""} if name not in WORDS else set())
        for link in page.links:
            parts = urlsplit(link)
            if (parts.path or here) == here:
                for name, value in parse_qsl(parts.query):
                    if name not in CURSORS + WORDS + NO_FILTER:
                        self.facets[here][name].add(value)

    def _single(self) -> Iterator[str]:
        for path, names in list(self.facets.items()):
            for name, values in names.items():
                if name not in WORDS + CURSORS:
                    yield from (_asked(path, {name: value}) for value in sorted(values)[:VALUES])

    def _searches(self) -> Iterator[str]:
        for path, names in list(self.facets.items()):
            for word in WORDS:
                if word in names:
                    yield from (_asked(path, {word: query}) for query in QUERIES)

    def _far(self) -> Iterator[str]:
        """The middle and both ends of every list whose place is a number."""
        for path in list(self.found):
            given = dict(parse_qsl(urlsplit(path).query))
            for name in CURSORS:
                if given.get(name, "").isdecimal():
                    for tenth in (1, 5, 9):
                        yield _asked(urlsplit(path).path, given | {name: str(self.rows * tenth // 10)})

    def _combined(self, many: int, draw: Random) -> Iterator[str]:
        """Two to five filters at once, with a search or a place in the list among them where there is one."""
        wide = {path: names for path, names in sorted(self.facets.items()) if len(names) > 1}
        weights = [len(names) ** 2 for names in wide.values()]
        numbered = self._numbered()
        for path in draw.choices(list(wide), weights, k=many) if wide else ():
            names = draw.sample(sorted(wide[path]), min(len(wide[path]), draw.randint(2, 5)))
            asked = {name: self._value(name, wide[path][name], draw) for name in names}
            deep = {"after": str(self.rows * draw.randint(1, 9) // 10)} if path in numbered else {}
            yield _asked(path, asked | (deep if draw.random() < 0.3 else {}))

    def _value(self, name: str, values: set[str], draw: Random) -> str:
        return draw.choice(QUERIES if name in WORDS else sorted(values) or [""])

    def _numbered(self) -> set[str]:
        """Lists whose place is a number."""
        return {
            urlsplit(path).path
            for path in self.found
            if dict(parse_qsl(urlsplit(path).query)).get("after", "").isdecimal()
        }


def _cleaned(link: str) -> str:
    """A link without its fragment."""
    return link.partition("#")[0]


def _asked(path: str, given: dict[str, str]) -> str:
    return f"{path}?{urlencode({name: value for name, value in given.items() if value})}"
