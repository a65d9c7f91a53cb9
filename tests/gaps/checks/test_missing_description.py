from gaps.checks.missing_description import check


def test_a_page_without_a_description_is_found(site):
    site.page("/a/", "# A", metadata={"description": ""}).page("/b/", "# B")
    assert [gap.pages for gap in check(site.context())] == [("https://clinic.example/a/",)]


def test_a_site_without_descriptions_is_one_gap(site):
    for name in "abc":
        site.page(f"/{name}/", "# A", metadata={"description": ""})
    assert [gap.subject for gap in check(site.context())] == ["the whole site"]
