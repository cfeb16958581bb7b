"""A plot of rows as SVG: one bar for each tool on each set, with its value beside it."""

from collections.abc import Sequence

from benchmarks.rows import Row
from reports.figures.marks import escape, number

WIDTH, NAMES, STEP, BAR = 720, 250, 18, 12
OURS, PEER = "#0b5d66", "#9aa5ab"


def bars(title: str, rows: Sequence[Row]) -> str:
    """The rows below one another under the names of their sets; each set has its own scale.

    >>> "<svg" in bars("t", [Row("s", "set", "ours", "NMI", 0.5)])
    True
    """
    body, down = [f'<text x="0" y="16" font-weight="bold">{escape(title)}</text>'], 40
    for dataset in dict.fromkeys(row.dataset for row in rows):
        own = [row for row in rows if row.dataset == dataset]
        most = max(max(row.value for row in own), 1e-9)
        body.append(f'<text x="0" y="{down}" font-weight="bold">{escape(dataset)}</text>')
        for row in own:
            down += STEP
            long = max(row.value, 0) / most * (WIDTH - NAMES - 110)
            value = f"{row.value:,.0f}" if row.value >= 100 else f"{row.value:.3f}"
            colour = OURS if row.tool.startswith("ours") else PEER
            body += [
                f'<text x="{NAMES - 8}" y="{down}" text-anchor="end">{escape(row.tool)}</text>',
                f'<rect x="{NAMES}" y="{down - BAR + 2}" width="{number(long)}" height="{BAR}" fill="{colour}"/>',
                f'<text x="{number(NAMES + long + 6)}" y="{down}">{escape(f"{value} {row.unit}".strip())}</text>',
            ]
        down += STEP + 10
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {down}" role="img" font-family="sans-serif" '
        f'font-size="13"><title>{escape(title)}</title><rect width="{WIDTH}" height="{down}" fill="#fff"/>'
        f"{''.join(body)}</svg>\n"
    )
