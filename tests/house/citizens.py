"""Which sentences a citizen meets on the way from the front page to the answer: those are said in Javanese too."""

import re

from babel.messages import Catalog

# The sources of these pages; what the same files say to others is translated along.
PATH = re.compile(
    r"templates/(citizen|public|errors)/|templates/layouts/base\.html|templates/staff/(paper_print|poster)\.html"
    r"|templates/parts/(figures|form|keep|keeping|originals|topics|wording)\.html"
    r"|forms/(controls|objection|rules|status|suggestion|followup|contact|topics|word_\w+)\.py|scripts/"
    r"|portal/(citizen|errors|followup|offers|personal|sharing|typed|visit)\.py"
    r"|services/(contacts|followups|notices|publications|receipts|statements|submissions|wording)\.py"
)


def met_by_citizens(sentences: Catalog) -> Catalog:
    """The part of a gathered catalogue that stands on a citizen's path."""
    found = Catalog()
    for message in sentences:
        if message.id and any(PATH.match(file) for file, _line in message.locations):
            found[message.id] = message
    return found


def alone(found: Catalog, wanted: Catalog) -> Catalog:
    """What a catalogue says of the wanted sentences, without the others."""
    some = Catalog(locale=found.locale)
    for message in found:
        if message.id and message.id in wanted:
            some[message.id] = message
    return some
