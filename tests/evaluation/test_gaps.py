from pathlib import Path

from evaluation.gap_mutations import BREAKS, plant_flaws
from evaluation.gap_verdicts import read_verdicts, score_verdicts
from evaluation.gaps import PlantedFlaw, finds_flaw, read_planted_flaws
from gaps.schema import Gap
from ingest.pipeline import ingest_site

TABLE = """# Clinic

## Planted flaws

| number | check | page | place | what is wrong |
|---|---|---|---|---|
| 1 | dead-link | /a/ | `/gone/` | the page does not exist |
"""
PAGE = """<html><head><title>{name}</title><meta name="description" content="On {name}."></head><body><main><h1>{name}</h1>
<p>{name} starts with a talk. <a href="/b/">Our page on b</a> says more of it, and you may ask us at any time.</p>
<h2>More on {name}</h2><p>{long}</p></main></body></html>"""


def gap(**fields):
    usual = {"severity": "error", "subject": "x", "place": "https://c.example/a/#b", "reason": "r", "evidence": "e", "advice": "a"}
    return Gap(**{**usual, "pages": ("https://c.example/a/",), "check": "dead_link", **fields})


def test_the_table_of_a_readme_is_read(tmp_path: Path):
    (tmp_path / "README.md").write_text(TABLE)
    assert read_planted_flaws(tmp_path / "README.md") == [PlantedFlaw("1", "dead-link", "/a/", "/gone/")]


def test_a_flaw_is_found_only_by_its_kind_on_its_page_at_its_place():
    flaw = PlantedFlaw("1", "dead-link", "/a/", "/gone/")
    assert finds_flaw(gap(evidence="https://c.example/gone/"), flaw)
    assert not finds_flaw(gap(evidence="https://c.example/other/"), flaw)
    assert not finds_flaw(gap(evidence="https://c.example/gone/", check="dead_anchor"), flaw)
    assert not finds_flaw(gap(evidence="/gone/", pages=("https://c.example/z/",), place="https://c.example/z/#b"), flaw)


def test_the_same_seed_breaks_the_same_pages_and_each_only_once(tmp_path: Path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        for name in "abcdefgh":
            long = " ".join(f"{name}{number}" for number in range(50))
            (tmp_path / folder / f"{name}.html").write_text(PAGE.format(name=name, long=long))
    site = ingest_site([str(tmp_path / "one")])
    first, second = (plant_flaws(tmp_path / folder, site, [], seed=4) for folder in ("one", "two"))
    assert first == second
    assert len({mutation.url for mutation in first}) == len(first) > 0
    assert {mutation.check for mutation in first} <= set(BREAKS)


def test_gaps_that_a_person_read_give_the_share_of_false_alarms_with_an_interval():
    read = [gap(subject=str(number)) for number in range(100)]
    verdicts = {one.gap_id: number < 2 for number, one in enumerate(read)}
    figures = score_verdicts(verdicts, [*read, gap(subject="nobody read it")], detail=True)
    assert (figures["read"], figures["false_alarms"], figures["false_of_read"]) == (100, 0.02, {"dead_link": "2/100"})
    assert (round(figures["false_alarms_from"], 4), round(figures["false_alarms_to"], 4)) == (0.0055, 0.07)


def test_what_was_read_is_kept_for_each_site():
    assert 0 < sum(read_verdicts("therapycouncil").values()) < len(read_verdicts("therapycouncil"))
    assert read_verdicts("nowhere") == {}
