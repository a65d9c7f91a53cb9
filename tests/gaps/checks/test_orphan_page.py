from gaps.checks.orphan_page import check


def test_a_page_that_nothing_links_to_is_found(site, linked):
    site.page("/a/", "# A", linked("b", "/b/")).page("/b/", "# B", linked("a", "/a/")).page("/c/", "# C", linked("a", "/a/"))
    assert [gap.pages for gap in check(site.context())] == [("https://clinic.example/c/",)]


def test_a_page_in_the_menu_and_the_front_page_are_in_order(site, linked):
    site.page("/", "# Home", linked("b", "/b/")).page("/b/", "# B").page("/c/", "# C").entry("C", "/c/")
    assert list(check(site.context())) == []
