"""The libraries the site stands on, made once and bound to an app by `create_app`."""

from flask_babel import Babel
from flask_compress import Compress
from flask_migrate import Migrate
from flask_security import Security, SQLAlchemyUserDatastore
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect

from models.base import Base
from models.person import Person, Role

db = SQLAlchemy(model_class=Base)
people = SQLAlchemyUserDatastore(db, Person, Role)
security = Security()
csrf = CSRFProtect()
migrate = Migrate()
babel = Babel()
compress = Compress()
