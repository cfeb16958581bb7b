"""What several forms ask alike: how things stand on a scale, what a statement refers to, and who approved it."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, StringField
from wtforms.validators import Optional

from forms.controls import Radios, TextInput
from forms.rules import UNKNOWN, Rule, at_most

LONGEST_REFERENCE, LONGEST_APPROVAL = 1000, 200


def scale(question: Any, choices: Sequence[SelectChoice]) -> RadioField:
    """A scale that may be left out."""
    return RadioField(
        question, widget=Radios(), choices=choices, validators=[Optional()], invalid_choice_message=UNKNOWN
    )


def reference(description: Any, *rules: Rule) -> StringField:
    """Where it can be looked up."""
    return _line(_l("Rujukan"), description, *rules, at_most(LONGEST_REFERENCE))


def approval(description: Any, *rules: Rule) -> StringField:
    """Whose office stands behind it."""
    return _line(_l("Disahkan oleh"), description, *rules, at_most(LONGEST_APPROVAL))


def _line(label: Any, description: Any, *rules: Rule) -> StringField:
    return StringField(label, description=description, widget=TextInput(), validators=list(rules))
