import pytest

from gaps.checks.malformed_identifier import check


def subjects(site, entry):
    site.page("/ipt/", "# IPT", "It helps.[1]", "## References", f"1. Smith. A study. Journal. 2020. {entry}")
    return [gap.subject for gap in check(site.context())]


@pytest.mark.parametrize(
    "entry",
    ["doi:101176/appi.1", "doi: 10.11/x", "https://doi.org/11.1176/appi", "10.1176\\appi.2014", "PMID: 123456789012", "PMID: 12a45"],
)
def test_an_identifier_that_cannot_be_one_is_found(site, entry):
    assert len(subjects(site, entry)) == 1


@pytest.mark.parametrize(
    "entry",
    [
        "doi:10.1176/appi.ajp.2014.14070908",
        "https://doi.org/10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
        "PMID: 15291684.",
        "https://pubmed.ncbi.nlm.nih.gov/15291684/",
        "2014;10.5(2):1-9.",
    ],
)
def test_a_well_formed_one_is_in_order(site, entry):
    assert subjects(site, entry) == []
