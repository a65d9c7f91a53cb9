import pytest

from gaps.checks.missing_crisis_signpost import check

ABOUT = ("# When a Friend Mentions Suicide", "Ask about suicide directly.")


def test_a_page_about_suicide_without_a_crisis_line_is_an_error(site):
    assert [gap.severity for gap in check(site.page("/a/", *ABOUT).context())] == ["error"]


@pytest.mark.parametrize("line", ["Call or text 988.", "Call the Samaritans on 116 123.", "Go to the nearest emergency room."])
def test_a_page_that_names_one_is_in_order(site, line):
    assert list(check(site.page("/a/", *ABOUT, line).context())) == []


@pytest.mark.parametrize(("footer", "found"), [("In crisis? Call 988.", False), ("Crisis Lifeline", True), ("Emergency: call 911", True)])
def test_a_footer_counts_if_it_gives_the_number_of_a_crisis_line(site, footer, found):
    assert bool(list(check(site.page("/a/", *ABOUT, footer=(footer,)).context()))) is found


def test_a_single_mention_in_passing_is_not_about_it(site):
    assert list(check(site.page("/a/", "# Lithium", "It lowers the risk of suicide.").context())) == []
