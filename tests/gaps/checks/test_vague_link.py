import pytest

from gaps.checks.vague_link import check


@pytest.mark.parametrize("words", ["click here", "Here", "this page", "haga clic aquí"])
def test_a_link_whose_words_say_nothing_is_found(site, linked, words):
    assert [gap.subject for gap in check(site.page("/a/", "# A", linked(words, "/fees/")).context())] == [f"“{words}”"]


@pytest.mark.parametrize("words", ["our fees", "Click here for our fees", "Read more"])
def test_a_link_that_says_something_is_in_order(site, linked, words):
    assert list(check(site.page("/a/", "# A", linked(words, "/fees/")).context())) == []
