from gaps.checks.menu_without_page import check


def menu_of(site, linked, *paths):
    for path in paths:
        site.entry(path.strip("/"), path, has_page=False)
    return (
        site.page("/a/", "# A", *(linked(path, path) for path in ("/a/", "/b/", "/c/", "/d/", *paths))).page("/b/").page("/c/").page("/d/")
    )


def test_a_menu_entry_without_a_page_is_found(site, linked):
    menu_of(site, linked, "/schema-therapy/").entry("A", "/a/").entry("B", "/b/")
    assert [gap.subject for gap in check(site.context())] == ["schema-therapy"]


def test_a_page_that_is_left_out_of_the_index_is_a_page(site, linked):
    menu_of(site, linked, "/thanks/").entry("A", "/a/").record("/thanks/", "noindex")
    assert list(check(site.context())) == []


def test_a_menu_most_of_whose_pages_are_missing_shows_a_partial_crawl(site, linked):
    menu_of(site, linked, "/x/", "/y/").entry("A", "/a/")
    assert list(check(site.context())) == []
