from gaps.checks.duplicate_reference import check


def page_of(site, *entries):
    return site.page("/ipt/", "# IPT", "It helps.[1]", "## References", *(f"{at}. {text}" for at, text in enumerate(entries, 1))).context()


def test_two_entries_with_one_doi_are_found(site):
    context = page_of(site, "Smith. A study of talk. 2020. doi:10.1000/abc", "Smith J. Talk. 2020. https://doi.org/10.1000/ABC")
    assert [gap.subject for gap in check(context)] == ["references 1 and 2"]


def test_two_entries_of_nearly_the_same_words_are_found(site):
    text = "Smith J, Jones K, Miller L. A study of talking treatments in older adults. Journal of Talk. 2020;5(2):10-20"
    assert [gap.subject for gap in check(page_of(site, f"{text}.", f"{text.replace('Miller L', 'Miller')}"))] == ["references 1 and 2"]


def test_two_parts_of_one_series_are_two_works(site):
    text = "Smith J, Jones K. A study of talking treatments in older adults, part {}. Journal of Talk. 2020"
    assert list(check(page_of(site, text.format(1), text.format(2)))) == []
