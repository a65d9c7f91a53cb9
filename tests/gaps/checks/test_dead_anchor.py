import pytest

from gaps.checks.dead_anchor import check


def context_of(site, linked, fragment, anchors=("costs",)):
    return site.page("/a/", "# A", linked("plans", f"/fees/{fragment}")).page("/fees/", "# Fees", anchors=anchors).context()


def test_a_link_to_an_anchor_that_is_not_there_is_found(site, linked):
    assert [gap.subject for gap in check(context_of(site, linked, "#payment-plans"))] == ["https://clinic.example/fees/#payment-plans"]


@pytest.mark.parametrize("fragment", ["#costs", "", "#", "#top", "#:~:text=plans", "#/route", "#popup-1"])
def test_anchors_that_are_there_and_those_of_scripts_are_in_order(site, linked, fragment):
    assert list(check(context_of(site, linked, fragment))) == []


def test_a_page_whose_anchors_are_not_known_is_not_judged(site, linked):
    assert list(check(context_of(site, linked, "#payment-plans", anchors=()))) == []
