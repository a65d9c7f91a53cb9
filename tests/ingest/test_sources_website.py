"""Which source reads which location."""

import pytest

from ingest.errors import UnknownSource
from ingest.sources import load_source, read_pages, source_names


def readers(location):
    return [name for name in source_names() if load_source(name).reads(location)]


@pytest.mark.parametrize(
    ("location", "source"),
    [
        ("pages", "saved_pages"),
        ("pages/one.html", "saved_pages"),
        ("site.warc.gz", "warc"),
        ("https://clinic.example/", "website"),
        ("http://clinic.example/therapies/", "website"),
        ("https://clinic.example/sitemap.xml", "sitemap"),
        ("https://clinic.example/sitemap.xml.gz?x=1", "sitemap"),
        ("wordpress+https://clinic.example/", "wordpress"),
    ],
)
def test_every_location_is_read_by_exactly_one_source(location, source):
    assert readers(location) == [source]


@pytest.mark.parametrize("location", ["ftp://clinic.example/", "wordpress+ftp://clinic.example/", "file:///etc/passwd"])
def test_other_locations_are_refused_with_what_would_be_right(location):
    assert readers(location) == []
    with pytest.raises(UnknownSource, match="Name a folder"):
        read_pages(location, record=lambda entry: None)


def test_an_unknown_source_is_refused_with_the_names_there_are():
    with pytest.raises(UnknownSource, match=r"saved_pages.*wordpress"):
        load_source("gopher")
