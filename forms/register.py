"""Whether a point asks again for what was refused before."""

from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.validators import AnyOf, InputRequired

from forms.rules import UNKNOWN

SAME, OTHER = "same", "other"


class JudgeForm(FlaskForm):
    """One of two buttons."""

    verdict = HiddenField(validators=[InputRequired(UNKNOWN), AnyOf((SAME, OTHER), UNKNOWN)])
