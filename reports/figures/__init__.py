"""Figures drawn on the server: counts, planes of two scales, ranges of places, contrasts, balances, bars."""

from reports.figures.balance import balance
from reports.figures.bars import Bar, bars
from reports.figures.contrast import Pair, contrast
from reports.figures.heat import heat_map
from reports.figures.plane import Dot, quadrant
from reports.figures.reach import Span, ranges

__all__ = ["Bar", "Dot", "Pair", "Span", "balance", "bars", "contrast", "heat_map", "quadrant", "ranges"]
