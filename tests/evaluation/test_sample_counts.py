"""The sample clinic is as large and as badly built as it was meant to be."""

from pathlib import Path

import pytest

from evaluation.sample_counts import measure_sample, word_counts
from evaluation.sample_site import load_site

CORPUS = Path(__file__).parents[2] / "corpus"
LONG_SECTIONS = ("conditions", "addiction-guide", "therapies", "blog", "es")
WRITTEN_TO_BE_FLAWED = {"/therapies/light-therapy/", "/es/primera-cita/", "/blog/when-a-friend-mentions-suicide/"}


@pytest.fixture(scope="module")
def counts():
    return measure_sample(CORPUS, detail=True)


@pytest.fixture(scope="module")
def site():
    return load_site(CORPUS)


@pytest.mark.parametrize(
    ("section", "least"),
    [
        ("conditions", 12),
        ("services", 4),
        ("addiction-guide", 10),
        ("therapies", 12),
        ("insurance", 2),
        ("team", 5),
        ("blog", 6),
        ("es", 2),
    ],
)
def test_every_section_has_its_pages(counts, section, least):
    assert counts["articles by section"][section] >= least


def test_an_article_has_500_to_1200_words_unless_it_is_a_planted_flaw(site):
    long = {article.url for article in site.articles if article.section in LONG_SECTIONS} - WRITTEN_TO_BE_FLAWED
    assert {url: count for url, count in word_counts(site).items() if url in long and not 500 <= count <= 1200} == {}


def test_an_article_lists_three_to_ten_references_unless_it_is_a_planted_flaw(site):
    listed = {article.url: len(article.references) for article in site.articles if article.section in LONG_SECTIONS}
    assert {url: count for url, count in listed.items() if url not in WRITTEN_TO_BE_FLAWED and not 3 <= count <= 10} == {}


def test_every_reference_style_is_in_use(counts):
    assert counts["articles by reference style"].keys() == {"superscript", "bare", "brackets", "footnotes"}


def test_its_pages_read_at_about_grade_eight(counts):
    assert counts["reading grade"]["highest"] < 9


def test_every_piece_of_the_template_stands_somewhere(counts):
    assert [name for name, pages in counts["pages with"].items() if not pages] == []


def test_review_widgets_stand_on_about_a_third_of_the_articles(counts):
    assert counts["pages with"]["review widget"] / counts["articles"] == pytest.approx(1 / 3, abs=0.05)


def test_each_page_has_one_of_three_footers(counts):
    assert sum(pages for name, pages in counts["pages with"].items() if name.startswith("footer")) == counts["pages"]


def test_there_are_two_hundred_queries_with_an_answer_and_sixty_without(counts):
    kinds = counts["queries by kind"]
    assert sum(kinds.values()) - kinds["near_miss"] - kinds["out_of_scope"] >= 200
    assert kinds["near_miss"] >= 40
    assert kinds["near_miss"] + kinds["out_of_scope"] >= 60
