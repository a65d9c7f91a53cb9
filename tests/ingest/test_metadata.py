from datetime import date

import pytest

from ingest.blocks import block_page
from ingest.metadata import parse_date
from ingest.schema import Page


def metadata_of(html, url="https://clinic.example/a/b"):
    return block_page(Page(url, html)).metadata


def test_title_language_description_and_canonical_address_are_read():
    found = metadata_of(
        '<html lang="es"><title> Terapia \n IPT </title><meta name=description content="Qué es"><link rel=canonical href="/ipt">'
    )
    assert (found.title, found.language, found.description) == ("Terapia IPT", "es", "Qué es")
    assert found.canonical_url == "https://clinic.example/ipt"


def test_json_ld_gives_author_dates_and_kind_even_inside_a_graph():
    found = metadata_of(
        '<script type="application/ld+json">{"@graph": [{"@type": "Organization", "name": "C"}, {"@type": ["MedicalWebPage"],'
        ' "author": [{"name": "A. B."}, {"name": "C. D."}], "datePublished": "2024-01-05T10:00:00+02:00", "dateModified": "2024-02-06",'
        ' "lastReviewed": "2024-03-07"}]}</script>'
    )
    assert (found.author, found.page_type) == ("A. B., C. D.", "MedicalWebPage")
    assert (found.published_on, found.modified_on, found.reviewed_on) == (date(2024, 1, 5), date(2024, 2, 6), date(2024, 3, 7))


def test_open_graph_stands_in_where_json_ld_is_broken():
    found = metadata_of(
        '<script type="application/ld+json">{broken</script><meta property="og:title" content="T">'
        '<meta property="og:site_name" content="C">'
        '<meta property="article:published_time" content="2023-05-06T07:08:09Z"><meta property="og:type" content="article">'
    )
    assert (found.title, found.site_name, found.published_on, found.page_type) == ("T", "C", date(2023, 5, 6), "article")


@pytest.mark.parametrize(
    "line",
    [
        "Last reviewed on March 7, 2024",
        "Medically reviewed by Dr. A. Bee on 7 March 2024",
        "Reviewed: 2024-03-07",
        "Last Reviewed: March 7th, 2024",
    ],
)
def test_a_visible_review_date_is_read(line):
    assert metadata_of(f"<p>{line}</p>").reviewed_on == date(2024, 3, 7)


def test_visible_dates_of_publication_and_change_are_told_apart():
    found = metadata_of("<p>Published: October 8, 2025</p><p>Last updated on 2025-11-09</p>")
    assert (found.published_on, found.modified_on, found.reviewed_on) == (date(2025, 10, 8), date(2025, 11, 9), None)


@pytest.mark.parametrize(
    ("robots", "noindex"), [("noindex, follow", True), ("none", True), ("index,nofollow", False), ("max-snippet:-1", False)]
)
def test_noindex_is_read_from_meta_robots(robots, noindex):
    assert metadata_of(f'<meta name="robots" content="{robots}">').noindex is noindex


def test_translations_are_read():
    found = metadata_of('<link rel="alternate" hreflang="es" href="/es/b"><link rel="alternate" type="application/rss+xml" href="/feed">')
    assert found.alternates == (("es", "https://clinic.example/es/b"),)


def test_a_month_without_a_day_is_its_first_day_whatever_today_is():
    assert parse_date("March 2024") == date(2024, 3, 1)


@pytest.mark.parametrize("text", ["", "soon", "10:30", "Tuesday", "99/99/9999", "1" * 400])
def test_what_names_no_day_is_no_date(text):
    assert parse_date(text) is None


def test_a_page_that_says_nothing_about_itself_has_empty_metadata():
    found = metadata_of("<p>Text</p>")
    assert (found.title, found.author, found.language, found.published_on, found.canonical_url) == ("", "", "", None, "")
