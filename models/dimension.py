"""A dimension of the plan, such as Smart Mobility; one may be planned and already open for input."""

from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, word
from models.vocabulary import DimensionState


class Dimension(Base):
    __tablename__ = "dimension"

    code: Mapped[str] = mapped_column(primary_key=True)
    label_id: Mapped[str]
    label_en: Mapped[str]
    plain_id: Mapped[str]
    plain_en: Mapped[str]
    plain_jv: Mapped[str] = mapped_column(default="")
    short_id: Mapped[str]
    short_en: Mapped[str]
    state: Mapped[DimensionState] = mapped_column(word(DimensionState, "dimension_state"))
    position: Mapped[int]
    keywords: Mapped[str] = mapped_column(default="")
    is_current: Mapped[bool] = mapped_column(default=True)
