"""Results: what may be told in public of a round, read anew from allowed columns, never copied from working files."""

from services.results.gathering import Results, gather
from services.results.opendata import COLUMNS, Row, rows

__all__ = ["COLUMNS", "Results", "Row", "gather", "rows"]
