"""One reading of the plan folder: when it was loaded, its digest, and the settings that came with it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment


class PlanVersion(Base):
    __tablename__ = "plan_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str]
    loaded_at: Mapped[datetime] = mapped_column(Moment)
    city: Mapped[dict[str, Any]] = mapped_column(JSON)
    weights: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
