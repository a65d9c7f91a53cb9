import pytest

from gaps.checks.thin_page import check


@pytest.mark.parametrize(("words", "found"), [(119, True), (120, False)])
def test_a_page_with_fewer_words_than_the_limit_is_found(site, words, found):
    assert bool(list(check(site.page("/therapies/light/", "word " * words).context()))) is found


@pytest.mark.parametrize("path", ["/", "/contact/", "/book-an-appointment/", "/team/ana-diaz/", "/privacy-policy/"])
def test_a_page_that_is_short_by_nature_is_in_order(site, path):
    assert list(check(site.page(path, "Few words.").context())) == []


def test_a_list_of_links_is_no_thin_page(site, linked):
    site.page("/options/", "# Options", linked("Individual Therapy", "/a/"), linked("Couples Therapy", "/b/"))
    site.page("/a/", "# A", "word " * 130).page("/b/", "# B", "word " * 130)
    assert list(check(site.context())) == []
