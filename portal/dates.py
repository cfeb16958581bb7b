"""Days, moments and numbers as Indonesian readers write them, on the city's clock."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask import Flask
from flask_babel import get_locale

ZONE = ZoneInfo("Asia/Jakarta")


def day(moment: datetime) -> str:
    """A day in full, such as "Selasa, 15 Desember 2026"."""
    return format_date(moment.astimezone(ZONE).date(), "EEEE, d MMMM y", locale=get_locale())


def moment(value: datetime) -> str:
    """A day and its time, such as "Senin, 23 November 2026, 18.42 WIB"."""
    local = value.astimezone(ZONE)
    return f"{day(value)}, {local:%H.%M} WIB"


def decimal(value: float, places: int = 1) -> str:
    """A number with the decimal comma."""
    return f"{value:.{places}f}".replace(".", ",")


def add_filters(app: Flask) -> None:
    app.add_template_filter(day)
    app.add_template_filter(moment)
    app.add_template_filter(decimal)
