"""Margins: the words of a paragraph, old and new, with the places on which the remarks at its margin stand."""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from reports.letters import is_from_right, visible
from reports.remarks import Numbered, Remark
from reports.runs import run

QUOTATION_MARKS = " \t\r\n\"'“”„‘’«»…."


@dataclass(slots=True)
class Margin:
    """Numbers that no two things of the file share, and the remarks in the order of their places."""

    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    remarks: list[Numbered] = field(default_factory=list)

    def take(self, remark: Remark) -> list[int]:
        """Number a remark and its replies."""
        first = next(self.numbers)
        self.remarks.append(Numbered(first, remark))
        replies = [Numbered(next(self.numbers), reply, answers=first) for reply in remark.replies]
        self.remarks += replies
        return [first, *(reply.number for reply in replies)]


@dataclass(frozen=True, slots=True)
class Span:
    """Words of one kind and look; `is_text` False for a mark and a note, which no quote is looked for in."""

    kind: str
    text: str
    looks: str = ""
    is_text: bool = True


def is_turned(spans: Iterable[Span]) -> bool:
    """Whether a paragraph is read from the right: its text decides, not its mark.

    >>> is_turned([Span("same", "[P-LIV-01] ", is_text=False), Span("same", "سلام")])
    True
    """
    return is_from_right("".join(span.text for span in spans if span.is_text))


def woven(spans: Sequence[Span], remarks: Iterable[Remark], signed: str, margin: Margin) -> str:
    """The inside of a paragraph: its words, tracked or not, with the beginnings and ends of remarks between them.

    Args:
        spans: its words in order; both those that were taken out and those that were put in.
        remarks: what was said of it.
        signed: who changed it and when, as `reports.remarks.signature` writes it.
        margin: gives numbers, and keeps the remarks.

    Source: ECMA-376, part 1, 17.13.4.3 and 4 (commentRange), 17.13.5 (del, ins).

    >>> woven([Span("removed", "rob")], [], ' w:author="Tim"', Margin())
    '<w:del w:id="1" w:author="Tim"><w:r><w:delText xml:space="preserve">rob</w:delText></w:r></w:del>'
    """
    spans = [span for span in spans if span.text]
    bounds = [0, *itertools.accumulate(len(span.text) for span in spans)]
    begins, ends = _anchors(spans, bounds[-1], remarks, margin)
    turned = "<w:rtl/>" if is_turned(spans) else ""
    written = [_begun(begins[0])]
    for span, start, end in zip(spans, bounds, bounds[1:], strict=False):
        cuts = sorted({start, end, *(at for at in (*begins, *ends) if start < at < end)})
        for at, to in itertools.pairwise(cuts):
            words = span.text[at - start : to - start]
            written += [_tracked(words, span.kind, span.looks + turned, signed, margin), _ended(ends[to])]
            written.append(_begun(begins[to]))
    return "".join(written) if spans else _begun(begins[0]) + _ended(ends[0])


def _anchors(
    spans: Sequence[Span], length: int, remarks: Iterable[Remark], margin: Margin
) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """Where remarks begin and end, in characters from the head of the paragraph; how many there are is all the same."""
    begins, ends = defaultdict(list), defaultdict(list)
    readings = [_reading(spans, "removed"), _reading(spans, "added")]
    for remark in remarks:
        places = (_place(remark.quote, text, flow) for text, flow in readings)
        start, end = next((place for place in places if place), (0, length))
        for number in margin.take(remark):
            begins[start].append(number)
            ends[end].append(number)
    return begins, ends


def _reading(spans: Sequence[Span], unread: str) -> tuple[str, list[int]]:
    """One of the two texts of a paragraph, and where each of its characters stands among all of them."""
    text, flow, at = [], [], 0
    for span in spans:
        if span.is_text and span.kind != unread:
            text.append(span.text)
            flow += range(at, at + len(span.text))
        at += len(span.text)
    return "".join(text), flow


def _place(quote: str, text: str, flow: Sequence[int]) -> tuple[int, int] | None:
    words = visible(quote).strip(QUOTATION_MARKS).split()
    found = re.search(r"\s+".join(map(re.escape, words)), text, re.IGNORECASE) if words else None
    return (flow[found.start()], flow[found.end() - 1] + 1) if found else None


def _begun(numbers: Iterable[int]) -> str:
    return "".join(f'<w:commentRangeStart w:id="{number}"/>' for number in numbers)


def _ended(numbers: Iterable[int]) -> str:
    return "".join(
        f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>' for number in numbers
    )


def _tracked(words: str, kind: str, looks: str, signed: str, margin: Margin) -> str:
    match kind:
        case "removed":
            return f'<w:del w:id="{next(margin.numbers)}"{signed}>{run(words, looks, "delText")}</w:del>'
        case "added":
            return f'<w:ins w:id="{next(margin.numbers)}"{signed}>{run(words, looks)}</w:ins>'
        case _:
            return run(words, looks)
