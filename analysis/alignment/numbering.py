"""Stage 9b, numbering: what stands at the head of a paragraph to number it, as Indonesian plans and regulations do."""

import re

from analysis.paragraphs import MARK

NOTHING_BUT_A_NUMBER = "#"
DEEPEST = 4
# Words that head a number of their own even where only a capital follows: "BAB II JUDUL", "Tabel 5.2 Capaian".
HEADS = r"sub-?bab|bab|bagian|paragraf|pasal|ayat|huruf|tabel|gambar|grafik|bagan|diagram|kotak|boks|lampiran|formulir"
# Words that do so only before a sign or alone: "Aksi 3. Trotoar", not "Program 3 kelurahan".
ITEMS = (
    r"rencana aksi|aksi|langkah|subkegiatan|kegiatan|program|proyek|inisiatif|usulan|misi|tujuan|sasaran|strategi|"
    r"arah kebijakan|kebijakan|indikator|isu strategis|isu|prioritas|pilar|agenda|tahap|butir|poin|angka|nomor|"
    r"kelompok|klaster|bidang|pertanyaan|jawaban|catatan|risiko|hasil|keluaran|contoh|kasus|peta|foto"
)
TENS = r"satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas"
ORDINAL = rf"(?:pertama|ke(?:{TENS})(?:[ -]?belas|[ -]?puluh(?:[ -](?:{TENS}))?)?)"
FIGURES = r"\d{1,3}(?:[.-]\d{1,3}){0,3}[A-Za-z]?"
ROMAN = r"[IVXLC]{1,7}(?:[.-]\d{1,3}){0,3}"
LETTER = r"[A-Z](?:[.-]?\d{1,3}){0,3}"
NUMBER = rf"\(?(?:{FIGURES}|{ROMAN}|{LETTER})\)?(?!\w)"
SIGN = r"\s*[.:|)–—-]+(?!\d)\s*|\s*$"
LABEL = re.compile(
    rf"(?P<head>(?i:{HEADS}))\s+(?:{NUMBER}|(?i:{ORDINAL})\b|[a-z]\b(?=\.?$))(?:{SIGN}|\s+(?=[A-Z\"“(]))"
    rf"|(?P<item>(?i:{ITEMS}))\s+(?:{NUMBER}|(?i:{ORDINAL})\b)(?:{SIGN})"
)
PART = r"(?:\d{1,2}|[A-Za-z]|[IVXLC]{2,7})"
CLOCK = r"(?!\d\d\.[0-5]\d(?![.\d])|0\d)"
PLAIN = re.compile(
    r"(?:#{1,6}|\[[ xX]?\]|[-–—•*+·‣▪▫◦●○■□◆◇➢➤►▶→✓✔☐☑∙])\s+"
    r"|\(?(?:\d{1,3}|[A-Za-z]|[ivxlc]{1,6}|[IVXLC]{1,6})[.)](?:\s+|$|(?=\())"
    r"|\(\d{1,3}[a-z]?\)\s*"
    rf"|(?=[A-Za-z.]*\d|[IVXLC]{{2,}}){CLOCK}{PART}(?:\.{PART})+(?:[.)](?:\s+|$)|\s+(?=[A-Z\"“(]))"
    rf"|(?=[A-Za-z.]*\d){CLOCK}{PART}(?:\.{PART}){{2,}}(?:\s+|$)"
    r"|[A-Z]{1,3}-?\d{1,3}(?:\.\d{1,2})*[.):](?:\s+|$)"
)
# The cell of a row that numbers it stands before one that begins with a letter: "10 | Pompa | 3".
CELL = re.compile(r"(?:\|\s*)?\d{1,3}[.)]?\s*\|\s*(?=[^\W\d])")


def unnumbered(text: str) -> str:
    """A paragraph without the marks and numbers at its head.

    Args:
        text: the paragraph in one line, its capitals as they are.

    Returns:
        What follows them. Where nothing does, a sign for the number behind the word that heads it: "Pasal 12" is like
        every other Pasal, and only its neighbours tell which it is.

    >>> unnumbered("Aksi 3. Trotoar"), unnumbered("IV.2.a Pompa"), unnumbered("10 | Pompa | 3"), unnumbered("Pasal 12")
    ('Trotoar', 'Pompa', 'Pompa | 3', 'Pasal #')
    >>> unnumbered("Pasal 5 dicabut"), unnumbered("08.30 Pembukaan"), unnumbered("2.500 warga"), unnumbered("(3)")
    ('Pasal 5 dicabut', '08.30 Pembukaan', '2.500 warga', '#')
    """
    rest, heads = text, []
    for _ in range(DEEPEST):
        found = MARK.match(rest) or CELL.match(rest) or LABEL.match(rest) or PLAIN.match(rest)
        if not found:
            break
        named = found.groupdict() if found.re is LABEL else {}
        heads += [word for word in (named.get("head"), named.get("item")) if word]
        rest = rest[found.end() :]
    if rest or not text:
        return rest
    return " ".join([*heads[-1:], NOTHING_BUT_A_NUMBER])
