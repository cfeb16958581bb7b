"""Square codes that lead to a page of this site, as drawings inside the page."""

from io import BytesIO

import segno
from markupsafe import Markup

DARK = "#000"


def draw(link: str, *, dark: str = DARK, scale: int = 0) -> Markup:
    """The address as a QR code in SVG, as wide as its place or `scale` dots a square; it holds no PIN."""
    out = BytesIO()
    segno.make(link, error="m").save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=False,
        nl=False,
        dark=dark,
        omitsize=not scale,
        scale=scale or 1,
        border=2,
        svgclass="qr",
        lineclass=None,
    )
    return Markup(out.getvalue().decode())  # noqa: S704 (made by segno from an escaped address)
