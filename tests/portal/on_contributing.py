"""For the access grid: a letter of each of those who commented."""

from services import letters


def of(session, persons, round_id, now, zone) -> dict[str, str]:
    """The number of the letter of everybody who wrote a comment, by their name."""
    names = ("academic", "other_academic", "agency", "other_agency")
    return {name: letters.ask(session, persons[name].id, round_id, now=now, zone=zone) for name in names}


def own_letter(given, visitor) -> dict[str, dict[str, object]]:
    """The address of a visitor's own letter, and those that lead to somebody else's or to none."""
    own = {"own": {"number": given[visitor]}} if visitor in given else {}
    foreign = {f"of {name}": {"number": number} for name, number in given.items() if name != visitor}
    return own | foreign | {"missing": {"number": "SK-2026-2222-2222"}}


def things(given) -> dict[str, dict[str, object]]:
    """What anybody may check."""
    return {"there": {"number": given["academic"]}, "missing": {"number": "SK-2026-2222-2222"}}
