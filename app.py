"""The front door: builds the app from the environment."""

from portal.config import Settings
from portal.site import create_app

app = create_app(Settings.from_environ())
