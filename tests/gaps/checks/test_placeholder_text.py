import pytest

from gaps.checks.placeholder_text import check


@pytest.mark.parametrize("text", ["[insert map here]", "Lorem ipsum dolor", "TODO: write", "Hello {{first_name}}", "[NEEDS INPUT: which?]"])
def test_a_note_to_the_editor_is_found(site, text):
    assert len(list(check(site.page("/a/", "# A", text).context()))) == 1


@pytest.mark.parametrize("text", ["Sobre todo lo que pasa ahora.", "[1] Smith", "My to-do list", "New groups are coming in May."])
def test_ordinary_text_is_in_order(site, text):
    assert list(check(site.page("/a/", "# A", text).context())) == []
