"""The front door: builds the app from the environment."""

from portal import create_app
from portal.config import Settings

app = create_app(Settings.from_environ())
