"""Files with something planted in them that must not be published: one function per place where it may hide."""

from tests.services.planted import offices, pages, pictures, spelled

PLACES = {**offices.PLACES, **pages.PLACES, **pictures.PLACES, **spelled.PLACES}
