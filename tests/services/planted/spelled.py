"""Planted in spellings a program may miss and a reader does not."""

import quopri

from tests.services.planted.parcel import halves

PLACES = {}
WIDE = {ord(letter): ord(letter) + 0xFEE0 for letter in map(chr, range(0x21, 0x7F))}


def spelled(name, change):
    PLACES[name] = lambda value: ("data.csv", f"no,isi\r\n1,tanya {change(value)} lagi\r\n".encode())


spelled("full width", lambda value: value.translate(WIDE))
spelled("signs without width", lambda value: "\u200b".join(value))
spelled("soft hyphens", lambda value: "\u00ad".join(halves(value)))
spelled("spaces that do not break", lambda value: value.replace(" ", "\u00a0").replace("-", "\u2011"))
spelled("turned direction", lambda value: f"\u202a{value}\u202c")
spelled("letters with marks", lambda value: value.replace("a", "a\u0301"))
spelled("quoted-printable", lambda value: quopri.encodestring(value.encode(), quotetabs=True).decode())
spelled("quoted-printable, every letter", lambda value: "".join(f"={ord(letter):02X}" for letter in value))
spelled("entities", lambda value: "".join(f"&#x{ord(letter):x};" for letter in value))
spelled("entities in percent signs", lambda value: "".join(f"%26%23{ord(letter)}%3B" for letter in value))
spelled("escapes of a spreadsheet", lambda value: "".join(f"_x{ord(letter):04X}_" for letter in value))
spelled("escapes of a style sheet", lambda value: "".join(f"\\{ord(letter):06x}" for letter in value) + " ")
spelled("capitals", str.upper)
