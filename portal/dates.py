"""Days, moments and numbers as the reader's language writes them, on the city's clock."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask import Flask

from portal import languages

ZONE = ZoneInfo("Asia/Jakarta")
CLOCK = {"id": "%H.%M", "en": "%H:%M"}
DECIMAL_SIGN = {"id": ",", "en": "."}


def day(moment: datetime) -> str:
    """A day in full, such as "Selasa, 15 Desember 2026" or "Tuesday, 15 December 2026"."""
    return format_date(moment.astimezone(ZONE).date(), "EEEE, d MMMM y", locale=languages.current())


def moment(value: datetime) -> str:
    """A day and its time, such as "Senin, 23 November 2026, 18.42 WIB"; in English 18:42."""
    local = value.astimezone(ZONE)
    return f"{day(value)}, {local:{CLOCK[languages.current()]}} WIB"


def decimal(value: float, places: int = 1) -> str:
    """A number with the decimal sign of the language: 1,5 or 1.5."""
    return f"{value:.{places}f}".replace(".", DECIMAL_SIGN[languages.current()])


def add_filters(app: Flask) -> None:
    app.add_template_filter(day)
    app.add_template_filter(moment)
    app.add_template_filter(decimal)
