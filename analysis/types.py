"""Plain data that goes into the analysis and comes out of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

Pairs = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Text:
    """One text to read; ratings run from 1 to 4, `created_at` is an ISO moment."""

    id: str
    text: str
    person: str | None = None
    group: str | None = None
    area: str | None = None
    dimension: str | None = None
    created_at: str | None = None
    language: str | None = None
    condition: int | None = None
    importance: int | None = None
    has_evidence: bool = False
    missions: tuple[str, ...] = ()
    chosen_type: str | None = None
    pinned_theme: str | None = None


@dataclass(frozen=True, slots=True)
class CodebookTheme:
    """A theme of the team's coding frame; `include` and `exclude` are phrases."""

    id: str
    name: str
    dimension: str | None
    include: str = ""
    exclude: str = ""
    keywords: tuple[str, ...] = ()
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Dimension:
    code: str
    label: str
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    code: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mission:
    code: str
    dimensions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a city fixed: its dimensions, areas, missions and the weights of the criteria (percent).

    `group_weights` are what groups count against one another, 1 for one that is not named; empty where all are equal.
    """

    dimensions: tuple[Dimension, ...] = ()
    areas: tuple[Area, ...] = ()
    missions: tuple[Mission, ...] = ()
    weights: tuple[tuple[str, float], ...] = ()
    # Not in its text, so that the digest of an input with equal groups stays what it was; `pipeline` adds it.
    group_weights: tuple[tuple[str, float], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Cue:
    """A word and what it weighed."""

    word: str
    weight: float


@dataclass(frozen=True, slots=True)
class TypeMark:
    type: str
    cues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DimensionMark:
    """`confidence` lies in 0–1."""

    code: str
    confidence: float
    cues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one text.

    `fingerprint` is a 64-bit hash of what it says letter for letter, 0 where it says nothing.
    """

    id: str
    language: str
    low_confidence: bool
    types: tuple[TypeMark, ...]
    sentiment: str
    dimensions: tuple[DimensionMark, ...]
    theme: str | None
    theme_reason: str | None
    words: tuple[Cue, ...]
    margin: float
    duplicate_group: str | None
    masked_text: str
    flags: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    fingerprint: int = 0


@dataclass(frozen=True, slots=True)
class Quote:
    id: str
    text: str
    group: str | None
    area: str | None
    language: str


@dataclass(frozen=True, slots=True)
class Theme:
    """Points that say the same; `people` is the minimum, `people_max` the maximum.

    `share_word` says how many of all who spoke that is (`shares.WORDS`).
    """

    id: str
    name: str
    terms: tuple[Cue, ...]
    dimension: str | None
    is_proposed: bool
    received: int
    distinct_texts: int
    people: int
    people_max: int
    groups: Pairs
    stance: Pairs
    quotes: tuple[Quote, ...]
    borderline: tuple[str, ...]
    members: Sequence[str]
    small_voices: tuple[str, ...] = ()
    share_word: str = "few"


@dataclass(frozen=True, slots=True)
class Campaign:
    """Near-identical texts: n of them from at least m people over d days; never a verdict."""

    id: str
    members: tuple[str, ...]
    texts: int
    people: int
    days: int
    kind: str


@dataclass(frozen=True, slots=True)
class Contrast:
    """A word that one group uses more than the others (z over 3, at least three people)."""

    group: str
    term: str
    z: float
    count: int
    people: int


@dataclass(frozen=True, slots=True)
class Part:
    """One criterion on its fixed scale of 0–100, with what it rests on."""

    code: str
    value: float
    weight: float
    detail: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Rank:
    """The place of a theme, how far it can move, and where it would stand otherwise.

    `low` and `high` are places under a bootstrap of the voices, `leave_out` the place without each group,
    `without_collapse` the place if every sender counted, `acceptability` the share of random weights (0–1) with which
    it is among the first ten.
    """

    theme: str
    parts: tuple[Part, ...]
    score: float
    place: int
    low: int
    high: int
    ties_with: tuple[str, ...]
    without_collapse: int
    leave_out: Pairs
    acceptability: float = 0.0


@dataclass(frozen=True, slots=True)
class GroupVoices:
    """What one group said of a theme: means of what was rated (1 to 4), None where nobody did.

    `end` is, for the two groups that stand furthest apart, the measure and its end ("condition_low"), else empty.
    """

    group: str
    voices: int
    condition: float | None
    importance: float | None
    objections: int
    types: Pairs
    end: str = ""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """How far the groups of a theme stand apart, 0–100, and in what: "condition" or "objection"."""

    theme: str
    value: float | None
    measure: str | None
    groups: tuple[GroupVoices, ...]


@dataclass(frozen=True, slots=True)
class Run:
    seed: int
    versions: tuple[tuple[str, str], ...]
    parameters: tuple[tuple[str, object], ...]
    input_hash: str
    counts: Pairs = field(default=())


@dataclass(frozen=True, slots=True)
class Analysis:
    run: Run
    readings: Sequence[Reading]
    themes: tuple[Theme, ...]
    campaigns: tuple[Campaign, ...]
    contrasts: tuple[Contrast, ...]
    ranking: tuple[Rank, ...]
    disagreements: tuple[Disagreement, ...] = ()
    as_they_came: Pairs = ()
