"""Settings: one typed object, read once from the environment."""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
ZONE = ZoneInfo("Asia/Jakarta")


class BadSetting(ValueError):
    """A setting that cannot be used; the text says which and what was expected."""


@dataclass(frozen=True, slots=True)
class Post:
    """The city's mail server, and the address from which notices come."""

    server: str
    sender: str
    port: int = 587
    user: str = ""
    password: str = ""
    security: str = "starttls"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an operator may set.

    `port` (PORT, 8000) and `host` (HOST, 127.0.0.1): where the site listens; `data` (DATA, instance/): the folder
    of database, keys and files; `is_demo` (DEMO, 1): whether the example texts and sign-ins are put in at first
    start, in which case only loopback is served; `has_story` (DEMO_STORY, 1): whether the demonstration's first round
    is lived through in the background, from its texts to its published answers; `plan` (PLAN, plan/): the city's
    plan; `is_https` (HTTPS, 0):
    whether the site is reached through https, so that cookies travel only there; `address` (ADDRESS): how the site
    is reached from outside, for links in mail; `post` (MAIL_SERVER and its like): the mail server, None without one;
    `night_hour` (NIGHT_HOUR, 2): the hour of the city's clock from which big rounds are read anew; `big_round`
    (BIG_ROUND, 5000): a round with more points than this is big, what comes into it is placed at once without a run.
    """

    port: int = 8000
    host: str = "127.0.0.1"
    data: Path = ROOT / "instance"
    is_demo: bool = True
    has_story: bool = True
    plan: Path = ROOT / "plan"
    is_https: bool = False
    address: str = ""
    post: Post | None = None
    night_hour: int = 2
    big_round: int = 5_000

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """Read the settings; raises BadSetting for a port that is none or a switch that is neither 0 nor 1."""
        env = os.environ if environ is None else environ
        return cls(
            port=_port(env.get("PORT", "8000")),
            host=env.get("HOST") or "127.0.0.1",
            data=Path(env.get("DATA") or ROOT / "instance").absolute(),
            is_demo=_switch("DEMO", env.get("DEMO", "1")),
            has_story=_switch("DEMO_STORY", env.get("DEMO_STORY", "1")),
            plan=Path(env.get("PLAN") or ROOT / "plan").absolute(),
            is_https=_switch("HTTPS", env.get("HTTPS", "0")),
            address=_address(env.get("ADDRESS", "")),
            post=_post(env),
            night_hour=_number(env.get("NIGHT_HOUR") or "2", "NIGHT_HOUR", most=23),
            big_round=_number(env.get("BIG_ROUND") or "5000", "BIG_ROUND", most=10_000_000),
        )

    @property
    def database(self) -> Path:
        return self.data / "urun.db"

    @property
    def queue(self) -> Path:
        return self.data / "queue.db"

    @property
    def public_address(self) -> str:
        """How the site is reached, without a slash at the end; never what a visitor's request says it is."""
        return self.address or f"http://127.0.0.1:{self.port}"

    @property
    def imports(self) -> Path:
        """Where files of voices wait until they are taken."""
        return self.data / "imports"

    @property
    def exports(self) -> Path:
        """Where papers lie that somebody asked for, until they are some days old."""
        return self.data / "exports"

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.database}"


def _port(value: str, name: str = "PORT") -> int:
    if not value.isdecimal() or not 0 < int(value) < 65536:
        raise BadSetting(f"{name} is a number from 1 to 65535, not {value!r}")
    return int(value)


def _number(value: str, name: str, *, most: int) -> int:
    if not value.isdecimal() or int(value) > most:
        raise BadSetting(f"{name} is a number from 0 to {most}, not {value!r}")
    return int(value)


def _address(value: str) -> str:
    if value and not value.startswith(("https://", "http://")):
        raise BadSetting(f"ADDRESS begins with https:// or http://, not {value!r}")
    return value.rstrip("/")


def _post(env: Mapping[str, str]) -> Post | None:
    server, sender = env.get("MAIL_SERVER", ""), env.get("MAIL_FROM", "")
    if not server:
        return None
    if "@" not in sender:
        raise BadSetting("MAIL_SERVER needs MAIL_FROM, the e-mail address from which notices come")
    security = env.get("MAIL_SECURITY") or "starttls"
    if security not in ("starttls", "ssl", "none"):
        raise BadSetting(f"MAIL_SECURITY is starttls, ssl or none, not {security!r}")
    port = _port(env.get("MAIL_PORT") or "587", "MAIL_PORT")
    return Post(server, sender, port, env.get("MAIL_USER", ""), env.get("MAIL_PASSWORD", ""), security)


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
