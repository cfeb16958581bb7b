"""Stage 9b, alignment: which paragraph of a draft became which of the next version, by their texts alone."""

from analysis.alignment.aligning import STATES, Alignment, Pair, align
from analysis.alignment.certainty import SURE

__all__ = ["STATES", "SURE", "Alignment", "Pair", "align"]
