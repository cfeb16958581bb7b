"""Square codes that lead to a page of this site, as drawings inside the page."""

from io import BytesIO

import segno
from markupsafe import Markup

DARK = "#000"


def draw(link: str, *, dark: str = DARK) -> Markup:
    """The address as a QR code in SVG. Numbers may stand in it, a PIN never."""
    out = BytesIO()
    segno.make(link, error="m").save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=False,
        nl=False,
        dark=dark,
        omitsize=True,
        border=2,
        svgclass="qr",
        lineclass=None,
    )
    return Markup(out.getvalue().decode())  # noqa: S704 (made by segno from an escaped address)
