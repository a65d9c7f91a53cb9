import pytest

from gaps.checks.empty_section import check
from ingest.schema import Block


def subjects(site, *lines):
    return [gap.subject for gap in check(site.page("/ipt/", *lines).context())]


@pytest.mark.parametrize("after", [("## Cost", "Text."), ("# Other", "Text."), ()])
def test_a_heading_with_nothing_below_it_is_found(site, after):
    assert subjects(site, "# IPT", "Text.", "## What to bring", *after) == ["What to bring"]


def test_a_heading_with_a_deeper_heading_below_it_is_in_order(site):
    assert subjects(site, "# IPT", "## Uses", "### Grief", "Text.") == []


def test_a_heading_over_a_picture_or_form_is_in_order(site):
    assert subjects(site, "# IPT", Block("Call us", "heading", level=2, dom_path=("html",), media_follows=True)) == []


def test_a_heading_whose_text_the_template_took_is_in_order(site):
    heading = Block("Call us", "heading", level=2, dom_path=("html", "div"), ancestors=(1, 2))
    assert (
        list(check(site.page("/ipt/", "# IPT", heading, footer=(Block("555-0142", dom_path=("html", "div"), ancestors=(1, 2)),)).context()))
        == []
    )


def test_a_headline_over_a_row_of_cards_is_in_order(site):
    headline = Block("Why it works", "heading", level=3, dom_path=("html", "div", "h3"), ancestors=(1, 2))
    card = Block("Work", "heading", level=3, dom_path=("html", "div", "div", "h3"), ancestors=(1, 3, 4))
    assert subjects(site, "# IPT", headline, card, "Text.") == []
