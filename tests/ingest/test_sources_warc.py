"""Web archives, written by the letter of the standard (https://iipc.github.io/warc-specifications/)."""

import gzip
from datetime import date

import pytest

from ingest.crawling.plan import CrawlLimits
from ingest.errors import NothingToRead
from ingest.sources import read_pages

URL = "https://clinic.example/"


def record(path, status, kind, body):
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
    head = (
        "WARC/1.0",
        "WARC-Type: response",
        f"WARC-Target-URI: {URL}{path}",
        "WARC-Date: 2026-01-02T03:04:05Z",
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(answer)}",
    )
    return "\r\n".join(head).encode() + b"\r\n\r\n" + answer + b"\r\n\r\n"


def write_archive(file, *answers):
    pack = gzip.compress if file.suffix == ".gz" else bytes
    file.write_bytes(b"".join(pack(record(*answer)) for answer in answers))
    return file


def read(file, **options):
    entries = []
    return list(read_pages(str(file), record=entries.append, **options)), {entry.url: entry for entry in entries}


@pytest.mark.parametrize("name", ["site.warc", "site.warc.gz"])
def test_the_html_pages_of_an_archive_are_read_and_the_rest_is_recorded(tmp_path, name):
    file = write_archive(
        tmp_path / name,
        ("grief", "200 OK", "text/html; charset=iso-8859-1", "<p>Depressão".encode("latin-1")),
        ("leaflet.pdf", "200 OK", "application/pdf", b"%PDF"),
        ("old", "410 Gone", "text/html", b"gone"),
        ("moved", "301 Moved Permanently", "text/html", b""),
        ("broken", "500 Internal Server Error", "text/html", b"oops"),
    )
    pages, entries = read(file)
    assert [(page.url, page.content) for page in pages] == [(f"{URL}grief", "<p>Depressão")]
    outcomes = {url.removeprefix(URL): entry.outcome for url, entry in entries.items()}
    assert outcomes == {"leaflet.pdf": "skipped", "old": "gone", "moved": "redirect", "broken": "error"}


def test_the_day_of_an_archive_is_the_day_its_pages_were_fetched(tmp_path):
    pages, _ = read(write_archive(tmp_path / "a.warc", ("", "200 OK", "text/html", b"<p>x")))
    assert pages[0].fetched_on == date(2026, 1, 2)


def test_a_page_that_is_too_large_is_recorded(tmp_path):
    file = write_archive(tmp_path / "a.warc", ("big", "200 OK", "text/html", b"x" * 1000))
    pages, entries = read(file, limits=CrawlLimits(page_bytes=500))
    assert (pages, entries[f"{URL}big"].outcome) == ([], "error")


def test_an_archive_that_breaks_off_gives_the_pages_before(tmp_path):
    file = write_archive(
        tmp_path / "a.warc.gz", ("a", "200 OK", "text/html", b"<p>A"), ("b", "200 OK", "text/html", bytes(range(256)) * 400)
    )
    file.write_bytes(file.read_bytes()[:-300])
    pages, _ = read(file)
    assert pages[0].content == "<p>A"


@pytest.mark.parametrize("content", [b"", b"this is no archive", b"WARC/1.0\r\nnonsense"])
def test_what_is_no_archive_gives_no_page(tmp_path, content):
    (tmp_path / "a.warc").write_bytes(content)
    assert read(tmp_path / "a.warc")[0] == []


def test_a_missing_archive_is_an_error(tmp_path):
    with pytest.raises(NothingToRead):
        read(tmp_path / "a.warc")
