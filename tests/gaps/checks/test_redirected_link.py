from gaps.checks.redirected_link import check


def test_a_link_to_an_address_that_was_moved_is_found(site, linked):
    site.page("/a/", "# A", linked("old", "/old/")).record("/old/", "redirect", "moved to https://clinic.example/new/")
    (gap,) = check(site.context())
    assert gap.subject == "https://clinic.example/old/"
    assert "moved to https://clinic.example/new/" in gap.reason
