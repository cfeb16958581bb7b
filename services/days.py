"""Days of the city's clock as moments: a day begins at its first second and ends at its last."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def start(day: date, zone: ZoneInfo) -> datetime:
    """The first second of a day.

    >>> start(date(2026, 11, 2), ZoneInfo("Asia/Jakarta")).isoformat()
    '2026-11-02T00:00:00+07:00'
    """
    return datetime.combine(day, time(0), zone)


def end(day: date, zone: ZoneInfo) -> datetime:
    """The last second of a day.

    >>> end(date(2026, 11, 2), ZoneInfo("Asia/Jakarta")).isoformat()
    '2026-11-02T23:59:59+07:00'
    """
    return datetime.combine(day, time(23, 59, 59), zone)


def of(moment: datetime, zone: ZoneInfo) -> date:
    """The day on which a moment falls.

    >>> of(datetime.fromisoformat("2026-11-02T17:30:00+00:00"), ZoneInfo("Asia/Jakarta")).isoformat()
    '2026-11-03'
    """
    return moment.astimezone(zone).date()


def last_at(hour: int, now: datetime, zone: ZoneInfo) -> datetime:
    """The last moment at which a clock of the city struck this hour.

    >>> last_at(2, datetime.fromisoformat("2026-11-02T17:30:00+00:00"), ZoneInfo("Asia/Jakarta")).isoformat()
    '2026-11-02T02:00:00+07:00'
    """
    struck = datetime.combine(of(now, zone), time(hour), zone)
    return struck if struck <= now else struck - timedelta(days=1)
