"""Folders and files of saved pages."""

import json

import pytest

from ingest.crawling.plan import CrawlLimits
from ingest.errors import IngestError, NothingToRead
from ingest.sources import read_pages


def read(location, **options):
    entries = []
    return list(read_pages(str(location), record=entries.append, **options)), entries


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "b.html").write_text("<p>B")
    (tmp_path / "a.htm").write_text("<p>A")
    (tmp_path / "note.txt").write_text("no page")
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "c.html").write_text("<p>C")
    return tmp_path


def test_the_html_files_of_a_folder_are_its_pages_by_name_and_no_others(folder):
    pages, _ = read(folder)
    assert [(page.url, page.content) for page in pages] == [("site:/a.htm", "<p>A"), ("site:/b.html", "<p>B")]


def test_text_files_are_pages_where_there_is_no_html(tmp_path):
    (tmp_path / "a page.txt").write_text("Text")
    pages, _ = read(tmp_path)
    assert [(page.url, page.media) for page in pages] == [("site:/a%20page.txt", "text")]


def test_one_file_is_one_page(folder):
    pages, _ = read(folder / "b.html")
    assert [page.content for page in pages] == ["<p>B"]


def test_the_manifest_gives_a_page_its_address(folder):
    (folder / "manifest.json").write_text(json.dumps({"a.htm": {"url": "https://clinic.example/a", "gold": None}, "b.html": {}}))
    pages, _ = read(folder)
    assert [page.url for page in pages] == ["https://clinic.example/a", "site:/b.html"]


def test_the_canonical_link_gives_a_page_its_address(tmp_path):
    (tmp_path / "a.html").write_text('<link rel="canonical" href="https://clinic.example/a">')
    (tmp_path / "b.html").write_text('<link rel="canonical" href="javascript:alert(1)">')
    pages, _ = read(tmp_path)
    assert [page.url for page in pages] == ["https://clinic.example/a", "site:/b.html"]


def test_a_manifest_of_another_shape_is_an_error(folder):
    (folder / "manifest.json").write_text('["a.htm"]')
    with pytest.raises(IngestError, match="should read"):
        read(folder)


@pytest.mark.parametrize("name", ["", "missing"])
def test_a_folder_without_pages_is_an_error(tmp_path, name):
    with pytest.raises(NothingToRead):
        read(tmp_path / name)


def test_a_page_that_is_too_large_is_recorded_and_the_others_are_read(folder):
    (folder / "a.htm").write_text("x" * 1000)
    pages, entries = read(folder, limits=CrawlLimits(page_bytes=500))
    assert [page.url for page in pages] == ["site:/b.html"]
    assert [(entry.url, entry.outcome) for entry in entries] == [("site:/a.htm", "error")]


def test_bytes_that_are_no_text_are_replaced_and_recorded(tmp_path):
    (tmp_path / "a.html").write_bytes("<p>Depressão é tristeza".encode() + b"\xff\x00")
    pages, entries = read(tmp_path)
    assert "Depressão" in pages[0].content
    assert "\x00" not in pages[0].content
    assert "replaced" in entries[0].reason
