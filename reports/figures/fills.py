"""How bars are told apart without colour: solid, diagonal, dots, lines, empty; always outlined."""

FILLS = ("solid", "diagonal", "dots", "lines", "empty")
GROUND = '<path class="hole" d="M0 0h6v6H0z"/>'
PATTERNS = {
    "diagonal": ("45", '<path class="bar" d="M0 0h2v6H0z"/>'),
    "dots": ("0", '<circle class="bar" cx="3" cy="3" r="1.6"/>'),
    "lines": ("0", '<path class="bar" d="M0 2h6v1.6H0z"/>'),
}


def patterns(id: str) -> str:
    """The definitions of the fills of one figure, to stand in it before they are used.

    Args:
        id: the name of the figure.

    >>> patterns("f").count("<pattern ")
    3
    """
    drawn = (
        f'<pattern id="{id}-{name}" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate({turn})">{GROUND}{shape}</pattern>'
        for name, (turn, shape) in PATTERNS.items()
    )
    return f"<defs>{''.join(drawn)}</defs>"


def look(fill: str, id: str) -> str:
    """The attributes of a shape that is filled so, in the figure of that name.

    Raises:
        KeyError: there is no such fill.

    >>> look("solid", "f"), look("dots", "f")
    ('class="seg bar"', 'class="seg" fill="url(#f-dots)"')
    """
    match fill:
        case "solid":
            return 'class="seg bar"'
        case "empty":
            return 'class="seg hole"'
        case _:
            PATTERNS[fill]
            return f'class="seg" fill="url(#{id}-{fill})"'
