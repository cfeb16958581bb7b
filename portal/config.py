"""Settings: one typed object, read once from the environment."""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class BadSetting(ValueError):
    """A setting that cannot be used; the text says which and what was expected."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an operator may set.

    `port` (PORT, 8000) and `host` (HOST, 127.0.0.1): where the site listens; `data` (DATA, instance/): the folder
    of database, keys and files; `is_demo` (DEMO, 1): whether the example texts and sign-ins are put in at first
    start, in which case only loopback is served; `plan` (PLAN, plan/): the city's plan; `is_https` (HTTPS, 0):
    whether the site is reached through https, so that cookies travel only there.
    """

    port: int = 8000
    host: str = "127.0.0.1"
    data: Path = ROOT / "instance"
    is_demo: bool = True
    plan: Path = ROOT / "plan"
    is_https: bool = False

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """Read the settings; raises BadSetting for a port that is none or a switch that is neither 0 nor 1."""
        env = os.environ if environ is None else environ
        return cls(
            port=_port(env.get("PORT", "8000")),
            host=env.get("HOST") or "127.0.0.1",
            data=Path(env.get("DATA") or ROOT / "instance").absolute(),
            is_demo=_switch("DEMO", env.get("DEMO", "1")),
            plan=Path(env.get("PLAN") or ROOT / "plan").absolute(),
            is_https=_switch("HTTPS", env.get("HTTPS", "0")),
        )

    @property
    def database(self) -> Path:
        return self.data / "urun.db"

    @property
    def queue(self) -> Path:
        return self.data / "queue.db"

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.database}"


def _port(value: str) -> int:
    if not value.isdecimal() or not 0 < int(value) < 65536:
        raise BadSetting(f"PORT is a number from 1 to 65535, not {value!r}")
    return int(value)


def _switch(name: str, value: str) -> bool:
    if value not in ("", "0", "1"):
        raise BadSetting(f"{name} is 0 or 1, not {value!r}")
    return value == "1"


def keys(settings: Settings) -> dict[str, str]:
    """Session and signing keys: made once in the data folder, readable by its owner alone, kept over restarts."""
    path = settings.data / "keys.json"
    settings.data.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        part = path.with_name(f"keys.{os.getpid()}.part")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump({"secret": secrets.token_urlsafe(32), "salt": secrets.token_urlsafe(16)}, file)
        try:
            os.link(part, path)
        except FileExistsError:
            pass  # another process was first; its keys are the keys
        finally:
            part.unlink()
    return dict(json.loads(path.read_text()))
