"""The plan as data: every file parses, every reference resolves, every label stands in both languages."""

import csv
import re
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLAN, DEMO = ROOT / "plan", ROOT / "demo"

COLUMNS = {
    "dimensions": "code,label_id,label_en,plain_id,plain_en,plain_jv,short_id,short_en,state,position,keywords",
    "topics": "slug,dimension,label_id,label_en,label_jv,position",
    "areas": "code,kind,name,parent,aliases,population",
    "missions": "code,label_id,label_en,dimensions,note",
    "frameworks": "framework,code,label_id,label_en,source",
    "agencies": "code,name,note",
    "terms": "kind,code,label_id,label_en,label_jv,meaning_id,meaning_en",
    "consents": "version,purpose,wording_id,wording_en,wording_jv",
    "themes": "code,dimension,label_id,label_en,include,exclude,keywords",
    "targets": "kind,code,least,note_id,note_en",
    "criteria": "code,weight,label_id,label_en,meaning_id,meaning_en",
    "calendar": "name_id,name_en,from,to,source",
    "scoring": "kind,code,weight,low,high,label_id,label_en,asks_id,asks_en,levels_id,levels_en",
}
KEYS = {
    "topics": ("slug",),
    "calendar": ("name_id",),
    "consents": ("version", "purpose"),
    "frameworks": ("framework", "code"),
} | dict.fromkeys(("terms", "targets"), ("kind", "code"))
WORDS = {
    "group": {"citizen", "academic", "agency", "business", "community", "media"},
    "affected": {"children", "elderly", "women", "disability", "fishers", "labour", "traders", "everyone"},
    "constituency": {
        "women",
        "disability",
        "elderly",
        "youth",
        "fishers",
        "labour",
        "traders",
        "poor",
        "leaders",
        "ngo",
        "academia",
        "business_world",
        "agencies",
        "council",
        "security",
        "press",
    },
    "element": {"superstructure", "infrastructure", "structure"},
    "nature": {"digital", "non_digital", "both"},
    "decision": {
        "accepted",
        "accepted_in_part",
        "already_covered",
        "deferred",
        "not_accepted",
        "forwarded",
        "noted",
        "out_of_scope",
    },
    "reason": {
        "authority",
        "legal",
        "alignment",
        "budget",
        "evidence",
        "technical",
        "conflict",
        "duplicate",
        "study",
        "scope",
    },
}


def table(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def plan(name):
    return table(PLAN / f"{name}.csv")


def values(name, column):
    return {row[column] for row in plan(name)}


def parts(cell):
    return [part for part in cell.split("|") if part]


def city():
    return tomllib.loads((PLAN / "city.toml").read_text("utf-8"))


def flat(name):
    return "".join(name.casefold().split())


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_a_table_has_its_columns_and_whole_rows(name):
    text = (PLAN / f"{name}.csv").read_bytes()
    assert text.startswith(COLUMNS[name].encode() + b"\n") and b"\r" not in text
    for row in plan(name):
        assert None not in row and None not in row.values(), row
        assert all(cell == cell.strip() for cell in row.values()), row


def test_the_team_scores_by_usg_and_weights_that_add_up_to_a_hundred():
    rows = plan("scoring")
    codes = {kind: [row["code"] for row in rows if row["kind"] == kind] for kind in ("usg", "field", "evidence")}
    assert codes == {"usg": ["u", "s", "g"], "field": ["effort", "impact"], "evidence": ["evidence"]}
    weights = [float(row["weight"]) for row in rows if row["kind"] == "weighted"]
    assert sum(weights) == 100 and min(weights) > 0
    assert all(float(row["weight"]) == 0 for row in rows if row["kind"] != "weighted")
    for row in rows:
        values = int(row["high"]) - int(row["low"]) + 1
        assert {len(parts(row[f"levels_{lang}"])) for lang in ("id", "en")} <= {2, values} and values > 2, row


def test_every_table_of_the_folder_is_known():
    assert {path.stem for path in PLAN.glob("*.csv")} == set(COLUMNS)


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_keys_are_unique(name):
    keys = Counter(tuple(row[k] for k in KEYS.get(name, ("code",))) for row in plan(name))
    assert [key for key, times in keys.items() if times > 1 or not all(key)] == []


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_every_label_stands_in_both_languages(name):
    for row in plan(name):
        for column in row:
            # only what citizens meet has to be there in Javanese
            is_met = name != "terms" or row["kind"] in ("affected", "constituency")
            if column.startswith(("label_", "plain_", "short_", "meaning_")) and (is_met or column != "label_jv"):
                assert row[column], (name, column, row)


@pytest.mark.parametrize("name", ["topics", "dimensions"])
def test_positions_count_up_from_one(name):
    positions = [int(row["position"]) for row in plan(name)]
    assert positions == list(range(1, len(positions) + 1))


def test_seven_dimensions_of_which_disaster_is_planned():
    states = {row["code"]: row["state"] for row in plan("dimensions")}
    assert len(states) == 7 and set(states.values()) == {"active", "planned"}
    assert [code for code, state in states.items() if state == "planned"] == ["DIS"]


def test_thirty_seven_topics_in_seven_groups():
    topics = plan("topics")
    assert len(topics) == 37
    assert {row["dimension"] for row in topics} == values("dimensions", "code")
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", row["slug"]) for row in topics)


def test_no_topic_takes_a_word_that_the_form_uses_itself():
    assert values("topics", "slug").isdisjoint({"auto", "lainnya"})


def test_twenty_seven_kelurahan_in_four_kecamatan():
    kinds = Counter(row["kind"] for row in plan("areas"))
    assert kinds == {"kecamatan": 4, "kelurahan": 27}
    kecamatan = {row["code"] for row in plan("areas") if row["kind"] == "kecamatan"}
    for row in plan("areas"):
        assert row["parent"] in kecamatan if row["kind"] == "kelurahan" else row["parent"] == ""


def test_a_kelurahan_is_coded_by_its_name():
    for row in plan("areas"):
        if row["kind"] == "kelurahan":
            assert row["code"] == row["name"].lower().replace(" ", "-")
    assert values("areas", "code").isdisjoint({"kota", "luar"})


def test_no_spelling_of_an_area_points_at_two_areas():
    owners = {}
    for row in plan("areas"):
        for spelling in {flat(name) for name in (row["name"], *parts(row["aliases"]))}:
            assert owners.setdefault(spelling, row["code"]) == row["code"], spelling


def test_nine_missions_serve_known_dimensions_and_say_what_to_check():
    missions = plan("missions")
    assert [row["code"] for row in missions] == [str(n) for n in range(1, 10)]
    served = {code for row in missions for code in parts(row["dimensions"])}
    assert served == values("dimensions", "code")
    assert all("check the official" in row["note"] for row in missions)


def test_forty_eight_themes_stand_on_known_dimensions():
    themes = plan("themes")
    assert len(themes) == 48
    assert {row["dimension"] for row in themes} == values("dimensions", "code") | {""}
    for row in themes:
        assert row["code"].split("-")[0] == (row["dimension"] or "META"), row["code"]


def test_a_theme_points_only_at_themes_that_exist():
    codes = values("themes", "code")
    for row in plan("themes"):
        for code in re.findall(r"\b[A-Z]{3,4}-(?:[A-Z]+|\*)", row["include"] + row["exclude"]):
            known = codes if not code.endswith("*") else {c.split("-")[0] + "-*" for c in codes}
            assert code in known, (row["code"], code)


@pytest.mark.parametrize("name", ["themes", "dimensions"])
def test_cue_words_are_many_and_each_stands_once(name):
    for row in plan(name):
        cues = [cue.casefold() for cue in row["keywords"].split("|")]
        assert 15 <= len(cues) <= 40, (row["code"], len(cues))
        assert all(cue == cue.strip() and cue for cue in cues), row["code"]
        assert "," not in row["keywords"] and ";" not in row["keywords"], row["code"]
        assert [cue for cue, times in Counter(cues).items() if times > 1] == [], row["code"]


@pytest.mark.parametrize("name", ["themes", "dimensions"])
def test_a_cue_word_that_stands_everywhere_says_nothing(name):
    owners = Counter(cue.casefold() for row in plan(name) for cue in parts(row["keywords"]))
    assert [cue for cue, times in owners.items() if times > 2] == []


def test_the_calendar_names_ramadan_and_lebaran_of_every_year_until_2030():
    rows = plan("calendar")
    for year in range(2026, 2031):
        begin = {row["name_en"].split()[0] for row in rows if row["from"].startswith(str(year))}
        assert begin == {"Ramadan", "Lebaran"}, year
    for row in rows:
        assert 7 <= (date.fromisoformat(row["to"]) - date.fromisoformat(row["from"])).days <= 30, row
        assert "check the ministry's decree" in row["source"]


def test_terms_are_the_words_of_the_procedure():
    found = {}
    for row in plan("terms"):
        found.setdefault(row["kind"], set()).add(row["code"])
    assert found == WORDS


def test_every_purpose_has_a_wording_in_three_languages_and_none_is_long():
    rows = plan("consents")
    assert {row["purpose"] for row in rows} == {"text", "news", "name"}
    for row in rows:
        for language in ("id", "en", "jv"):
            assert 5 <= len(row[f"wording_{language}"].split()) <= 60, row


def test_a_workshop_of_two_hundred_behind_one_address_passes():
    floods = city()["floods"]
    assert floods["address"] >= 250 and floods["whole"] > floods["address"] > floods["suspects"]


def test_weights_are_positive_and_sum_to_a_hundred():
    weights = {row["code"]: float(row["weight"]) for row in plan("criteria")}
    assert set(weights) == {"breadth", "gap", "spread", "consensus", "evidence", "alignment"}
    assert all(weight > 0 for weight in weights.values()) and sum(weights.values()) == 100


def test_the_city_names_itself_in_a_known_time_zone():
    facts = city()["city"]
    assert facts["name"] and facts["short"] and ZoneInfo(facts["timezone"])
    assert re.fullmatch(r"[A-Z]{2,4}", facts["receipt_prefix"])


def test_the_round_opens_before_it_closes_and_is_answered_after():
    facts = city()["round"]
    assert all(type(facts[day]) is date for day in ("opens", "closes", "answer_by"))
    assert facts["opens"] < facts["closes"] < facts["answer_by"]
    assert (facts["closes"] - facts["opens"]).days >= 14
    assert facts["level"] in {"inform", "consult", "involve", "collaborate", "empower"}


def test_the_round_and_the_vision_speak_both_languages():
    facts = city()
    for word in ("title", "promise", "open", "fixed", "answerer"):
        assert facts["round"][f"{word}_id"] and facts["round"][f"{word}_en"]
    assert facts["vision"]["text_id"] and facts["vision"]["text_en"] and facts["vision"]["note"]


def test_the_demo_names_only_what_the_plan_holds():
    submissions, marks = table(DEMO / "submissions.csv"), DEMO / "draft-masterplan.md"
    paragraphs = set(re.findall(r"^\[(P-[A-Z]{3}-\d\d)\]", marks.read_text("utf-8"), re.MULTILINE))
    programmes = {row["id"] for row in table(DEMO / "programmes.csv")}
    assert len(submissions) == 98 and len(paragraphs) == 49 and len(programmes) == 32
    for row in submissions:
        assert row["dimension"] in values("dimensions", "code"), row["id"]
        assert row["kelurahan"] in values("areas", "name") | {""}, row["id"]
        assert row["group"] in WORDS["group"], row["id"]
        assert set(parts(row["expected_themes"])) <= values("themes", "code"), row["id"]
        assert set(parts(row["rpjmd_mission"])) <= values("missions", "code"), row["id"]
        assert row["paragraph_ref"] in paragraphs | {""}, row["id"]
        assert row["programme_ref"] in programmes | {""}, row["id"]


def test_the_programmes_of_the_demo_name_known_agencies_dimensions_and_missions():
    for row in table(DEMO / "programmes.csv"):
        assert row["opd"] in values("agencies", "name"), row["id"]
        assert row["dimension"] in values("dimensions", "code"), row["id"]
        assert row["rpjmd_mission"] in values("missions", "code"), row["id"]


def test_the_demo_and_the_plan_agree_on_areas_and_themes():
    names = {row["code"]: row["name"] for row in plan("areas")}
    places = {(r["name"], names[r["parent"]]) for r in plan("areas") if r["kind"] == "kelurahan"}
    assert {(r["kelurahan"], r["kecamatan"]) for r in table(DEMO / "kelurahan.csv")} == places
    assert {r["code"] for r in table(DEMO / "themes.csv")} == values("themes", "code")


def test_a_population_is_a_whole_number_or_not_known():
    assert all(re.fullmatch(r"|[1-9]\d*", row["population"]) for row in plan("areas"))
    assert not any(row["population"] for row in plan("areas") if row["kind"] == "kecamatan")


def test_targets_name_only_what_the_plan_holds():
    terms = {kind: {row["code"] for row in plan("terms") if row["kind"] == kind} for kind in ("group", "constituency")}
    known = {
        **terms,
        "kelurahan": values("areas", "code"),
        "academic_dimension": values("dimensions", "code"),
        "agency": values("agencies", "code"),
        "women": {"percent"},
        "meeting": set(),
    }
    for row in plan("targets"):
        assert row["code"] in known[row["kind"]] | {"each"}, row
        assert int(row["least"]) > 0 and (row["kind"] != "women" or int(row["least"]) <= 100), row
