"""The measurement of desks walks to all of them, asks as it says, and divides what it compares."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from sqlalchemy import func, select

from benchmarks import addresses, desks
from benchmarks.addresses import DEEP, DETAIL, FILTER, FIRST, MANY, SEARCH, Address
from benchmarks.desks import Asked, Site
from models import Decision, Event, Point, Reading, Submission, Triage
from models.vocabulary import Stage, SubmissionState
from portal.access import ROUTES
from portal.extensions import db

ROWS = 300
# Led elsewhere, a file, or only there while nothing is fixed.
NO_PAGES = {"staff_priorities.table", "staff_deciding.points", "staff_papers.sheets", "staff_imports.bring"}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    found = Site(tmp_path_factory.mktemp("desks") / "data", ROWS)
    yield found
    with found.app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="module")
def pages(site):
    with pytest.MonkeyPatch.context() as patch:
        for name, most in (("DETAILS", 1), ("VALUES", 2), ("PAGES", 1), ("PAIRS", 1)):
            patch.setattr(addresses, name, most)
        yield site.addresses(20)


def test_the_folder_is_full_of_what_a_team_leaves(site):
    with site.app.app_context():
        session = db.session()
        standing = Submission.state == SubmissionState.RECEIVED
        assert session.scalar(select(func.count()).where(standing)) == ROWS
        assert session.scalar(select(func.count(Reading.point_id))) == ROWS
        assert session.scalar(select(func.count(Triage.point_id)).where(Triage.stage == Stage.CODED)) == ROWS * 3 // 10
        assert session.scalar(select(func.count(Decision.id))) == 200
        assert session.scalar(select(func.count(Event.id))) > 2 * (session.scalar(select(func.count(Point.id))) or 0)


def test_every_desk_is_found_and_none_is_named_here(site, pages):
    rules = [rule for rule in site.app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments]
    there = {rule.endpoint for rule in rules if rule.endpoint.startswith("staff_")}
    assert there <= ROUTES.keys() and len(there) > 30
    assert there - {page.endpoint for page in pages} <= NO_PAGES


def test_pages_are_asked_for_in_every_way(pages):
    kinds = {page.kind for page in pages if page.endpoint == "staff_inbox.index"}
    assert kinds == {FIRST, FILTER, SEARCH, DEEP, MANY}
    assert DETAIL in {page.kind for page in pages if page.endpoint == "staff_insights.theme"}
    inbox = [dict(parse_qsl(urlsplit(page.path).query)) for page in pages if page.endpoint == "staff_inbox.index"]
    assert {"dimension", "group", "channel", "language", "kind", "flag", "q"} <= {
        name for given in inbox for name in given
    }
    assert max(len(given) for given in inbox) > 2


def test_a_walk_passes_by_what_is_not_there_and_leads_nowhere_else(site):
    walk = addresses.Walk(
        site.app.url_map, lambda path: '<a href="/staff/inbox?q=x">' if path == "/staff/" else None, ROWS
    )
    assert [page.endpoint for page in walk.run(0)] == ["staff_insights.index"]


def test_a_page_that_breaks_is_no_figure(site):
    with pytest.raises(RuntimeError, match="404"):
        site.ask("/staff/themes/999999")
    wall, cpu, statements = site.ask("/staff/inbox")
    assert 0 < cpu < wall * 2 and 0 < statements <= 12


def asked(endpoint, cpu, wall=10.0):
    return Asked(Address(f"/{endpoint}/{cpu}", endpoint, FIRST, is_about_one=False), wall, cpu, 4)


def test_the_slowest_stands_first_and_the_ratio_is_large_over_small():
    small = [asked("staff_a", 10.0), asked("staff_a", 20.0), asked("staff_b", 10.0)]
    large = [asked("staff_b", 10.0, 5.0), asked("staff_a", 30.0, 50.0), asked("staff_a", 60.0, 70.0)]
    first, second = desks.views(small, large)
    assert (first.desk, first.addresses, first.ratio, first.cpu) == ("a", 2, 3.0, 45.0)
    assert first.p50 == 60.0 and first.p50 < first.p95 <= 70.0 and first.slowest == "/staff_a/60.0"
    assert (second.desk, second.ratio) == ("b", 1.0)
    assert desks.table([first]).splitlines()[-1].startswith("| a | first page | 2 | 60 | 69 |")


def test_help_says_what_can_be_asked_for(capsys):
    with pytest.raises(SystemExit):
        desks.main(["--help"])
    told = capsys.readouterr().out
    assert "--rows" in told and "--folder" in told and "a thousand" in told
