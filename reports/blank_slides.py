"""A blank deck in our dress: one master, a layout for the title and one for the rest, on 16:9."""

from datetime import datetime

from reports.blanks import (
    BANG,
    CORE,
    EDGE,
    IJO,
    INK,
    NILA,
    OFFICE,
    PACKAGE,
    SANS,
    SOFT,
    WASH,
    XML,
    contents,
    core,
    relations,
)
from reports.paper import TAGS
from reports.parcels import parcel

BREADTH, HEIGHT = 12_192_000, 6_858_000  # EMU, 16:9
EDGE_X = 609_600
INNER = BREADTH - 2 * EDGE_X
FOOT_Y, FOOT_HEIGHT = 6_356_350, 300_000
BODY_Y, BODY_HEIGHT = 1_400_000, 4_800_000
TITLE, OTHER = 0, 1  # the layouts, in their order
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
SPACES = f'xmlns:a="{A}" xmlns:r="{OFFICE}" xmlns:p="{P}"'
MAIN = "application/vnd.openxmlformats-officedocument.presentationml"
LIGHT = "E6EBFA"  # text on nila
NUMBER = "{00000000-0000-4000-8000-000000000001}"  # every field has a name; ours are all the same


def blank_deck(title: str, made_at: datetime, language: str) -> bytes:
    """A PPTX file without a slide; its only properties are the title and the moment it was made.

    Args:
        title: what the deck is.
        made_at: UTC if it has no zone.
        language: id, en or jv.

    Source: ECMA-376, part 1, 19 (PresentationML) and 20 (DrawingML).

    >>> blank_deck("Rob", datetime(2026, 11, 2), "id")[:2]
    b'PK'
    """
    tag = TAGS[language]
    return parcel(
        {
            "[Content_Types].xml": contents(_kinds()),
            "_rels/.rels": relations(
                (f"{OFFICE}/officeDocument", "ppt/presentation.xml"),
                (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ),
            "docProps/core.xml": core(title, made_at),
            "ppt/presentation.xml": _presentation(tag).encode(),
            "ppt/_rels/presentation.xml.rels": relations(
                (f"{OFFICE}/slideMaster", "slideMasters/slideMaster1.xml"), (f"{OFFICE}/theme", "theme/theme1.xml")
            ),
            "ppt/theme/theme1.xml": _theme().encode(),
            "ppt/slideMasters/slideMaster1.xml": _master(tag).encode(),
            "ppt/slideMasters/_rels/slideMaster1.xml.rels": relations(
                (f"{OFFICE}/slideLayout", "../slideLayouts/slideLayout1.xml"),
                (f"{OFFICE}/slideLayout", "../slideLayouts/slideLayout2.xml"),
                (f"{OFFICE}/theme", "../theme/theme1.xml"),
            ),
            **{
                f"ppt/slideLayouts/_rels/slideLayout{at}.xml.rels": relations(
                    (f"{OFFICE}/slideMaster", "../slideMasters/slideMaster1.xml")
                )
                for at in (1, 2)
            },
            "ppt/slideLayouts/slideLayout1.xml": _title_layout(tag).encode(),
            "ppt/slideLayouts/slideLayout2.xml": _other_layout(tag).encode(),
        }
    )


def placeholder(
    id: int, kind: str, number: int | None, tag: str, text: str = "", place: str = "", look: str = ""
) -> str:
    """A place for text that a slide inherits from its layout: kind, its number there, and what it says.

    >>> 'type="ftr"' in placeholder(3, "ftr", 11, "id-ID")
    True
    """
    numbered = "" if number is None else f' idx="{number}"'
    run = text or f'<a:endParaRPr lang="{tag}"/>'
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{id}" name="{kind} {id}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="{kind}"{numbered}/></p:nvPr></p:nvSpPr><p:spPr>{place}</p:spPr><p:txBody>'
        '<a:bodyPr lIns="0" rIns="0"><a:normAutofit/></a:bodyPr>'
        f"<a:lstStyle>{look}</a:lstStyle><a:p>{run}</a:p></p:txBody></p:sp>"
    )


def foot(tag: str, colour: str, text: str) -> str:
    """The foot of one slide and its number; the looks are told again, as not every program inherits them.

    >>> "slidenum" in foot("id-ID", SOFT, "Rob")
    True
    """
    looks = f'lang="{tag}" sz="1000"'
    fill = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill><a:latin typeface="{SANS}"/>'
    said = f'<a:pPr algn="l"/><a:r><a:rPr {looks}>{fill}</a:rPr><a:t>{text}</a:t></a:r>'
    field = f'<a:fld id="{NUMBER}" type="slidenum"><a:rPr {looks}>{fill}</a:rPr><a:t>1</a:t></a:fld>'
    number = f'<a:pPr algn="r"/>{field}'
    return placeholder(4, "ftr", 11, tag, said) + placeholder(5, "sldNum", 12, tag, number)


def _kinds() -> dict[str, str]:
    return {
        "/ppt/presentation.xml": f"{MAIN}.presentation.main+xml",
        "/ppt/slideMasters/slideMaster1.xml": f"{MAIN}.slideMaster+xml",
        **{f"/ppt/slideLayouts/slideLayout{at}.xml": f"{MAIN}.slideLayout+xml" for at in (1, 2)},
        "/ppt/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "/docProps/core.xml": CORE,
    }


def _presentation(tag: str) -> str:
    return (
        f'{XML}<p:presentation {SPACES}><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/>'
        f'</p:sldMasterIdLst><p:sldIdLst/><p:sldSz cx="{BREADTH}" cy="{HEIGHT}"/><p:notesSz cx="6858000" cy="9144000"/>'
        f'<p:defaultTextStyle><a:defPPr><a:defRPr lang="{tag}"/></a:defPPr></p:defaultTextStyle></p:presentation>'
    )


def _theme() -> str:
    colours = {
        "dk1": INK,
        "lt1": "FFFFFF",
        "dk2": NILA,
        "lt2": WASH,
        "accent1": NILA,
        "accent2": BANG,
        "accent3": IJO,
        "accent4": "FFC53D",
        "accent5": EDGE,
        "accent6": SOFT,
        "hlink": "2545A0",
        "folHlink": "2545A0",
    }
    scheme = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in colours.items())
    fonts = "".join(
        f'<a:{use}><a:latin typeface="{SANS}"/><a:ea typeface=""/><a:cs typeface=""/></a:{use}>'
        for use in ("majorFont", "minorFont")
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{XML}<a:theme xmlns:a="{A}" name="Nila"><a:themeElements><a:clrScheme name="Nila">{scheme}</a:clrScheme>'
        f'<a:fontScheme name="Nila">{fonts}</a:fontScheme><a:fmtScheme name="Nila"><a:fillStyleLst>{fill * 3}'
        f"</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def _place(x: int, y: int, breadth: int, height: int) -> str:
    return (
        f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{breadth}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    )


def _look(size: int, colour: str, side: str = "l", is_bold: bool = False) -> str:
    return (
        f'<a:lvl1pPr marL="0" indent="0" algn="{side}"><a:buNone/><a:defRPr sz="{size}" b="{int(is_bold)}">'
        f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:defRPr></a:lvl1pPr>'
    )


def _tree(name: str, ground: str, shapes: str) -> str:
    filled = f'<p:bg><p:bgPr><a:solidFill><a:srgbClr val="{ground}"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'
    return (
        f'<p:cSld name="{name}">{filled}<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/>'
        f"</p:nvGrpSpPr><p:grpSpPr/>{shapes}</p:spTree></p:cSld>"
    )


def _master(tag: str) -> str:
    title = placeholder(2, "title", None, tag, "", _place(EDGE_X, 400_000, INNER, 850_000))
    body = placeholder(3, "body", 1, tag, "", _place(EDGE_X, BODY_Y, INNER, BODY_HEIGHT))
    tree = _tree("Nila", "FFFFFF", title + body + _feet(tag, SOFT, 2, 3))
    colours = (
        'bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" '
        'accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"'
    )
    layouts = "".join(f'<p:sldLayoutId id="{2147483648 + at}" r:id="rId{at}"/>' for at in (1, 2))
    styles = (
        f"<p:titleStyle>{_look(3000, NILA, is_bold=True)}</p:titleStyle>"
        f"<p:bodyStyle>{_look(1800, INK)}</p:bodyStyle><p:otherStyle>{_look(1800, INK)}</p:otherStyle>"
    )
    return (
        f"{XML}<p:sldMaster {SPACES}>{tree}<p:clrMap {colours}/><p:sldLayoutIdLst>{layouts}</p:sldLayoutIdLst>"
        f"<p:txStyles>{styles}</p:txStyles></p:sldMaster>"
    )


def _feet(tag: str, colour: str, foot: int, number: int) -> str:
    room = BREADTH - 2 * EDGE_X - 900_000
    return placeholder(
        4, "ftr", foot, tag, "", _place(EDGE_X, FOOT_Y, room, FOOT_HEIGHT), _look(1000, colour)
    ) + placeholder(
        5, "sldNum", number, tag, "", _place(EDGE_X + room, FOOT_Y, 900_000, FOOT_HEIGHT), _look(1000, colour, "r")
    )


def _title_layout(tag: str) -> str:
    title = placeholder(
        2, "ctrTitle", None, tag, "", _place(EDGE_X, 1_900_000, INNER, 1_900_000), _look(4400, "FFFFFF", is_bold=True)
    )
    under = placeholder(3, "subTitle", 1, tag, "", _place(EDGE_X, 3_900_000, INNER, 1_500_000), _look(2200, LIGHT))
    return _layout("Judul", "title", NILA, title + under + _feet(tag, LIGHT, 11, 12))


def _other_layout(tag: str) -> str:
    return _layout("Isi", "titleOnly", "FFFFFF", placeholder(2, "title", None, tag) + _feet(tag, SOFT, 11, 12))


def _layout(name: str, kind: str, ground: str, shapes: str) -> str:
    return (
        f'{XML}<p:sldLayout {SPACES} type="{kind}" preserve="1">{_tree(name, ground, shapes)}'
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )
