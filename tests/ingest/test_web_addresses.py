"""What makes two addresses one page, one site or one calendar."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.crawling.web_addresses import (
    address_form,
    address_key,
    clean_address,
    file_suffix,
    is_public_address,
    is_same_site,
    is_web_address,
)

WORDS = st.text("abcdefghijklmnopqrstuvwxyz0123456789-_", min_size=1, max_size=12)
QUERIES = st.lists(st.tuples(WORDS, WORDS), max_size=4).map(lambda pairs: "&".join(f"{name}={value}" for name, value in pairs))
URLS = st.builds(lambda path, query: f"https://clinic.example/{'/'.join(path)}?{query}", st.lists(WORDS, max_size=3), QUERIES)


@pytest.mark.parametrize(
    ("url", "cleaned"),
    [
        ("https://clinic.example/a#top", "https://clinic.example/a"),
        ("https://Clinic.Example", "https://clinic.example/"),
        ("https://clinic.example/a?utm_source=x&id=3&fbclid=y", "https://clinic.example/a?id=3"),
        ("https://clinic.example/a?PHPSESSID=0123", "https://clinic.example/a"),
        ("https://clinic.example/a;jsessionid=0A1B?x=1", "https://clinic.example/a?x=1"),
        ("https://clinic.example/a?sid=0123456789abcdef", "https://clinic.example/a"),
        ("https://clinic.example/a?sid=12", "https://clinic.example/a?sid=12"),
        ("https://clinic.example/a?s=grief", "https://clinic.example/a?s=grief"),
        ("https://clinic.example/a?", "https://clinic.example/a"),
    ],
)
def test_what_identifies_the_visit_is_taken_off_and_what_identifies_the_page_stays(url, cleaned):
    assert clean_address(url) == cleaned


@given(URLS)
def test_cleaning_twice_changes_nothing_more(url):
    assert clean_address(clean_address(url)) == clean_address(url)


@given(URLS)
def test_addresses_that_differ_in_scheme_www_or_order_of_parameters_have_one_key(url):
    head, _, query = url.partition("?")
    other = head.replace("https://", "http://www.") + "?" + "&".join(reversed(query.split("&")))
    names = [pair.partition("=")[0] for pair in query.split("&")]
    if len(set(names)) == len(names):  # the order of equal names can mean something
        assert address_key(other) == address_key(url)


def test_addresses_of_two_pages_have_two_keys():
    urls = ["/", "/a", "/a/", "/A", "/a?id=1", "/a?id=2", "/b"]
    assert len({address_key(f"https://clinic.example{path}") for path in urls}) == len(urls)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("http://www.clinic.example/x", True),
        ("https://clinic.example:443/x", True),
        ("https://blog.clinic.example/", False),
        ("https://clinic.example.evil.example/", False),
        ("https://clinic.example@evil.example/", False),
        ("http://clinic.example:8080/", False),
    ],
)
def test_a_site_is_one_host_and_port_with_or_without_www(other, same):
    assert is_same_site(other, "https://clinic.example/") is same


def test_addresses_that_differ_in_numbers_only_have_one_form():
    assert address_form("/calendar/2026/5?day=3") == address_form("/calendar/1999/12?day=31") != ""


def test_addresses_without_numbers_have_no_form():
    assert address_form("https://clinic.example/grief") == ""


@pytest.mark.parametrize(("url", "suffix"), [("/a/b.PDF?x=1", "pdf"), ("/a.b/c", ""), ("/archive.tar.gz", "gz")])
def test_the_suffix_is_that_of_the_last_part_of_the_path(url, suffix):
    assert file_suffix(url) == suffix


@pytest.mark.parametrize(
    "number", ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1"]
)
def test_addresses_of_private_networks_are_not_public(number):
    assert not is_public_address(number)


@pytest.mark.parametrize("number", ["8.8.8.8", "93.184.216.34"])
def test_addresses_of_the_internet_are_public(number):
    assert is_public_address(number)


ODD = st.text("aA%[]:@./?#&=;\\ \u0130\u00df\u2100I1-_", max_size=14)


@given(st.one_of(st.text(), *(ODD.map(form.format) for form in ("http://{}", "https://clinic.example/{}", "http://clinic.example?{}"))))
def test_no_string_breaks_what_reads_addresses(url):
    if is_web_address(url):
        cleaned = clean_address(url)
        assert is_same_site(cleaned, url)
        assert address_key(cleaned) == address_key(url)
        assert isinstance(address_form(cleaned) + file_suffix(cleaned), str)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mailto:a@b.c",
        "http://[bad",
        "http://clinic.example:port/",
        "http://clinic.example:99999/",
        "http:///path",
        "https://clinic.example@evil.example/",
        "site:/a.html",
    ],
)
def test_what_no_browser_would_open_is_no_web_address(url):
    assert not is_web_address(url)
