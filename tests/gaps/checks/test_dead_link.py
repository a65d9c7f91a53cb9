import pytest

from gaps.checks.dead_link import check


def test_a_link_to_a_page_that_the_crawl_does_not_have_is_found(site, linked):
    site.page("/a/", "# A", linked("the fees", "/fees/"), linked("home", "/b/"), linked("c", "/c/"), linked("d", "/d/"), linked("e", "/e/"))
    for name in "bcde":
        site.page(f"/{name}/", "# A")
    (gap,) = check(site.context())
    assert (gap.subject, gap.severity) == ("https://clinic.example/fees/", "warning")
    assert gap.place == "https://clinic.example/a/#:~:text=the%20fees"


def test_a_link_that_the_crawl_saw_fail_is_an_error(site, linked):
    site.page("/a/", "# A", linked("fees", "/fees/")).record("/fees/", "gone", "answered 404")
    assert [gap.severity for gap in check(site.context())] == ["error"]


def test_in_a_part_of_a_site_nothing_can_be_said(site, linked):
    site.page("/a/", "# A", linked("fees", "/fees/"), linked("team", "/team/")).page("/b/", "# B")
    assert list(check(site.context())) == []


@pytest.mark.parametrize(
    "path", ["/b", "/b/index.html", "/b/#part", "http://www.clinic.example/b/", "https://elsewhere.example/x/", "/paper.pdf"]
)
def test_other_spellings_other_sites_and_files_are_not_dead(site, linked, path):
    site.page("/a/", "# A", linked("there", path)).page("/b/", "# B", linked("back", "/a/"))
    assert list(check(site.context())) == []
