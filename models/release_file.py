"""One page or file of a release, as the bytes that are sent, with the tag by which a browser knows it again."""

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class ReleaseFile(Base):
    __tablename__ = "release_file"

    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), primary_key=True)
    path: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True, default="")
    media_type: Mapped[str]
    etag: Mapped[str]
    body: Mapped[bytes] = mapped_column(LargeBinary)
