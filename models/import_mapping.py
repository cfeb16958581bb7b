"""How the columns of a kind of file were understood, kept for the next file with the same head."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment


class ImportMapping(Base):
    __tablename__ = "import_mapping"

    signature: Mapped[str] = mapped_column(primary_key=True)
    columns: Mapped[dict[str, Any]] = mapped_column(JSON)
    changed_at: Mapped[datetime] = mapped_column(Moment)
