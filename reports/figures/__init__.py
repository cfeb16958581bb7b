"""Figures drawn on the server: counts, a plane of condition and importance, ranges of places."""

from reports.figures.heat import heat_map
from reports.figures.plane import Dot, quadrant
from reports.figures.reach import Span, ranges

__all__ = ["Dot", "Span", "heat_map", "quadrant", "ranges"]
