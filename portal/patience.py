"""Patience: who guesses too often waits; kept in memory only, for some minutes, and never written down."""

import hashlib
import ipaddress
import secrets
from datetime import datetime, timedelta

TRIES, COOL_DOWN = 30, timedelta(minutes=10)
MOST = 10_000  # callers that are remembered at a time


class Patience:
    """Counts wrong guesses by the network they come from, under a hash that dies with the process."""

    def __init__(self) -> None:
        self.salt = secrets.token_bytes(16)
        self.seen: dict[bytes, tuple[int, datetime]] = {}

    def is_over(self, address: str | None, *, now: datetime) -> bool:
        """Whether this caller guessed wrong so often that it has to wait."""
        wrong, since = self.seen.get(self._caller(address), (0, now))
        return wrong >= TRIES and now - since < COOL_DOWN

    def note(self, address: str | None, *, now: datetime) -> None:
        """Count one wrong guess; what is older than the time to wait counts no more."""
        caller = self._caller(address)
        wrong, since = self.seen.pop(caller, (0, now))
        if now - since >= COOL_DOWN:
            wrong, since = 0, now
        self.seen[caller] = (wrong + 1, since)
        while len(self.seen) > MOST:
            self.seen.pop(next(iter(self.seen)), None)

    def _caller(self, address: str | None) -> bytes:
        """One line of IPv6 has billions of addresses, so its network of 64 bits is one caller."""
        try:
            found = ipaddress.ip_address(address or "")
        except ValueError:
            who = address or ""
        else:
            who = str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else str(found)
        return hashlib.sha256(self.salt + who.encode()).digest()
