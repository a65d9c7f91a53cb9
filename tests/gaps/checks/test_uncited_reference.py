from gaps.checks.uncited_reference import check

LIST = ("## References", "1. Smith. Title. Journal. 2020.", "2. Jones. Other. Journal. 2021.")


def test_an_entry_that_no_sentence_cites_is_found(site):
    site.page("/ipt/", "# IPT", "It helps.[1]", *LIST)
    assert [gap.subject for gap in check(site.context())] == ["reference 2"]


def test_a_site_that_never_uses_markers_only_lists_its_sources(site):
    site.page("/ipt/", "# IPT", "It helps.", *LIST)
    assert list(check(site.context())) == []


def test_the_one_page_without_markers_among_pages_with_them_is_found_once(site):
    for name in "abc":
        site.page(f"/{name}/", "# IPT", "It helps.[1] It lasts.[2]", *LIST)
    site.page("/d/", "# IPT", "It helps.", *LIST)
    assert [(gap.pages, gap.subject) for gap in check(site.context())] == [(("https://clinic.example/d/",), "reference list")]
