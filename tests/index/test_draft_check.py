from pathlib import Path

import pytest

from index.draft_check import MOST_PARTS, PARAGRAPH_WORDS, check_draft, split_draft
from index.embedders import load_embedder
from index.overlap import OverlapFinder
from index.searcher import Searcher

LEAD = "Interpersonal psychotherapy is a short therapy that works on relationships. It was first tested in 1974."
NEW = "Tomatoes ripen late on shaded balconies unless somebody prunes the plants every second week of summer."


@pytest.fixture(scope="module")
def searcher(small_index: Path) -> Searcher:
    return Searcher.open(small_index, load_embedder=lambda _name: load_embedder("hashing"))


@pytest.fixture(scope="module")
def finder(searcher: Searcher) -> OverlapFinder:
    return OverlapFinder(searcher)


def test_a_copy_is_told_with_the_page_that_holds_it(searcher: Searcher, finder: OverlapFinder):
    report = check_draft(searcher, finder, title="", text=LEAD)
    assert report.verdict == "copy"
    assert (report.pages[0].article.url, report.pages[0].shared) == ("https://clinic.example/therapies/ipt/", 1.0)


def test_one_copied_paragraph_among_new_ones_is_told_in_part(searcher: Searcher, finder: OverlapFinder):
    report = check_draft(searcher, finder, title="", text=f"{NEW}\n\n{LEAD}\n\n{NEW} And the beans too.")
    assert report.verdict == "partly"
    assert [part.text for part in report.overlapping] == [LEAD]


def test_something_new_is_new(searcher: Searcher, finder: OverlapFinder):
    assert check_draft(searcher, finder, title="", text=NEW).verdict == "new"


def test_a_title_that_a_page_has_is_told(searcher: Searcher, finder: OverlapFinder):
    report = check_draft(searcher, finder, title="interpersonal psychotherapy", text="")
    assert [article.title for article in report.same_title] == ["Interpersonal Psychotherapy (IPT)"]


def test_pages_that_the_draft_names_are_pages_to_link_to(searcher: Searcher, finder: OverlapFinder):
    report = check_draft(searcher, finder, title="", text=f"{NEW} Some try Interpersonal psychotherapy or EMDR first.")
    assert {(idea.article.title, idea.words) for idea in report.links} == {
        ("Interpersonal Psychotherapy (IPT)", "Interpersonal psychotherapy"),
        ("EMDR", "EMDR"),
    }


def test_a_page_that_the_draft_copies_is_not_one_to_link_to(searcher: Searcher, finder: OverlapFinder):
    assert check_draft(searcher, finder, title="", text=LEAD).links == ()


def test_headings_are_left_out_and_long_paragraphs_cut_between_sentences():
    sentence = "This sentence has exactly eight words in it."
    parts = split_draft("A heading\n\n" + " ".join([sentence] * 30))
    assert all(len(part.split()) <= PARAGRAPH_WORDS and part.endswith(".") for part in parts)
    assert " ".join(parts) == " ".join([sentence] * 30)


def test_a_sentence_without_an_end_is_cut_all_the_same():
    assert max(len(part.split()) for part in split_draft("word " * 5000)) <= 2 * PARAGRAPH_WORDS


def test_beyond_the_limit_parts_are_counted_and_not_compared(searcher: Searcher, finder: OverlapFinder):
    report = check_draft(searcher, finder, title="", text="\n".join(f"{NEW} {number}" for number in range(MOST_PARTS + 7)))
    assert (len(report.parts), report.skipped) == (MOST_PARTS, 7)
