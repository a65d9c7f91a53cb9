"""WordPress's REST interface, as a server on this machine answers it."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from ingest.blocks import block_page


def item(link, title, text, **more):
    content = {"rendered": text, "protected": more.get("protected", False)}
    return {
        "link": link,
        "title": {"rendered": title},
        "content": content,
        "date": "2024-01-02T03:04:05",
        "modified": "2025-06-07T08:09:10",
    }


@pytest.fixture(scope="module")
def blog(serve, crawl):
    def answer(handler):
        parts = urlsplit(handler.path)
        number = int(parse_qs(parts.query)["page"][0])
        if parts.path.endswith("/posts"):
            return (200, {"Content-Type": "application/json", "X-WP-TotalPages": "1"}, "[]")
        items = [
            item(f"{site.url}/page-{number}/", f"Grief &amp; loss {number}", "<p>Grief takes its time.</p>"),
            item(f"{site.url}/members-{number}/", "Members", "", protected=True),
        ]
        return (200, {"Content-Type": "application/json", "X-WP-TotalPages": "3"}, json.dumps(items))

    site = serve({"*": answer, "/robots.txt": (404, {}, "")})
    site.crawled = crawl(site, kind="wordpress")
    return site


def test_all_parts_of_the_list_are_read(blog):
    assert sorted(blog.crawled.pages) == ["/page-1/", "/page-2/", "/page-3/"]


def test_a_post_becomes_a_page_with_title_text_and_dates(blog):
    page = block_page(blog.crawled.pages["/page-1/"])
    assert [block.text for block in page.blocks] == ["Grief & loss 1", "Grief takes its time."]
    assert (str(page.metadata.published_on), str(page.metadata.modified_on)) == ("2024-01-02", "2025-06-07")


def test_what_a_password_protects_is_recorded_and_left_out(blog):
    assert "password" in blog.crawled.ledger["/members-2/"].reason


def test_a_site_without_the_interface_says_so(serve, crawl):
    crawled = crawl(serve({}), kind="wordpress")
    assert crawled.pages == {}
    assert all(entry.outcome == "error" and "WordPress" in entry.reason for entry in crawled.ledger.values())
    assert crawled.ledger
