import pytest

from gaps.checks.image_without_alternative import check
from ingest.schema import Image


@pytest.mark.parametrize(
    ("alt", "found"), [(None, True), ("IMG_2041.jpg", True), ("photo 3", True), ("", False), ("A surfer at dawn", False)]
)
def test_a_picture_without_words_is_found_and_a_decoration_is_not(site, alt, found):
    context = site.page("/a/", "# A", images=(Image("https://clinic.example/x.jpg", alt),)).context()
    assert [gap.subject for gap in check(context)] == (["x.jpg"] if found else [])


def test_a_picture_of_the_template_is_one_gap(site):
    for name in "abc":
        site.page(f"/{name}/", "# A", images=(Image("https://clinic.example/logo.svg"),))
    assert [len(gap.pages) for gap in check(site.context())] == [3]
