"""Refusals, each named for its reason; the doors turn them into pages."""


class Refusal(Exception):
    """Something the office will not do; `str()` is for the log, the door finds the reader's words."""


class RoundClosed(Refusal):
    """No round is open for input."""


class KeyReused(Refusal):
    """The form was sent before with another text."""


class NotFound(Refusal):
    """No such thing, or not for this reader: the two are not told apart."""


class TooManyTries(Refusal):
    """Too many wrong PINs for one receipt; try again later."""


class UnreadableFile(Refusal):
    """A file that cannot be taken as it is; the text says what is wrong and what was expected."""


class NotThisState(Refusal):
    """The thing is not in a state in which this can be done."""


class InvitationSpent(Refusal):
    """The invitation was used, has run out, or never existed."""
