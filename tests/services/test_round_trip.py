"""A draft goes from DOCX to the portal, with its comments to the drafter, through LibreOffice and back as a version."""

import io
import zipfile

import pytest
from docx import Document
from sqlalchemy import func, select

from models import Fate, Paragraph, Point
from models.vocabulary import CommentState, FateState, Severity
from services import comments, compositions, drafts, fates, replies, wordings
from services.errors import NotFound
from services.handbacks import apart, gathering
from services.remarks import Remarked
from tests.reports import conftest
from tests.reports.drafter import replace_words, worked_on
from tests.services.decided import decision
from tests.services.factories import academic, call, draft, key, officer, said

office = conftest.office  # the same program, and the same rule where there is none
TOPICS = ("rob", "pasar", "batik", "sekolah", "jalan", "taman", "pompa", "sampah", "pelabuhan", "perpustakaan")
CHAPTERS, MEMBERS = 4, 4 * 12
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NOTE = f"""<w:footnotes xmlns:w="{W}"><w:footnote w:id="2"><w:p><w:r><w:t>Menurut catatan dinas.</w:t></w:r></w:p>
</w:footnote></w:footnotes>"""
NOTED = "Panjang tanggul 1"
# What the drafter does to the file: other words in two, one goes, one goes up by three.
DELETE = """
  walk = paper.Text.createEnumeration()
  Do While walk.hasMoreElements()
    found = walk.nextElement()
    If found.supportsService("com.sun.star.text.Paragraph") Then
      If InStr(found.String, "{words}") > 0 Then
        paper.Text.removeTextContent(found)
        Exit Do
      End If
    End If
  Loop"""
MOVE = """
  wanted = paper.createSearchDescriptor()
  wanted.SearchString = "{words}"
  place = paper.findFirst(wanted)
  paper.CurrentController.ViewCursor.gotoRange(place.Start, False)
  Dim times As Integer
  For times = 1 To 3
    dispatcher.executeDispatch(paper.CurrentController.Frame, ".uno:MoveUp", "", 0, Array())
  Next"""


def sentence(chapter, n):
    topic, other = TOPICS[n], TOPICS[(n + chapter) % len(TOPICS)]
    return f"Urusan {topic} bagian {chapter} ditangani bersama warga {other} mulai tahun {2027 + n} sampai selesai."


def brought():
    """What a drafter brings: headings, numbered paragraphs, a table, and in it a footnote."""
    made = Document()
    made.add_heading("Naskah contoh", 0)
    for chapter in range(1, CHAPTERS + 1):
        made.add_heading(f"Bab {chapter}", 1)
        made.add_heading("Arah kebijakan", 2)
        for n in range(len(TOPICS)):
            mark = f"[P-DIS-{chapter}{n:02}] " if n % 2 else ""
            made.add_paragraph(mark + sentence(chapter, n), style="List Number" if n % 5 == 0 else None)
        table = made.add_table(rows=2, cols=2)
        for at, words in enumerate((f"Indikator {chapter}", "Target", f"Panjang tanggul {chapter}", "12 km")):
            table.cell(*divmod(at, 2)).text = words
    file = io.BytesIO()
    made.save(file)
    return with_note(file)


def with_note(file):
    """The same with a footnote, which the library that made it does not know."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    added = {
        "[Content_Types].xml": ("</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'),
        "word/_rels/document.xml.rels": (
            "</Relationships>",
            f'<Relationship Id="note" Type="{relation}" Target="footnotes.xml"/></Relationships>',
        ),
        "word/document.xml": (f"{NOTED}</w:t></w:r>", f'{NOTED}</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name).decode("utf-8", "surrogateescape")
            if name in added:
                assert added[name][0] in part
                part = part.replace(*added[name])
            new.writestr(name, part.encode("utf-8", "surrogateescape"))
        new.writestr("word/footnotes.xml", NOTE)
    return made.getvalue()


def ids(session, draft_id):
    return list(session.scalars(select(Paragraph.id).where(Paragraph.draft_id == draft_id).order_by(Paragraph.id)))


@pytest.fixture
def spoken(session, round_id, now):
    """A published draft with twenty comments: some from an office, some with a quote, a proposal or about a gap."""
    first = drafts.take(session, brought(), name="naskah.docx", now=now)
    drafts.publish(session, first, now=now)
    assert drafts.facts(session, first).report["kept"]["footnotes"] == 1
    authors = (academic(session), officer(session))
    for n, paragraph_id in enumerate(ids(session, first)[::2][:20]):
        words = session.get_one(Paragraph, paragraph_id).text.split()
        beside = Remarked(quote=" ".join(words[1:3]), severity=Severity.MUST if n % 3 else None, is_gap=n % 7 == 3)
        told = said(f"Butir {n} perlu dijelaskan.", proposed_text=f"Usul {n}." if n % 4 == 0 else None)
        comments.add(
            session, authors[n % 2], paragraph_id, told, call=call(round_id), key=key(), now=now, remarked=beside
        )
    return first


def lines(session, draft_id):
    rows = select(Paragraph.text, Paragraph.lineage_id).where(Paragraph.draft_id == draft_id)
    return dict(session.execute(rows).all())


def placed(session, draft_id):
    """By comment the line it stands on and its state; those without a paragraph stand on None."""
    found = comments.on(session, draft_id, ids(session, draft_id), is_team=True)
    own = dict(session.execute(select(Paragraph.id, Paragraph.lineage_id).where(Paragraph.draft_id == draft_id)).all())
    there = {c.id: (own[at], c.state) for at, said_on in found.items() for c in said_on}
    return there | {c.id: (None, c.state) for c in comments.lost(session, draft_id)}


def test_unchanged_it_comes_back_with_every_line_and_every_comment(session, now, spoken):
    content = apart.docx(session, spoken, now=now)
    second = drafts.take(session, content, name="kembali.docx", now=now)
    assert lines(session, second) == lines(session, spoken)
    assert drafts.facts(session, second).report["dropped"] == {"comments": 20, "headers": 1}
    assert fates.tally(session, second).paragraphs == {FateState.SAME: MEMBERS}
    before, after = placed(session, spoken), placed(session, second)
    assert len(before) == 20 and after == before


def test_edited_in_another_program_every_line_and_every_comment_is_found(session, now, spoken, office, tmp_path):
    content = apart.docx(session, spoken, now=now)
    office(content, "docx", "docx")  # the first start lays out a desk of its own
    moved, gone, reworded = sentence(2, 6), sentence(3, 4), (sentence(1, 0), sentence(4, 8))
    deeds = [
        replace_words(reworded[0], reworded[0].replace("bersama warga", "oleh dinas dan warga")),
        replace_words("ditangani bersama warga rob mulai", "diurus warga rob sejak"),
        DELETE.format(words=gone),
        MOVE.format(words=moved),
    ]
    (edited,) = worked_on(content, ["".join(deeds)], tmp_path)
    second = drafts.take(session, edited, name="kembali.docx", now=now)
    drafts.publish(session, second, now=now)
    old, new = lines(session, spoken), lines(session, second)
    changed = {text for text in old if text not in new}
    assert gone in changed and gone not in new and moved in new
    assert set(new.values()) == set(old.values()) - {old[gone]}
    assert {text: new[text] for text in new if text in old} == {text: old[text] for text in new if text in old}
    states = dict(session.execute(select(Fate.paragraph_id, Fate.state).where(Fate.draft_id == second)).all())
    by_text = {session.get_one(Paragraph, number).text: state for number, state in states.items()}
    assert by_text[gone] is FateState.REMOVED and by_text[moved] is FateState.MOVED
    assert all(by_text[text] is FateState.EDITED for text in changed - {gone})
    before, after = placed(session, spoken), placed(session, second)
    assert len(after) == len(before) == session.scalar(select(func.count(Point.id))) == 20
    for number, (line, _state) in before.items():
        assert after[number][0] == (None if line == old[gone] else line)
    counted = [state for _line, state in after.values()]
    assert sum(fates.tally(session, second).comments.values()) == 20
    assert counted.count(CommentState.REMOVED) == 1 and counted.count(CommentState.CHANGED) >= 1
    assert counted.count(CommentState.MOVED) == 1


def test_a_composed_version_goes_out_with_its_changes_tracked_and_comes_back_with_the_new_words(
    session, round_id, now, spoken
):
    point = session.scalars(select(Point).order_by(Point.id)).first()
    old = session.get_one(Paragraph, point.paragraph_id)
    facts = {"paragraph_id": old.id, "paragraph_mark": old.mark, "text_before": old.text}
    after = old.text.replace("bersama warga", "oleh dinas dan warga")
    decision(session, round_id, point_id=point.id, text_after=after, **facts)
    second = compositions.compose(session, now=now)
    content = apart.docx(session, second, now=now)
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        body, told = (file.read(f"word/{name}.xml").decode() for name in ("document", "comments"))
    assert body.count("<w:del ") == 1 and "oleh dinas dan " in body and told.count("<w:comment ") == 20
    assert "Pompa lama sudah sering mati" in told  # why it was decided
    third = drafts.take(session, content, name="kembali.docx", now=now)
    assert lines(session, third) == lines(session, second)
    drafts.publish(session, third, now=now)
    assert placed(session, third) == placed(session, second)
    assert wordings.of_draft(session, third)[ids(session, third)[ids(session, spoken).index(old.id)]][0].is_literal
    assert drafts.version(session, 2, sees_unpublished=True).is_published is False


def test_what_was_said_of_the_whole_draft_or_of_what_is_gone_stands_at_its_title(session, round_id, now, spoken):
    comments.add_whole(session, academic(session), 1, said("Kurang peta."), call=call(round_id), key=key(), now=now)
    gone = session.scalars(select(Paragraph).order_by(Paragraph.id)).first()
    kept = [f"## Bab\n\n{p.text}" for p in session.scalars(select(Paragraph).order_by(Paragraph.id)).all()[1:]]
    second = draft(session, "\n\n".join(kept))
    facts = gathering.gather(session, second, now=now)
    assert [one["text"] for one in facts["remarks"]] == ["Kurang peta.", "Butir 0 perlu dijelaskan."]
    heads = [one["head"] for one in facts["remarks"]]
    assert "tentang seluruh naskah versi 1" in heads[0]
    assert f"atas paragraf {gone.mark} di versi 1, yang dihapus" in heads[1]
    below = [one for part in facts["parts"] for one in part.get("remarks", ())]
    assert len(below) == 19 and any("celah sesudah paragraf ini" in one["head"] for one in below)
    assert {one["author"] for one in [*below, *facts["remarks"]]} == {"Akademisi", "Dinkominfo"}


def test_what_points_to_a_person_is_covered_and_a_reply_stands_below(session, round_id, now, spoken):
    at = ids(session, spoken)[-1]
    words = said("Hubungi saya di 0812-0000-0000 bila perlu.")
    point = comments.add(session, academic(session), at, words, call=call(round_id), key=key(), now=now)
    replies.add(session, point, "Sudah kami baca.", now=now, actor_id=academic(session).person_id)
    told = gathering.gather(session, spoken, now=now)["parts"][-1]["remarks"][-1]
    assert "0812" not in told["text"] and told["replies"][0]["text"] == "Sudah kami baca."


def test_a_version_that_is_not_there_makes_no_file(session, now):
    with pytest.raises(NotFound):
        apart.docx(session, 9, now=now)
