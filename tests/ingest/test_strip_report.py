import json
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from ingest.schema import Block, Metadata, StrippedBlock, StrippedPage
from ingest.strip_report import strip_report, toml_string, write_strip_report

NASTY = "<script>alert('1')</script> \"quoted\" & {{ 7 * 7 }} ]]>"


def page(url="https://clinic.example/ipt", title="IPT", text="Four words of menu"):
    stripped = StrippedBlock(Block(text, "list_item"), "the same line stands on 9 pages", 9, 1)
    kept = (Block("IPT", "heading", 1), Block("It is a treatment."))
    return StrippedPage(url, kept, (stripped,), Metadata(title=title))


def test_parts_stand_in_reading_order_with_reason_and_pages():
    (entry,) = strip_report([page()])["pages"]
    assert entry["parts"] == [
        {"text": "IPT", "kind": "heading", "kept": True},
        {"text": "Four words of menu", "kind": "list_item", "kept": False, "reason": "the same line stands on 9 pages", "pages": 9},
        {"text": "It is a treatment.", "kind": "paragraph", "kept": True},
    ]


def test_words_are_counted_per_page_and_in_total():
    report = strip_report([page(), page()])
    assert (report["pages"][0]["words_kept"], report["pages"][0]["words_stripped"]) == (5, 4)
    assert report["total"] == {"pages": 2, "words_kept": 10, "words_stripped": 8}


def test_repeated_parts_are_ranked_by_the_words_they_cost():
    repeated = strip_report([page(text="short"), page(text="a rather longer part"), page(text="a rather longer part")])["repeated"]
    assert [(part["text"], part["times"], part["words"]) for part in repeated] == [("a rather longer part", 2, 8), ("short", 1, 1)]


def test_every_page_is_written_and_linked_from_the_index(tmp_path):
    write_strip_report([page(), page("site:/b.html", "B")], tmp_path)
    index = LexborHTMLParser((tmp_path / "index.html").read_text("utf-8"))
    links = [node.attributes["href"] for node in index.css("tbody a")]
    assert len(links) == 2
    assert all((tmp_path / link).is_file() for link in links)


def test_the_json_beside_the_pages_is_the_report(tmp_path):
    write_strip_report([page()], tmp_path)
    assert json.loads((tmp_path / "report.json").read_text("utf-8")) == strip_report([page()])


def test_stripped_parts_are_greyed_in_place_with_their_reason(tmp_path):
    write_strip_report([page()], tmp_path)
    html = LexborHTMLParser(next((tmp_path / "pages").iterdir()).read_text("utf-8"))
    assert [" ".join(node.text().split()) for node in html.css("main > div")] == [
        "IPT",
        "Stripped: the same line stands on 9 pages. Four words of menu",
        "It is a treatment.",
    ]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://clinic.example/<script>"])
def test_nothing_of_the_site_runs_in_the_report(tmp_path, url):
    write_strip_report([page(url, NASTY, NASTY)], tmp_path)
    for path in tmp_path.rglob("*.html"):
        html = LexborHTMLParser(path.read_text("utf-8"))
        assert html.css("script, img, [onclick]") == []
        assert all(not (node.attributes.get("href") or "").startswith("javascript:") for node in html.css("a"))
        assert NASTY in html.root.text()


def test_the_text_for_the_clinics_file_can_be_pasted(tmp_path):
    write_strip_report([page(text=NASTY)], tmp_path)
    html = LexborHTMLParser(next((tmp_path / "pages").iterdir()).read_text("utf-8"))
    assert tomllib.loads(html.css_first("pre").text())["overrides"] == {"keep": [NASTY], "strip": []}


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_survives_toml(text):
    assert tomllib.loads(f"x = {toml_string(text)}")["x"] == text


def test_a_sentence_that_only_its_page_had_is_shown_first(tmp_path):
    sentence = "Exposure is not needed here, and most people keep what they gained."
    rare = StrippedPage(
        "https://clinic.example/ptsd",
        (Block("PTSD", "heading", 1),),
        (
            StrippedBlock(Block(sentence), "beside the article (aside)", 1, 1),
            StrippedBlock(Block("Home", "list_item"), "part of the page's navigation", 1, 1),
            StrippedBlock(Block("© 2026 The clinic. All rights are reserved, this page's own too."), "part of the page's footer", 1, 1),
            StrippedBlock(Block("Last updated: 3 March 2026, after a review by Dr. Ada Example."), "a byline or date", 1, 1),
        ),
        Metadata(title="PTSD"),
    )
    pages = [page(), rare]
    assert strip_report(pages)["doubtful"] == [{"text": sentence, "reason": "beside the article (aside)", "page": 1}]
    write_strip_report(pages, tmp_path)
    first_link = LexborHTMLParser((tmp_path / "index.html").read_text("utf-8")).css_first("tbody a")
    assert first_link is not None
    assert first_link.text() == "PTSD"
    assert "ptsd" in (first_link.attributes["href"] or "")
