from gaps.checks.missing_title import check
from ingest.schema import Block


def test_a_page_without_a_title_is_found(site):
    assert [gap.subject for gap in check(site.page("/a/", "# A", metadata={"title": " "}).context())] == ["no title"]


def test_pages_that_share_a_title_are_one_gap(site):
    site.page("/a/", "# A", metadata={"title": "Care"}).page("/b/", "# B", metadata={"title": "Care"}).page("/c/", "# C")
    assert [len(gap.pages) for gap in check(site.context())] == [2]


def test_a_page_saved_as_text_has_no_title_to_miss(site):
    assert list(check(site.page("/a/", Block("Text.", dom_path=("text", "p")), metadata={"title": ""}).context())) == []


def test_what_the_page_calls_itself_elsewhere_is_no_title_of_the_document(site):
    site.page("/a/", "# A", "Text.", metadata={"title": "From JSON-LD", "document_title": ""})
    assert [gap.subject for gap in check(site.context())] == ["no title"]
