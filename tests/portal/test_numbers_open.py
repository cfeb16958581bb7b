"""Every number of points, submissions or people on a staff page opens to the texts behind it, and to just as many."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from lxml import html
from sqlalchemy import insert

from models import Base
from portal.extensions import db
from services import receipts, submissions
from services.submissions import Draft
from tests.portal.conftest import read, sign_in
from tests.portal.test_planted import team  # noqa: F401

WHOLE = re.compile(r"(\d+)(?:[–-]\d+)?")
# Columns and terms whose numbers count no texts and no people.
OTHERS = {
    "Tempat": "a place in an order",
    "Setara": "a place in an order",
    "Berbobot": "a place in an order",
    "Nilai": "a value on a scale of 0 to 100",
    "Sasaran": "a target of the plan",
    "tema": "themes: they stand below on the page",
    "Beda putusan": "a distance on a scale of 0 to 100",
    "Dalam berkas": "parts of a file as they were read",
    "paragraf akan berubah": "paragraphs: they stand below on the page",
}
# Where the texts stand on the page itself, below the number.
BESIDE_ITS_TEXTS = ("staff_insights.theme",)
ITEMS = {
    "staff_insights.theme": "//section[@aria-labelledby='asli']//ol[contains(@class,'talk')]/li[p]",
    "staff_voices.texts": "//main//ol[contains(@class,'talk')]/li[p]",
    "staff_inbox.index": "//li[@data-row]",
    "staff_decisions.index": "//main//ul[contains(@class,'cards')]/li[div]",
    "staff_responses.lacking": "//main//tbody/tr/th",
}
# Here voices are counted, one for each person, or texts that differ: there may be more texts behind, never fewer.
VOICES = ("/staff/voices", "/staff/priorities/figures")
DISTINCT = ("teks berbeda", "orang")


@pytest.fixture
def staff(team, settings):  # noqa: F811
    """The leader at a site with a row on every desk, and with a round before this one that spoke of the same."""
    with team.app_context():
        session, then = db.session(), datetime.now(UTC) - timedelta(days=400)
        table = Base.metadata.tables["round"]
        first = dict(session.execute(table.select()).mappings().one())
        days = {"opens_at": then, "closes_at": then + timedelta(days=28), "answer_by": then + timedelta(days=60)}
        session.execute(insert(table).values(first | {"id": 2, "code": "lama"} | days))
        for number in range(6):
            said = Draft(text=f"Rob masuk rumah tiap sore di gang {number}, pompa mati", area="krapyak")
            key = receipts.new_key()
            submissions.receive(session, said, round_id=2, prefix="PKL", key=key, now=then + timedelta(days=3))
        session.commit()
    read(settings)
    client = team.test_client()
    sign_in(client, "lead")
    return team, client


def pages(app, client):
    """Every page of a desk that needs nothing in its address, and one of each kind that those lead to."""
    plain = [r.rule for r in app.url_map.iter_rules() if r.endpoint.startswith("staff_") and not r.arguments]
    plain = [rule for rule in sorted(plain) if _endpoint(app, rule)]
    found = {}
    for address in plain:
        answer = client.get(address)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            found[address] = html.fromstring(answer.text)
    known = {_endpoint(app, address) for address in found}
    for document in [*found.values()]:
        for address in document.xpath("//main//a/@href"):
            endpoint = _endpoint(app, address)
            if endpoint and endpoint.startswith("staff_") and endpoint not in known:
                known.add(endpoint)
                found[address] = html.fromstring(client.get(address).text)
    return found


def _endpoint(app, address):
    """The name of the page at an address that can be read."""
    path = urlsplit(address).path
    try:
        return app.url_map.bind("").match(path, method="GET")[0]
    except Exception:  # noqa: BLE001 (an address that is no page)
        return None


def numbers(document):
    """The whole numbers that stand alone in a cell, a count or a figure, each with what it is called."""
    for element in document.xpath("//main//td|//main//dd|//main//b"):
        told = " ".join(element.text_content().split())
        if (match := WHOLE.fullmatch(told)) and int(match[1]):
            yield element, told, _called(element)


def _called(element):
    count = element.xpath("ancestor-or-self::dd[1]")
    if count:
        return " ".join("".join(count[0].xpath("preceding-sibling::dt[1]//text()")).split())
    row = element.xpath("ancestor-or-self::td[1]/parent::tr")
    if not row:
        return ""
    at = row[0].index(element.xpath("ancestor-or-self::td[1]")[0])
    heads = element.xpath("ancestor::table[1]/thead/tr[last()]/*")
    return " ".join(heads[at].text_content().split()) if at < len(heads) else ""


def opens(element):
    """Whether a number stands in a link, or in a row, item or card with one."""
    if element.xpath("ancestor-or-self::a|.//a"):
        return True
    return bool(element.xpath("ancestor::tr[1]//a|ancestor::li[1]//h3//a|ancestor::li[1]//details//a"))


def test_every_number_on_a_staff_page_leads_to_its_texts(staff):
    app, client = staff
    closed = []
    found = pages(app, client)
    for address, document in found.items():
        if _endpoint(app, address) in BESIDE_ITS_TEXTS:
            continue
        closed += [f"{address}: {told} ({name})" for element, told, name in numbers(document) if not opens(element)]
    assert len(found) > 40
    assert [line for line in closed if not any(f"({name})" in line for name in OTHERS)] == []


def test_every_number_that_is_a_link_opens_to_just_as_many(staff):
    app, client = staff
    wrong, followed = [], {}
    for address, document in pages(app, client).items():
        for link in document.xpath("//main//a[@href]"):
            told = " ".join("".join(link.xpath("./text()|./b/text()")).split())
            target, match = link.get("href"), re.match(r"\d+", told)
            endpoint = _endpoint(app, target)
            if match and endpoint in ITEMS:
                if target not in followed:
                    followed[target] = _count(app, client, target, endpoint)
                is_fewer = address in VOICES or _called(link) in DISTINCT
                if followed[target] != int(match[0]) and not (is_fewer and followed[target] > int(match[0])):
                    wrong.append(f"{address}: {told} opens {followed[target]} at {target}")
    assert len(followed) > 100
    assert wrong == []


def _count(app, client, address, endpoint):
    """The items at an address, over all its pages."""
    count = 0
    while address:
        document = html.fromstring(client.get(address).text)
        count += len(document.xpath(ITEMS[endpoint]))
        after = [a for a in document.xpath("//main//a[normalize-space(text())='Berikutnya']/@href") if "after=" in a]
        address = after[0] if after else None
    return count
