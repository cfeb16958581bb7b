"""Moments: when people send. A burst at the start and after a flood, a rush on the last day, none on Friday noon."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from demo.dice import Dice

WIB = timezone(timedelta(hours=7), "WIB")
LAST_DAY, START, START_DAYS, FLOOD_AT, FLOOD_HOURS, FLOOD_TIMES = 0.18, 3.0, 2, 0.6, 24, 5
ON_WEB = 0.66  # of those who speak of floods
# How much is sent in an hour of the day, from midnight on.
ONLINE = (1, 0.5, 0.3, 0.3, 1, 7, 6, 3, 2, 2, 2, 3, 7, 6, 3, 3, 3, 4, 8, 9, 9, 7, 5, 2)
AT_OFFICE = (0, 0, 0, 0, 0, 0, 0, 2, 6, 8, 8, 6, 3, 5, 5, 2, 0, 0, 0, 0, 0, 0, 0, 0)
OFFICE_CHANNELS = frozenset({"assisted", "paper", "fgd", "letter", "musrenbang"})


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of a round, both included."""

    opens: date
    closes: date

    @property
    def days(self) -> list[date]:
        """All of them."""
        return [self.opens + timedelta(days=n) for n in range((self.closes - self.opens).days + 1)]

    @property
    def flood(self) -> datetime:
        """The evening on which the water came."""
        day = self.opens + timedelta(days=int(((self.closes - self.opens).days) * FLOOD_AT))
        return datetime(day.year, day.month, day.day, 18, tzinfo=WIB)

    def day(self, dice: Dice) -> date:
        """One day: as many on the last as `LAST_DAY` says, more on the first two than on the rest."""
        days = self.days
        if len(days) == 1 or dice.chance(LAST_DAY):
            return days[-1]
        return dice.weighted({day: START if n < START_DAYS else 1.0 for n, day in enumerate(days[:-1])})

    def moment(self, dice: Dice, channel: str, dimension: str) -> datetime:
        """When one submission is sent."""
        per_day = (1 - LAST_DAY) / max(1, len(self.days) - 2 + START * START_DAYS)
        if dimension == "DIS" and channel == "web" and dice.chance(_burst(per_day)):
            return self._after_flood(dice)
        day = self.day(dice)
        while True:
            found = _hour(dice, day, AT_OFFICE if channel in OFFICE_CHANNELS else ONLINE)
            if not is_friday_noon(found):
                return found

    def _after_flood(self, dice: Dice) -> datetime:
        while True:
            found = self.flood + timedelta(seconds=dice.below(FLOOD_HOURS * 3600))
            if dice.chance(ONLINE[found.hour] / max(ONLINE)) and not is_friday_noon(found):
                return found


def is_friday_noon(moment: datetime) -> bool:
    """Friday from half past eleven to one, when men are in the mosque and offices are closed."""
    return moment.weekday() == 4 and (11, 30) <= (moment.hour, moment.minute) < (13, 0)


def _burst(per_day: float) -> float:
    """How many of the flood texts come in the day after it, so that they are `FLOOD_TIMES` as many as else."""
    extra = (FLOOD_TIMES - 1) * per_day
    return extra / (1 + extra) / ON_WEB


def _hour(dice: Dice, day: date, hours: tuple[float, ...]) -> datetime:
    hour = dice.weighted(dict(enumerate(hours)))
    return datetime(day.year, day.month, day.day, hour, dice.below(60), dice.below(60), tzinfo=WIB)
