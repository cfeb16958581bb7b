"""A sender's request that came without a PIN: whose, what, how the sender was known; and the words anew."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, StringField, SubmitField, TextAreaField

from forms import words
from forms.controls import Radios, Submit, TextArea, TextInput
from forms.rules import at_most, chosen, needed
from models.vocabulary import RequestKind

LONGEST_IDENTITY, LONGEST_TEXT = 200, 20_000
POINT = "text_"


class RequestForm(FlaskForm):
    """Three fields: the number, what is asked for, how the person was known."""

    number = StringField(
        _l("Nomor tanda terima"),
        description=_l("Contoh: PKL-7K3M-92. Nomor baris berkas dan pesan tercantum di daftar Suara."),
        widget=TextInput(),
        validators=[needed(_l("Tulis nomor tanda terima.")), at_most(40)],
    )
    kind = RadioField(
        _l("Yang diminta"),
        widget=Radios(),
        choices=[SelectChoice(kind.value, words.spoken(kind)) for kind in RequestKind],
        validators=[chosen(_l("Pilih yang diminta."))],
        validate_choice=False,
    )
    identity = StringField(
        _l("Bagaimana Anda tahu ini pengirimnya"),
        description=_l("Contoh: datang ke loket dan menyebut isi tulisannya. Jangan tulis NIK, nomor HP, atau alamat."),
        widget=TextInput(),
        validators=[
            needed(_l("Tulis bagaimana pengirimnya dikenali; tanpa itu permintaan ini tidak dapat dicatat.")),
            at_most(LONGEST_IDENTITY),
        ],
    )
    submit = SubmitField(_l("Catat permintaan"), widget=Submit())


class WordsForm(FlaskForm):
    """The words of a submission anew; each point has a field, added by `words_form`."""

    submit = SubmitField(_l("Simpan perbaikan"), widget=Submit())

    def texts(self) -> dict[int, str]:
        """What stands in the fields now, by the position of the point."""
        return {int(field.name.removeprefix(POINT)): field.data for field in self if field.name.startswith(POINT)}


def words_form(positions: Iterable[int]) -> type[WordsForm]:
    """A form with one field of words for each of these points; what a file brought may be shorter or longer."""
    fields = {
        f"{POINT}{position}": TextAreaField(
            _l("Tulisannya, butir %(n)s", n=position),
            widget=TextArea(),
            validators=[needed(_l("Tulis isinya; untuk mengosongkan, pilih hapus.")), at_most(LONGEST_TEXT)],
        )
        for position in positions
    }
    return type("WordsOfRequestForm", (WordsForm,), fields)
