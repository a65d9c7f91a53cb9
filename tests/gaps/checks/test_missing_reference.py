from gaps.checks.missing_reference import check


def test_a_marker_without_an_entry_is_found_with_its_sentence(site):
    site.page("/ipt/", "# IPT", "It helps.[1] It lasts.[2]", "## References", "1. Smith. Title. Journal. 2020.")
    (gap,) = check(site.context())
    assert (gap.subject, gap.severity, gap.evidence) == ("marker 2", "error", "It lasts.")
    assert gap.place.startswith("https://clinic.example/ipt/#")
    assert "text=It%20lasts" in gap.place


def test_markers_without_any_list_are_one_gap(site):
    site.page("/ipt/", "# IPT", "It helps.[1] It lasts.[2]")
    assert [gap.subject for gap in check(site.context())] == ["reference list"]


def test_a_page_whose_markers_are_all_listed_is_in_order(site):
    site.page("/ipt/", "# IPT", "It helps.[1]", "## References", "1. Smith. Title. Journal. 2020.")
    assert list(check(site.context())) == []


def test_a_list_that_was_taken_out_with_the_template_is_not_said_to_be_missing(site):
    site.page("/ipt/", "# IPT", "It helps.[1]", footer=("References & Citations",))
    assert list(check(site.context())) == []
