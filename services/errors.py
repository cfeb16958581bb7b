"""Refusals, each named for its reason; the doors turn them into pages."""


class Refusal(Exception):
    """Something the office will not do.

    `message` is an Indonesian sentence with its values apart, so that a door can say it in the reader's language
    (`tongue.say(lang, refusal.message, **refusal.values)`); `str()` is the sentence for the log and the terminal.
    """

    def __init__(self, message: str = "", **values: object) -> None:
        super().__init__(message % values if values else message)
        self.message, self.values = message, values


class RoundClosed(Refusal):
    """No round is open for input."""


class PartFixed(Refusal):
    """Nothing is asked about this part of the draft any more: `why` is the reason that the team wrote."""

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why


class KeyReused(Refusal):
    """The form was sent before with another text."""


class NotFound(Refusal):
    """No such thing, or not for this reader: the two are not told apart."""


class TooManyTries(Refusal):
    """Too many wrong PINs for one receipt; try again later."""


class UnreadableFile(Refusal):
    """A file that cannot be taken as it is; the text says what is wrong and what was expected."""


class NotMade(Refusal):
    """A file was not made: whoever made it did not come to an end."""


class NotThisState(Refusal):
    """The thing is not in a state in which this can be done."""


class Overtaken(NotThisState):
    """Another version was published since this one was put together: publishing it would undo that one."""


class InvitationSpent(Refusal):
    """The invitation was used, has run out, or never existed."""


class WrongRound(Refusal):
    """A round cannot be so: `faults` says of each field why, a sentence with its values apart."""

    def __init__(self, faults: dict[str, tuple[str, dict[str, object]]]) -> None:
        super().__init__(" ".join(message % values for message, values in faults.values()))
        self.faults = faults


class WrongScheme(Refusal):
    """Criteria and weights cannot be so; the text says why."""


class WrongScore(Refusal):
    """A value that its criterion does not have, or a criterion that the scheme does not have."""


class LastAdministrator(Refusal):
    """Without this person nobody could invite anybody any more."""


class WrongDuty(Refusal):
    """The role cannot be given so; the text says why."""


class WrongInvitation(Refusal):
    """Role and agency of an invitation do not belong together, or there is no such agency."""


class WrongNumber(Refusal):
    """There is nothing under this receipt number with which the asked thing could be done; the text says why."""


class UnknownSerial(Refusal):
    """No form with this serial was printed here."""


class SerialUsed(Refusal):
    """What stands on the form with this serial is in already."""


class OtherArea(Refusal):
    """An officer of one kelurahan does not open a pile of another."""


class Unexplained(Refusal):
    """A decision does not say what it must: `faults` says of each field why, a sentence with its values apart."""

    def __init__(self, faults: dict[str, tuple[str, dict[str, object]]]) -> None:
        super().__init__(" ".join(message % values for message, values in faults.values()))
        self.faults = faults


class SecondPersonNeeded(Refusal):
    """Whoever wrote a refusal cannot be the one who confirms it."""


class AlreadyDecided(Refusal):
    """Somebody else decided, or changed what is to be confirmed, since the page was opened."""


class ReplyOver(Refusal):
    """The time in which somebody may object to an answer is over."""
