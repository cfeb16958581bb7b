"""What a fit from nothing would change of what stands: counts and names of new themes, never the fit itself."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment


class Difference(Base):
    __tablename__ = "difference"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(Moment)
    texts: Mapped[int]
    moved: Mapped[int]
    agreement: Mapped[float]
    # Pairs of theme ids with the texts that would go from one to the other; None stands for "in no theme".
    flows: Mapped[list[Any]] = mapped_column(JSON, default=list)
    # What would be new: name, texts in it, and from which themes most of them come.
    proposals: Mapped[list[Any]] = mapped_column(JSON, default=list)
