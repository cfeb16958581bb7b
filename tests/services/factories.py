"""One of each thing that tests of the services need."""

from datetime import UTC, datetime
from itertools import count

from models import Person
from models.vocabulary import Group
from services import drafts
from services.contributions import Author, Call, Said

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
NUMBERS = count(1)


def person(session, name="Uji Coba", **more):
    number = next(NUMBERS)
    row = Person(email=f"u{number}@contoh.invalid", name=name, active=True, fs_uniquifier=f"{number:032d}", **more)
    session.add(row)
    session.flush()
    return row


def academic(session, name="Peneliti", organisation="Universitas Contoh"):
    row = person(session, name, organisation=organisation)
    return Author(row.id, Group.ACADEMIC, name, organisation)


def officer(session, agency="dinkominfo", name="Pegawai"):
    row = person(session, name, agency=agency)
    return Author(row.id, Group.AGENCY, name, None, agency)


def call(round_id):
    return Call(round_id, "PKL")


def key():
    """The key of a form that nobody has used."""
    return f"kunci-formulir-{next(NUMBERS):010d}"


def said(text="Paragraf ini perlu diperbaiki", **more):
    return Said(text=text, **more)


def draft(session, text, now=NOW, is_published=True, name="naskah.md"):
    """A version of the draft; returns its id."""
    draft_id = drafts.take(session, text.encode(), name=name, now=now)
    if is_published:
        drafts.publish(session, draft_id, now=now)
    return draft_id
