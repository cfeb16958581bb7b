"""What the citizen's form offers: the round, topics, kelurahan, words to choose from, and the consents."""

from dataclasses import dataclass

from forms.suggestion import SuggestionForm
from portal import languages, typed
from portal.extensions import db
from services import choices, floods, plans, rounds

# Those who speak for an office or an institution have forms of their own.
ELSEWHERE = frozenset({"agencies", "council", "security", "academia", "business_world", "press"})


@dataclass(frozen=True, slots=True)
class Offer:
    """Everything the form needs of the plan, read once in a request."""

    round_id: int
    facts: rounds.RoundFacts
    groups: tuple[choices.TopicGroup, ...]
    areas: tuple[choices.AreaChoice, ...]
    terms: dict[str, tuple[choices.TermChoice, ...]]
    wordings: dict[str, choices.Wording]
    prefix: str
    limits: floods.Limits

    def form(self) -> SuggestionForm:
        """The form with these choices and whatever was sent."""
        form = SuggestionForm(formdata=typed.tidied())
        form.set_choices(self.groups, self.areas, self.terms, self.wordings)
        return form


def read(current: tuple[int, rounds.RoundFacts]) -> Offer:
    """The offer of the round that is open."""
    session, lang = db.session(), languages.current()
    settings = plans.city(session)
    terms = choices.terms(session, ("affected", "constituency"), lang)
    terms["constituency"] = tuple(term for term in terms["constituency"] if term.code not in ELSEWHERE)
    return Offer(
        round_id=current[0],
        facts=current[1],
        groups=choices.topic_groups(session, lang),
        areas=choices.kelurahan(session),
        terms=terms,
        wordings=choices.wordings(settings, lang),
        prefix=settings["city"]["receipt_prefix"],
        limits=floods.Limits.of(settings),
    )
