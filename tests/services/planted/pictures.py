"""Planted in pictures, papers and bytes."""

import io
import struct
import zlib

from PIL import Image, PngImagePlugin

from tests.services.planted.parcel import halves, place

PLACES = {}


def picture(form, **more):
    content = io.BytesIO()
    Image.new("RGB", (4, 4), "white").save(content, form, **more)
    return content.getvalue()


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def with_chunk(kind, data):
    content = picture("PNG")
    return content[:33] + chunk(kind, data) + content[33:]


@place(PLACES, "text of a PNG")
def png_text(value):
    facts = PngImagePlugin.PngInfo()
    facts.add_text("Author", value)
    return "peta.png", picture("PNG", pnginfo=facts)


@place(PLACES, "packed text of a PNG")
def png_packed(value):
    return "peta.png", with_chunk(b"zTXt", b"Author\x00\x00" + zlib.compress(value.encode()))


@place(PLACES, "text of a PNG in UTF-8")
def png_international(value):
    return "peta.png", with_chunk(b"iTXt", b"Author\x00\x01\x00id\x00\x00" + zlib.compress(value.encode()))


@place(PLACES, "after the end of a PNG")
def png_after(value):
    return "peta.png", picture("PNG") + value.encode()


@place(PLACES, "EXIF of a PNG")
def png_exif(value):
    exif = Image.Exif()
    exif[0x013B] = value
    return "peta.png", picture("PNG", exif=exif)


@place(PLACES, "EXIF of a JPEG")
def jpeg_exif(value):
    exif = Image.Exif()
    exif[0x010E] = value
    return "foto.jpg", picture("JPEG", exif=exif)


@place(PLACES, "EXIF of a JPEG, as Windows writes it")
def jpeg_wide(value):
    exif = Image.Exif()
    exif[0x9C9D] = value.encode("utf-16-le") + b"\x00\x00"
    return "foto.jpg", picture("JPEG", exif=exif)


@place(PLACES, "remark in a JPEG")
def jpeg_comment(value):
    return "foto.jpg", picture("JPEG", comment=value.encode())


@place(PLACES, "remark in a GIF")
def gif_comment(value):
    return "gambar.gif", picture("GIF", comment=value.encode())


@place(PLACES, "unknown bytes")
def unknown(value):
    return "arsip.dat", b"\x00\x01\x02" * 20 + value.encode() + b"\x00\xff\xfe\x80" * 20


@place(PLACES, "unknown bytes, wide letters")
def unknown_wide(value):
    return "arsip.dat", b"\x01\x02\x03\xff" * 20 + value.encode("utf-16-le") + b"\xff\x80\x81" * 20


@place(PLACES, "icon of several sizes")
def icon(value):
    return "ikon.ico", saved_icon() + value.encode()


def saved_icon():
    content = io.BytesIO()
    Image.new("RGB", (16, 16)).save(content, "ICO")
    return content.getvalue()


def paper(*objects):
    """A PDF of some objects; no program is asked to show it."""
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (at, data) for at, data in enumerate(objects, start=1))
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + body + b"trailer <</Root 1 0 R>>\n%%EOF\n"


def stream(data, head=b"", is_packed=True):
    packed = zlib.compress(data) if is_packed else data
    kind = b"/Filter /FlateDecode " if is_packed else b""
    return b"<<%s%s/Length %d>>\nstream\n%s\nendstream" % (kind, head, len(packed), packed)


def literal(value):
    return b"(" + value.encode("latin-1").replace(b"(", b"\\(").replace(b")", b"\\)") + b")"


@place(PLACES, "property of a PDF")
def pdf_info(value):
    return "laporan.pdf", paper(b"<</Author " + literal(value) + b">>")


@place(PLACES, "property of a PDF, wide letters")
def pdf_wide(value):
    return "laporan.pdf", paper(b"<</Author <" + (b"\xfe\xff" + value.encode("utf-16-be")).hex().encode() + b">>>")


@place(PLACES, "objects packed in a PDF")
def pdf_packed_info(value):
    data = b"1 0 <</Author " + literal(value) + b">>"
    return "laporan.pdf", paper(stream(data, b"/Type /ObjStm /N 1 /First 4 "))


@place(PLACES, "line of a page")
def pdf_page(value):
    first, second = halves(value)
    line = b"BT /F1 12 Tf [" + literal(first) + b" -12 " + literal(second) + b"] TJ ET"
    return "laporan.pdf", paper(stream(line))


@place(PLACES, "line of a page, letter by letter")
def pdf_letters(value):
    letters = b"7.2 0 Td ".join(literal(letter) + b" Tj " for letter in value)
    return "laporan.pdf", paper(stream(b"BT /F1 12 Tf 1 0 0 1 60 700 Tm " + letters + b"ET"))


@place(PLACES, "line of a page in its own letters")
def pdf_glyphs(value):
    letters = sorted(set(value))
    codes = "".join(f"{letters.index(letter) + 1:04X}" for letter in value)
    pairs = "\n".join(f"<{at:04X}> <{ord(letter):04X}>" for at, letter in enumerate(letters, start=1))
    table = f"begincmap\n{len(letters)} beginbfchar\n{pairs}\nendbfchar\nendcmap".encode()
    font = b"<</Type /Font /Encoding /Identity-H /ToUnicode 2 0 R>>"
    return "laporan.pdf", paper(font, stream(table), stream(f"BT /F1 12 Tf <{codes}> Tj ET".encode()))


@place(PLACES, "note on a page")
def pdf_note(value):
    return "laporan.pdf", paper(b"<</Subtype /Text /Contents " + literal(value) + b">>")


@place(PLACES, "link of a page")
def pdf_link(value):
    return "laporan.pdf", paper(b"<</S /URI /URI " + literal(f"mailto:{value}") + b">>")


@place(PLACES, "metadata of a PDF")
def pdf_metadata(value):
    data = f'<?xpacket begin=""?><x><creator>{value}</creator></x><?xpacket end="w"?>'.encode()
    return "laporan.pdf", paper(stream(data, b"/Type /Metadata ", is_packed=False))


@place(PLACES, "file attached to a PDF")
def pdf_attachment(value):
    return "laporan.pdf", paper(stream(f"no,isi\n1,{value}\n".encode(), b"/Type /EmbeddedFile "))


@place(PLACES, "picture in a PDF")
def pdf_picture(value):
    head = b"/Subtype /Image /Filter /DCTDecode "
    return "laporan.pdf", paper(stream(jpeg_comment(value)[1], head, is_packed=False))
