import pytest

from gaps.checks.heading_outline import check
from ingest.schema import Block


def subjects(site, *lines):
    return [gap.subject for gap in check(site.page("/ipt/", *lines).context())]


def test_a_skipped_level_is_found_with_a_link_to_it(site):
    (gap,) = check(site.page("/ipt/", "# IPT", "## Uses", "#### Grief", "Text.").context())
    assert (gap.subject, gap.place) == ("skipped level", "https://clinic.example/ipt/#grief")


def test_going_back_up_by_several_levels_is_in_order(site):
    assert subjects(site, "# IPT", "## Uses", "### Grief", "Text.", "## Cost") == []


def test_a_page_without_a_main_heading_is_found(site):
    assert subjects(site, "## Uses", "Text.") == ["no main heading"]


@pytest.mark.parametrize(("words", "found"), [(349, ["no main heading"]), (350, ["no headings"])])
def test_a_long_text_without_headings_is_found(site, words, found):
    assert subjects(site, "word " * words) == found


def test_what_a_fifth_of_the_pages_do_is_one_gap_of_the_theme(site):
    for number in range(5):
        site.page(f"/{number}/", "# Page", "### Card", "Text.")
    (gap,) = check(site.page("/good/", "# Page", "## Part", "Text.").context())
    assert (gap.subject, len(gap.pages)) == ("level skipped from h1 to h3 on 5 pages", 5)


def test_the_title_of_another_page_on_a_card_skips_nothing(site):
    card = Block("Another page", "heading", level=4, anchor="card", dom_path=("html", "body", "h"), link_share=1.0)
    assert subjects(site, "# IPT", "## Read on", card) == []
