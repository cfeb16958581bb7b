"""A blank office document in our dress: styles, lists, language, page; the two properties it has, nothing more."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from reports.letters import visible
from reports.paper import TAGS
from reports.parcels import parcel
from reports.sheets import as_utc

SANS, SERIF = "Arial", "Georgia"  # of the letters of the site, the ones that an office has on any system
INK, SOFT, NILA, BANG, IJO, WASH, EDGE, MARKED = (
    "1A1E2D",
    "4B5269",
    "1C2B62",
    "A61E3A",
    "0B5F4E",
    "F1F4FB",
    "69718C",
    "FFF5DA",
)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# Where a library writes a reference without saying its prefix, another library that was loaded would decide on it.
etree.register_namespace("r", OFFICE)
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
CORE = "application/vnd.openxmlformats-package.core-properties+xml"
BULLET, NUMBERED = 0, 1  # kinds of lists
KNOWN = {"Title", "Subtitle", "Quote", "List Bullet", "List Number", "caption", "header", "footer"} | {
    f"heading {level}" for level in (1, 2, 3)
}


@dataclass(frozen=True, slots=True)
class _Style:
    """One style of a paragraph: sizes in half points, spaces in twentieths of a point, the rest as XML."""

    id: str
    name: str
    size: int = 0
    colour: str = ""
    before: int = 0
    after: int = -1
    runs: str = ""
    lines: str = ""

    @property
    def own(self) -> str:
        """Styles that no office knows are marked as somebody's own."""
        return "" if self.name in KNOWN else ' w:customStyle="1"'


_KEPT = "<w:keepNext/><w:keepLines/>"
_HUNG = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr>'
_VOICE = f'<w:rFonts w:ascii="{SERIF}" w:hAnsi="{SERIF}" w:cs="{SERIF}"/>'
_BAR = f'<w:keepLines/><w:pBdr><w:left w:val="single" w:sz="12" w:space="8" w:color="{BANG}"/></w:pBdr>'
_BOX = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="4" w:color="{EDGE}"/>' for side in ("top", "left", "bottom", "right")
)
_NOTE = f'<w:keepLines/><w:pBdr>{_BOX}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{WASH}"/>'
STYLES = (
    _Style("Title", "Title", 36, NILA, after=80, runs="<w:b/><w:bCs/>", lines=_KEPT),
    _Style("Subtitle", "Subtitle", 24, SOFT, after=200, lines=_KEPT),
    _Style("Heading1", "heading 1", 27, NILA, 320, 100, "<w:b/><w:bCs/>", _KEPT),
    _Style("Heading2", "heading 2", 23, NILA, 240, 80, "<w:b/><w:bCs/>", _KEPT),
    _Style("Heading3", "heading 3", 21, NILA, 200, 60, "<w:b/><w:bCs/>", _KEPT),
    _Style("Quote", "Quote", runs=_VOICE, lines=_BAR),
    _Style("Source", "Source", 17, SOFT),
    _Style("Note", "Note", before=60, after=200, lines=_NOTE),
    _Style("Small", "Small", 17),
    _Style("Removed", "Removed", colour=BANG, runs="<w:strike/>"),
    _Style("Added", "Added", colour=IJO, runs='<w:u w:val="single"/>'),
    _Style("ListBullet", "List Bullet", after=40, lines=_HUNG.format(BULLET + 1)),
    _Style("ListNumber", "List Number", after=40, lines=_HUNG.format(NUMBERED + 1)),
    _Style("Caption", "caption", 19, NILA, 160, 60, "<w:b/><w:bCs/>", _KEPT),
    _Style("Cell", "Cell", 18, after=0),
    _Style("TightCell", "Tight Cell", 16, after=0),
    _Style("TightestCell", "Tightest Cell", 13, after=0),
    _Style("Count", "Count", 48, NILA, after=0, runs="<w:b/><w:bCs/>", lines=_KEPT),
    _Style("Header", "header", 15, SOFT, after=0),
    _Style("Footer", "footer", 15, SOFT, after=0),
)


def blank(title: str, made_at: datetime, language: str) -> bytes:
    """A DOCX file without a paragraph, in which every style of a paper is defined.

    Its only properties are the title and the moment it was made (twice: created and modified); there is no author.

    Args:
        title: what the document is.
        made_at: UTC if it has no zone.
        language: id, en or jv.

    Source: ECMA-376, part 1, 17 (WordprocessingML) and 15.2.12 (core properties in part 2, 11).

    >>> blank("Rob", datetime(2026, 11, 2), "id")[:2]
    b'PK'
    """
    return parcel(
        {
            "[Content_Types].xml": contents(_kinds()),
            "_rels/.rels": relations(
                (f"{OFFICE}/officeDocument", "word/document.xml"),
                (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ),
            "docProps/core.xml": core(title, made_at),
            "word/document.xml": f'{XML}<w:document xmlns:w="{W}"><w:body><w:sectPr/></w:body></w:document>'.encode(),
            "word/_rels/document.xml.rels": relations(
                *((f"{OFFICE}/{name}", f"{name}.xml") for name in ("styles", "numbering", "settings"))
            ),
            "word/styles.xml": _styles(TAGS[language]).encode(),
            "word/numbering.xml": _lists().encode(),
            "word/settings.xml": _settings(TAGS[language]).encode(),
        }
    )


def core(title: str, made_at: datetime) -> bytes:
    """The core properties of an office file: its title and when it was made; nobody made it.

    >>> b"creator" in core("Rob", datetime(2026, 11, 2))
    False
    """
    moment = f"{as_utc(made_at):%Y-%m-%dT%H:%M:%SZ}"
    times = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>' for name in ("created", "modified")
    )
    return (
        f'{XML}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(' '.join(visible(title).split()))}</dc:title>{times}</cp:coreProperties>"
    ).encode()


def _kinds() -> dict[str, str]:
    return {
        "/word/document.xml": f"{MAIN}.document.main+xml",
        "/docProps/core.xml": CORE,
        **{f"/word/{name}.xml": f"{MAIN}.{name}+xml" for name in ("styles", "numbering", "settings")},
    }


def contents(kinds: Mapping[str, str]) -> bytes:
    """The list of the parts of an office file with what each is.

    >>> b'PartName="/a.xml"' in contents({"/a.xml": CORE})
    True
    """
    named = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in kinds.items())
    relating = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="{relating}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{named}</Types>'
    ).encode()


def elements(written: str, spaces: str) -> list[etree._Element]:
    """What is written as elements that can be put into a part; `spaces` declares the namespaces of their names.

    >>> [element.tag for element in elements("<a:b/><a:c/>", 'xmlns:a="x"')]
    ['{x}b', '{x}c']
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return list(etree.fromstring(f"<written {spaces}>{written}</written>", parser))


def relations(*pairs: tuple[str, str]) -> bytes:
    """What a part of an office file leads to: kinds and targets, numbered rId1, rId2 and so on.

    >>> b'Id="rId1"' in relations((f"{OFFICE}/theme", "theme1.xml"))
    True
    """
    listed = "".join(
        f'<Relationship Id="rId{at}" Type="{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(pairs, start=1)
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'.encode()


def _styles(tag: str) -> str:
    fonts = f'<w:rFonts w:ascii="{SANS}" w:hAnsi="{SANS}" w:eastAsia="{SANS}" w:cs="{SANS}"/>'
    ground = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:color w:val="{INK}"/><w:sz w:val="21"/><w:szCs w:val="21"/>'
        f'<w:lang w:val="{tag}" w:eastAsia="{tag}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
        '<w:widowControl/><w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
    )
    return f'{XML}<w:styles xmlns:w="{W}">{ground}{_KINDS}{"".join(map(_style, STYLES))}{_TABLES}</w:styles>'


_KINDS = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/></w:style>'
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/></w:style>'
)
_MARGINS = "".join(
    f'<w:{side} w:w="{width}" w:type="dxa"/>'
    for side, width in (("top", 30), ("left", 80), ("bottom", 30), ("right", 80))
)
_GRID = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{EDGE}"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TABLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    f"<w:tblPr><w:tblCellMar>{_MARGINS}</w:tblCellMar></w:tblPr></w:style>"
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
    f"<w:tblPr><w:tblBorders>{_GRID}</w:tblBorders></w:tblPr></w:style>"
)


def _style(style: _Style) -> str:
    after = f' w:after="{style.after}"' if style.after >= 0 else ""
    spacing = f'<w:spacing w:before="{style.before}"{after}/>' if style.before or after else ""
    hung = '<w:ind w:left="400" w:hanging="300"/>' if style.id.startswith("List") else ""
    bar = '<w:ind w:left="260"/>' if style.id == "Quote" else ""
    colour = f'<w:color w:val="{style.colour}"/>' if style.colour else ""
    size = f'<w:sz w:val="{style.size}"/><w:szCs w:val="{style.size}"/>' if style.size else ""
    before, underline = (style.runs, "") if "<w:u " not in style.runs else ("", style.runs)  # the order is prescribed
    outline = f'<w:outlineLvl w:val="{int(style.id[-1]) - 1}"/>' if style.id.startswith("Heading") else ""
    return (
        f'<w:style w:type="paragraph" w:styleId={quoteattr(style.id)}{style.own}>'
        f'<w:name w:val={quoteattr(style.name)}/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{style.lines}{spacing}{hung}{bar}{outline}</w:pPr>"
        f"<w:rPr>{before}{colour}{size}{underline}</w:rPr></w:style>"
    )


def _lists() -> str:
    kinds = (("bullet", "•"), ("decimal", "%1."))
    levels = "".join(
        f'<w:abstractNum w:abstractNumId="{at}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
        f'<w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{sign}"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="400" w:hanging="300"/></w:pPr></w:lvl></w:abstractNum>'
        for at, (kind, sign) in enumerate(kinds)
    )
    used = "".join(f'<w:num w:numId="{at + 1}"><w:abstractNumId w:val="{at}"/></w:num>' for at in range(len(kinds)))
    return f'{XML}<w:numbering xmlns:w="{W}">{levels}{used}</w:numbering>'


def _settings(tag: str) -> str:
    mode = '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    return (
        f'{XML}<w:settings xmlns:w="{W}"><w:defaultTabStop w:val="720"/><w:compat>{mode}</w:compat>'
        f'<w:themeFontLang w:val="{tag}"/></w:settings>'
    )
