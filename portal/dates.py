"""Days, moments and numbers as the reader's language writes them, on the city's clock."""

from datetime import date, datetime

from babel.dates import format_date
from flask import Flask

from portal import languages
from portal.config import ZONE

CLOCK = {"id": "%H.%M", "en": "%H:%M", "jv": "%H.%M"}
DECIMAL_SIGN = {"id": ",", "en": ".", "jv": ","}
# Babel's Javanese days are the Indonesian ones; these are said in Pekalongan, Monday first.
JAVANESE_DAYS = ("Senen", "Selasa", "Rebo", "Kemis", "Jemuwah", "Setu", "Minggu")


def day(moment: datetime) -> str:
    """A day in full: "Selasa, 15 Desember 2026", "Tuesday, 15 December 2026" or "Rebo, 16 Desember 2026"."""
    return calendar_day(moment.astimezone(ZONE).date())


def calendar_day(value: date) -> str:
    """A day of the calendar in full, such as that of a meeting, which has no hour."""
    lang = languages.current()
    if lang == "jv":
        return f"{JAVANESE_DAYS[value.weekday()]}, {format_date(value, 'd MMMM y', locale=lang)}"
    return format_date(value, "EEEE, d MMMM y", locale=lang)


def moment(value: datetime) -> str:
    """A day and its time, such as "Senin, 23 November 2026, 18.42 WIB"; in English 18:42."""
    local = value.astimezone(ZONE)
    return f"{day(value)}, {local:{CLOCK[languages.current()]}} WIB"


def decimal(value: float, places: int = 1) -> str:
    """A number with the decimal sign of the language: 1,5 or 1.5."""
    return f"{value:.{places}f}".replace(".", DECIMAL_SIGN[languages.current()])


def today() -> date:
    """The day on the city's clock."""
    return datetime.now(ZONE).date()


def iso(value: datetime | None) -> str:
    """A moment as a feed writes it, such as 2026-11-24T03:00:00+00:00; without one the beginning of time."""
    return (value or datetime.fromtimestamp(0, ZONE)).isoformat(timespec="seconds")


def add_filters(app: Flask) -> None:
    app.add_template_filter(day)
    app.add_template_filter(calendar_day)
    app.add_template_filter(moment)
    app.add_template_filter(decimal)
    app.add_template_filter(iso)
