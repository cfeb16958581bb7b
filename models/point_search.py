"""The stems of what each point says, to be searched: SQLite's own index, with the point's id as its row's."""

from sqlalchemy import DDL, column, event, literal_column, table

from models.base import Base

NAME = "point_search"
# No mapped table: SQLite makes and fills several of its own behind this name.
POINT_SEARCH = table(NAME, column("rowid"), column("words"))
# What stands left of MATCH is the name of the index, not of one of its columns.
INDEX = literal_column(NAME)

event.listen(
    Base.metadata,
    "after_create",
    DDL(f"CREATE VIRTUAL TABLE IF NOT EXISTS {NAME} USING fts5(words)").execute_if(dialect="sqlite"),  # type: ignore[no-untyped-call]
)
