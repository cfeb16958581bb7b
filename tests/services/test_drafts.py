"""Drafts: a file becomes a version once, the team sees it first, and what cannot be read is refused with its line."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from models import Chapter, Draft, Event, Paragraph, Point
from services import comments, drafts, imports, paragraphs
from services.errors import NotFound, NotThisState, UnreadableFile
from tests.services.factories import academic, call, draft, key, said

DEMO = Path(__file__).resolve().parents[2] / "demo"


def take(session, content, now):
    content = content if isinstance(content, bytes) else content.encode()
    return drafts.take(session, content, name="naskah.md", now=now)


def refused(session, content, now):
    with pytest.raises(UnreadableFile) as refusal:
        take(session, content, now)
    for kind in (Draft, Chapter, Paragraph):
        assert session.scalar(select(func.count()).select_from(kind)) == 0
    return str(refusal.value)


def test_the_demonstration_is_read_whole_and_every_word_of_its_notes_is_known(session, now):
    facts = drafts.facts(session, take(session, (DEMO / "draft-masterplan.md").read_bytes(), now))
    assert (facts.number, facts.chapters, facts.paragraphs, facts.is_published) == (1, 7, 49, False)
    assert facts.report["unknown"] == [] and facts.report["numbered_here"] == 0
    row = session.scalars(select(Paragraph).where(Paragraph.mark == "P-DIS-01")).one()
    assert row.dimension == "DIS" and row.element and row.nature and row.agency
    assert session.scalar(select(func.count(Paragraph.id)).where(Paragraph.agency.is_(None))) == 0


def test_the_same_file_twice_is_the_same_version(session, now):
    first, again = take(session, "[P-A-01] Rob", now), take(session, "[P-A-01] Rob", now)
    assert first == again and take(session, "[P-A-01] Rob.", now) != first
    assert [d.number for d in drafts.versions(session)] == [2, 1]


def test_without_a_title_a_version_is_called_like_its_file(session, now):
    assert drafts.facts(session, take(session, "a", now)).title == "naskah.md"
    assert drafts.facts(session, take(session, "# Judul\n\n## Bab\n\na", now)).title == "Judul"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "Tidak ada paragraf"),
        (b"\xef\xbb\xbf \n\n", "Tidak ada paragraf"),
        (b"\x00\x00", "Tidak ada paragraf"),
        (b"# Judul\n\n## Bab\n\n### Bagian\n", "Tidak ada paragraf"),
        (b"![](x.png)\n\n---\n", "Tidak ada paragraf"),
        ("baris satu\nbaris dua\nsel\u00e9sai".encode("latin-1"), "Baris 3 bukan UTF-8"),
        ("rob".encode("utf-16"), "Baris 1 bukan UTF-8"),
        (b"PK\x03\x04\x8f\x00", "DOCX ini rusak"),
        (b"a\n\n[P-A-01]\n\nb", "Baris 3: paragraf P-A-01 kosong"),
        (b"a\n\n{opd: Dinkominfo}\n", "Baris 3: paragraf 1.2 kosong"),
        (b"a\n\n" + b"x" * 20_001, "Baris 3: paragraf lebih panjang dari 20000"),
        (b"kata\n\n" * 5001, "Lebih dari 5000 paragraf"),
        (b"x" * (2 * 2**20 + 1), "lebih dari 2 MB"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_line_and_leaves_nothing(session, now, content, told):
    assert told in refused(session, content, now)


def test_just_within_the_limits_is_taken(session, now):
    assert take(session, "x" * 20_000, now)
    assert drafts.facts(session, take(session, "kata\n\n" * 5000, now)).paragraphs == 5000


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("opening", ["", "\ufeff", "\n\n", "\x00\n \t\n", "\ufeff\x07\n\n\n"])
def test_lines_in_a_refusal_are_those_of_the_file(session, now, newline, opening):
    text = f"{opening}# Judul\n\n## Bab\n\n[P-A-01] a\n\n[P-A-01] b\n"
    first = opening.count("\n") + 5
    assert f"P-A-01 ({first}, {first + 2})" in refused(session, text.replace("\n", newline), now)


def test_a_mark_given_twice_is_named_with_all_its_lines_however_many_there_are(session, now):
    marks = [f"[P-A-{n}] kata" for n in range(9)]
    told = refused(session, "\n\n".join(marks + marks), now)
    assert "P-A-0 (1, 19), P-A-1 (3, 21)" in told and "P-A-8" not in told
    assert "P-A-1 (1, 3, 5, 7, 9)" in refused(session, "\n\n".join(["[P-A-1] kata"] * 400), now)


def test_a_mark_in_two_chapters_is_refused_too(session, now):
    assert "P-A-01 (3, 7)" in refused(session, "## A\n\n[P-A-01] a\n\n## B\n\n[P-A-01] b", now)


def test_a_note_that_is_not_known_is_kept_as_it_stands_and_reported(session, now):
    note = "elemen: struktur; opd: Dinas Rahasia; sifat: DIGITAL; warna: biru; tanpa titik dua"
    draft_id = take(session, f"[P-DIS-01] Rob. {{{note}}}\n\n[P-XXX-02] Lain. {{opd: dinkominfo}}", now)
    one, two = session.scalars(select(Paragraph).order_by(Paragraph.id)).all()
    assert (one.text, one.annotation) == ("Rob.", note)
    assert (one.element, one.nature, one.agency, one.dimension) == ("structure", "digital", None, "DIS")
    assert (two.agency, two.element, two.dimension) == ("dinkominfo", None, None)
    assert drafts.facts(session, draft_id).report["unknown"] == [
        "P-DIS-01: opd: Dinas Rahasia",
        "P-DIS-01: warna: biru",
        "P-DIS-01: tanpa titik dua",
    ]


def test_an_older_text_comes_back_as_a_newer_version_and_the_newest_does_not(session, now):
    first = take(session, "[P-A-01] satu", now)
    drafts.publish(session, first, now=now)
    assert take(session, "[P-A-01] satu", now) == first
    second = take(session, "[P-A-01] dua", now)
    drafts.publish(session, second, now=now)
    back = take(session, "[P-A-01] satu", now)
    assert drafts.facts(session, back).number == 3 and take(session, "[P-A-01] satu", now) == back
    drafts.publish(session, back, now=now)
    assert drafts.facts(session, take(session, "[P-A-01] dua", now)).number == 4


def test_the_report_counts_what_was_read_and_what_was_left_out(session, now):
    text = "# J\n\nawal\n\n## Bab\n\n[P-A-01] a ![](x.png)\n\nb\n\n---\n\nc"
    report = drafts.facts(session, take(session, text, now)).report
    assert report == {
        "chapters": 1,
        "paragraphs": 3,
        "preface": 1,
        "numbered_here": 2,
        "images": 1,
        "rules": 1,
        "unknown": [],
        "kind": "markdown",
        "kept": {"paragraphs": 3},
        "dropped": {"images": 1, "rules": 1},
    }


def test_hostile_text_stays_text(session, now):
    take(session, "<script>alert(1)</script> [x](javascript:alert(1)) =1+1\n\n> " + "> " * 9000 + "dalam", now)
    texts = session.scalars(select(Paragraph.text).order_by(Paragraph.id)).all()
    assert texts == ["<script>alert(1)</script> [x](javascript:alert(1)) =1+1", "dalam"]


def test_only_the_team_sees_a_version_before_it_is_published(session, now):
    draft_id = take(session, "[P-A-01] a", now)
    assert drafts.newest(session) is None
    assert drafts.version(session, 1, sees_unpublished=True).id == draft_id
    with pytest.raises(NotFound):
        drafts.version(session, 1, sees_unpublished=False)
    drafts.publish(session, draft_id, now=now)
    assert drafts.newest(session).published_at == now
    assert drafts.version(session, 1, sees_unpublished=False).is_published
    with pytest.raises(NotFound):
        drafts.version(session, 2, sees_unpublished=True)


def test_the_newest_is_the_published_one_with_the_highest_number(session, now):
    first, second = take(session, "[P-A-01] a", now), take(session, "[P-A-01] b", now)
    drafts.publish(session, second, now=now)
    drafts.publish(session, first, now=now + timedelta(hours=1))
    assert drafts.newest(session).number == 2


def test_publishing_twice_or_throwing_away_what_is_published_is_refused(session, now):
    draft_id = draft(session, "[P-A-01] a")
    for deed in (drafts.publish, drafts.discard):
        with pytest.raises(NotThisState):
            deed(session, draft_id, now=now + timedelta(hours=1))
        with pytest.raises(NotFound):
            deed(session, 999, now=now)
    assert drafts.newest(session).published_at == now
    assert session.scalar(select(func.count(Paragraph.id))) == 1


def test_a_version_thrown_away_leaves_nothing_and_may_come_again(session, now):
    kept = draft(session, "[P-A-01] tetap")
    draft_id = take(session, "[P-A-01] dibuang", now)
    drafts.discard(session, draft_id, now=now)
    session.flush()
    assert session.scalars(select(Draft.id)).all() == [kept]
    assert session.scalars(select(Paragraph.text)).all() == ["tetap"]
    assert session.scalar(select(func.count(Chapter.id))) == 1
    assert drafts.facts(session, take(session, "[P-A-01] dibuang", now)).number == 2


def test_deeds_leave_a_trace_without_the_words_of_the_draft(session, now):
    drafts.discard(session, take(session, "[P-A-01] rahasia-a", now), now=now)
    draft(session, "[P-A-01] rahasia-b")
    events = session.scalars(select(Event).where(Event.subject == "draft").order_by(Event.id)).all()
    assert [e.action for e in events] == ["draft.take", "draft.discard", "draft.take", "draft.publish"]
    assert "rahasia" not in str([e.details for e in events])


def test_points_that_named_a_paragraph_before_it_was_here_stand_on_it_once_it_is_published(
    session, round_id, now, tmp_path
):
    path = tmp_path / "kiriman.csv"
    path.write_text("text,paragraph_ref\nSoal rob,P-DIS-01\nSoal lain,P-DIS-99\nTanpa rujukan,\n", "utf-8")
    report = imports.import_submissions(session, path, round_id=round_id, prefix="PKL", now=now)
    assert report.unresolved == 2
    draft_id = take(session, "[P-DIS-01] Rob", now)
    assert session.scalars(select(Point.paragraph_id)).all() == [None] * 3
    assert drafts.publish(session, draft_id, now=now) == 1
    session.expire_all()
    found = paragraphs.chapter(session, draft_id, 1)[0].id
    assert session.scalars(select(Point.paragraph_id).order_by(Point.id)).all() == [found, None, None]
    assert imports.import_submissions(session, path, round_id=round_id, prefix="PKL", now=now).added == 0
    second = take(session, "[P-DIS-01] Rob lagi\n\n[P-DIS-99] Yang dulu belum ada", now)
    assert drafts.publish(session, second, now=now) == 1
    session.expire_all()
    later = paragraphs.chapter(session, second, 1)[1].id
    assert session.scalars(select(Point.paragraph_id).order_by(Point.id)).all() == [found, later, None]


def test_a_second_version_does_not_take_over_what_stands_on_the_first(session, round_id, now):
    first = draft(session, "[P-A-01] lama")
    old = paragraphs.chapter(session, first, 1)[0].id
    point_id = comments.add(session, academic(session), old, said(), call=call(round_id), key=key(), now=now)
    second = take(session, "[P-A-01] baru", now)
    assert drafts.publish(session, second, now=now) == 0
    session.expire_all()
    assert session.get_one(Point, point_id).paragraph_id == old
