import pytest

from gaps.checks.missing_from_menu import check
from ingest.schema import Block, MenuEntry


def test_the_one_page_of_a_listed_folder_that_the_menu_forgets_is_found(site):
    for name in "abcd":
        site.page(f"/therapies/{name}/", "# A").entry(name, f"/therapies/{name}/")
    site.page("/therapies/ipt/", "# IPT")
    assert [gap.pages for gap in check(site.context())] == [("https://clinic.example/therapies/ipt/",)]


def test_a_blog_that_the_menu_does_not_list_is_in_order(site):
    for name in "abcde":
        site.page(f"/blog/{name}/", "# A")
    assert list(check(site.entry("Home", "/").context())) == []


@pytest.mark.parametrize(("label", "found"), [("Surf Therapy", True), ("Interpersonal Therapy", False)])
def test_on_a_page_saved_as_text_the_labels_tell(site, label, found):
    for name in ("DBT Therapy", "Family Therapy", "EMDR Therapy", label):
        site.menu.append(MenuEntry(("Therapy", name), "", has_page=False))
    site.page("/ipt.txt", Block("How Can Interpersonal Psychotherapy (IPT) Help?", "heading", level=1, dom_path=("text", "h1")))
    assert bool(list(check(site.context()))) is found
