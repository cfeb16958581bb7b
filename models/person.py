"""Somebody who signs in, and the roles they hold (Flask-Security's mixins on the plain base)."""

from flask_security.models import sqla
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base

sqla.FsModels.set_db_info(base_model=Base)


class Role(Base, sqla.FsRoleMixin):
    __tablename__ = "role"


class User(Base, sqla.FsUserMixin):
    """Flask-Security's mixins look their partner up by this class name; everywhere else it is a person."""

    __tablename__ = "user"

    name: Mapped[str | None]
    organisation: Mapped[str | None]
    agency: Mapped[str | None] = mapped_column(ForeignKey("agency.code"), index=True)


Person = User
