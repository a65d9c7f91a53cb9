from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.addresses import resolve_url

PARTS = st.sampled_from(["/", "//", ".", "..", "a", "b.html", "?", "#", "=", "&", "%20", ";", ":", "é", " x", "[", "~", "-", "1"])
BASES = st.sampled_from(["https://clinic.example/blog/one?x=1#top", "http://clinic.example", "HTTP://u:p@clinic.example:8080/a;b/"])


@given(BASES, st.lists(PARTS, max_size=8).map("".join))
def test_an_address_is_joined_as_the_standard_library_joins_it(base, href):
    try:
        expected = urljoin(base, href.strip()) if href.strip() else ""
    except ValueError:
        expected = ""
    assert resolve_url(base, href) == expected


@pytest.mark.parametrize("href", ["", "  ", "javascript:alert(1)", "JavaScript:void(0)", "http://[bad"])
def test_what_no_browser_could_open_has_no_address(href):
    assert resolve_url("https://clinic.example/", href) == ""


def test_a_saved_page_without_an_address_links_to_its_neighbours():
    assert resolve_url("site:/blog/one.html", "../two.html#part") == "site:/two.html#part"
