"""Receipt numbers that can be read aloud, and PINs that are never stored."""

import hashlib
import hmac
import secrets

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session

from models import PaperForm, Submission

# No vowels (no accidental words), no 0 1 I L O B S Z (misheard or misread).
LETTERS = "23456789CDFGHJKMNPQRTVWX"
PIN_DIGITS = 6

DIGITS = {
    "id": "nol satu dua tiga empat lima enam tujuh delapan sembilan",
    "en": "zero one two three four five six seven eight nine",
    "jv": "nol siji loro telu papat lima enem pitu wolu sanga",
}
SPOKEN = {lang: dict(zip("0123456789", words.split(), strict=True)) for lang, words in DIGITS.items()}


def new_key() -> str:
    """The hidden key of one form: 128 random bits in URL-safe letters."""
    return secrets.token_urlsafe(16)


def hash_key(key: str) -> str:
    """What is stored of a key, so that a reader of the database cannot compute the PIN from it."""
    return hashlib.sha256(b"key:" + key.encode()).hexdigest()


def pin_of(key: str) -> str:
    """The PIN that belongs to a form's key: the same key shows the same PIN again, though only its hash is kept."""
    digest = hmac.new(key.encode(), b"pin", hashlib.sha256).digest()
    return f"{int.from_bytes(digest[:8]) % 10**PIN_DIGITS:0{PIN_DIGITS}d}"


def hash_pin(pin: str, salt: str) -> str:
    """What is stored of a PIN. Six digits fall to any offline search; the limit on tries is the defence."""
    return hashlib.sha256(f"{salt}:{pin}".encode()).hexdigest()


def new_number(prefix: str) -> str:
    """A random receipt number such as PKL-7K3M-92 (33 million of them for one prefix)."""
    middle = "".join(secrets.choice(LETTERS) for _ in range(4))
    return f"{prefix}-{middle}-{secrets.randbelow(100):02d}"


def free_number(session: Session, prefix: str) -> str:
    """A random receipt number that nobody has yet, on a printed form neither."""
    while True:
        number = new_number(prefix)
        taken = union_all(
            select(Submission.receipt_no).where(Submission.receipt_no == number),
            select(PaperForm.receipt_no).where(PaperForm.receipt_no == number),
        )
        if session.execute(taken).first() is None:
            return number


def number_of(prefix: str, source_ref: str, attempt: int) -> str:
    """The number of an imported row: the same row gets the same number on every machine."""
    digest = int.from_bytes(hashlib.sha256(f"{attempt}:{source_ref}".encode()).digest()[:8])
    middle = ""
    for _ in range(4):
        digest, place = divmod(digest, len(LETTERS))
        middle += LETTERS[place]
    return f"{prefix}-{middle}-{digest % 100:02d}"


def tidy_number(typed: str) -> str:
    """What a person typed as a receipt number, in the form in which it is stored.

    >>> tidy_number(" pkl 7k3m92 ")
    'PKL-7K3M-92'
    """
    plain = "".join(c for c in typed.upper() if c.isalnum())
    return f"{plain[:-6]}-{plain[-6:-2]}-{plain[-2:]}" if len(plain) > 6 else plain


def spell(number: str, lang: str = "id") -> str:
    """How a number is said aloud in the reader's language.

    >>> spell("PKL-7K3M-92")
    'P K L, tujuh K tiga M, sembilan dua'
    >>> spell("PKL-7K3M-92", "en")
    'P K L, seven K three M, nine two'
    """
    spoken = SPOKEN.get(lang, SPOKEN["id"])
    return ", ".join(" ".join(spoken.get(c, c) for c in part) for part in number.split("-"))
