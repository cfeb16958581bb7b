"""What each word says for each theme, as the newest full run of a round left it: new texts are placed by it at once."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class ThemeWord(Base):
    __tablename__ = "theme_word"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), primary_key=True)
    weight: Mapped[float]
