import pytest

from gaps.checks.competing_pages import check


def test_two_pages_with_one_subject_in_their_titles_are_found(site):
    site.page("/a/", "# Bipolar Disorder", "One text here.").page("/b/", "# What Is Bipolar Disorder? A Guide", "Quite another.")
    assert [len(gap.pages) for gap in check(site.context())] == [2]


def test_two_pages_that_ask_one_question_in_a_heading_are_found(site):
    for name in "ab":
        site.page(f"/{name}/", f"# Page {name}", "## Is therapy covered by OHIP in Ontario?", f"Text {name}.")
    assert [gap.subject for gap in check(site.context())] == ["question “Is therapy covered by OHIP in Ontario?”"]


@pytest.mark.parametrize(
    "heading", ["What are the symptoms?", "Ready to talk to us today?", "Does this sound familiar?", "How long does treatment take?"]
)
def test_questions_that_every_topic_has_do_not_compete(site, heading):
    site.page("/a/", "# Grief", f"## {heading}", "Text.").page("/b/", "# Anger", f"## {heading}", "Other.")
    assert list(check(site.context())) == []
