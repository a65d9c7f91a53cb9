import pytest

from gaps.addresses import address_key, fragment_of, host_of, is_file


@pytest.mark.parametrize(
    "url",
    [
        "https://www.a.example/b/",
        "http://a.example/b",
        "https://a.example/b/index.html",
        "https://a.example/b.html",
        "https://a.example/b/#c",
    ],
)
def test_all_spellings_of_an_address_have_one_key(url):
    assert address_key(url) == "a.example/b"


def test_a_query_names_another_page():
    assert address_key("https://a.example/b?p=1") != address_key("https://a.example/b?p=2")


def test_a_page_without_a_host_belongs_to_its_scheme():
    assert host_of("site:/a.txt") == "site"


@pytest.mark.parametrize(
    ("url", "file"), [("https://a.example/x.pdf", True), ("https://a.example/x.html", False), ("https://a.example/v1.5/", False)]
)
def test_a_file_is_no_page(url, file):
    assert is_file(url) is file


def test_a_fragment_is_decoded():
    assert fragment_of("https://a.example/#c%C3%B3mo") == "cómo"
