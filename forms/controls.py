"""GOV.UK's controls as our forms use them: errors announced in Indonesian, no empty hints."""

from typing import Any

from flask_babel import gettext as _
from govuk_frontend_wtf import wtforms_widgets as govuk
from markupsafe import Markup


class _Spoken:
    """Says "Galat" where the component would say "Error", and leaves out a hint without words."""

    def render(self, params: dict[str, Any]) -> Markup:
        if params.get("errorMessage"):
            params["errorMessage"]["visuallyHiddenText"] = _("Galat")
        if not (params.get("hint") or {}).get("text"):
            params["hint"] = None
        return super().render(params)  # type: ignore[misc]


class TextInput(_Spoken, govuk.GovTextInput):
    """One line of text."""


class DayInput(_Spoken, govuk.GovInput):
    """A day, with the browser's own calendar."""

    input_type = "date"


class PasswordInput(_Spoken, govuk.GovPasswordInput):
    """A password, with the words of the switch that a browser with script would show."""

    def render(self, params: dict[str, Any]) -> Markup:
        params["showPasswordText"] = _("Tampilkan")
        params["showPasswordAriaLabelText"] = _("Tampilkan kata sandi")
        return super().render(params)


class TextArea(_Spoken, govuk.GovTextArea):
    """Several lines of text."""


class Radios(_Spoken, govuk.GovRadioInput):
    """One of several, all in view."""


class Checkboxes(_Spoken, govuk.GovCheckboxesInput):
    """Several of several, all in view."""


class FileInput(_Spoken, govuk.GovFileInput):
    """A file from the reader's own device."""


class Select(_Spoken, govuk.GovSelect):
    """One of many, folded."""


class Submit(govuk.GovSubmitInput):
    """The button that sends."""
