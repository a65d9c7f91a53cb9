"""A crawl of hostile and well-behaved sites on this machine."""

import gzip
import time
from dataclasses import replace
from datetime import date

import pytest
from scrapy import Request
from scrapy.http import TextResponse

from ingest.crawling.plan import CrawlLimits, CrawlPlan
from ingest.crawling.site_spider import SiteSpider

QUICK = CrawlLimits(delay_seconds=0.0, answer_seconds=10.0, seconds=60.0)
PLAIN = {"Content-Type": "text/plain"}
XML = {"Content-Type": "application/xml"}
SITEMAP = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{}</urlset>"
LAUGHS = "<!DOCTYPE l [<!ENTITY l0 'ha'>" + "".join(f"<!ENTITY l{i} '{f'&l{i - 1};' * 10}'>" for i in range(1, 10)) + "]>"


def breaks_off(handler):
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"<p>half of a page")


def trickles(handler):
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    try:
        for _ in range(50):
            handler.wfile.write(b"a")
            handler.wfile.flush()
            time.sleep(0.1)
    except OSError:
        pass


@pytest.fixture(scope="module")
def hostile(serve, crawl, page_html):
    """One crawl of a site that holds everything that goes wrong."""
    links = (
        "/plain?utm_source=mail",
        "/plain?PHPSESSID=abc#part",
        "/token?sid=0123456789abcdef",
        "/half",
        "/slow",
        "/leaflet.pdf",
        "/video.mp4",
        "/missing",
        "/removed",
        "/private/notes",
        "/elsewhere",
        "/endless-a",
        "/itself",
        "/moved",
        "/large",
        "/binary",
        "/nested",
        "/laughs",
        "/broken",
        "/wall",
        "/noindex",
        "/noindex-header",
        "/nofollow-page",
        "/latin",
        "/packed-bomb",
        "/reloads",
        "/refreshes",
        "/hops/12",
        "http://other.example/page",
        "http://[bad",
        "javascript:void(0)",
        "mailto:someone@clinic.example",
    )
    site = serve(
        {
            "/": page_html("Home", *links) + '<a rel="nofollow" href="/nofollow-link">x</a>',
            "/robots.txt": (200, PLAIN, "User-agent: *\nDisallow: /private/\nSitemap: /pages.xml"),
            "/pages.xml": (200, XML, SITEMAP.format("<url><loc>/only-in-sitemap</loc></url><url></url>")),
            "/only-in-sitemap": page_html("Only in the sitemap"),
            "/plain": page_html("Plain", head='<link rel="canonical" href="/canonical">'),
            "/canonical": page_html("Canonical"),
            "/token": page_html("Token"),
            "/half": breaks_off,
            "/slow": trickles,
            "/removed": (410, {}, "gone"),
            "/elsewhere": (302, {"Location": "http://other.example/"}, ""),
            "/endless-a": (302, {"Location": "/endless-b"}, ""),
            "/endless-b": (302, {"Location": "/endless-a"}, ""),
            "/itself": (301, {"Location": "/itself"}, ""),
            "/moved": (301, {"Location": "/plain"}, ""),
            "/large": "<p>" + "a" * 1_200_000,
            "/binary": (200, {"Content-Type": "application/octet-stream"}, "x"),
            "/nested": page_html("Nested", "/beside-the-deep") + "<div>" * 100_000,
            "/beside-the-deep": page_html("Deep"),
            "/laughs": LAUGHS + "<html><p>&l9;</p>",
            "/broken": (500, {}, "<h1>Oops</h1>"),
            "/wall": (403, {}, "<title>Just a moment...</title><script>window._cf_chl_opt={}</script>"),
            "/noindex": page_html("No index", "/after-noindex", head='<meta name="robots" content="noindex">'),
            "/noindex-header": (200, {"X-Robots-Tag": "noindex"}, page_html("No index by header")),
            "/after-noindex": page_html("After"),
            "/nofollow-page": page_html("No follow", "/nofollowed", head='<meta name="robots" content="nofollow">'),
            "/packed-bomb": (200, {"Content-Encoding": "gzip"}, gzip.compress(b"<p>" + b"a" * 50_000_000)),
            "/reloads": page_html("Reloads", head='<meta http-equiv="refresh" content="60;url=/reloads">'),
            "/refreshes": page_html("Refreshes", head='<meta http-equiv="refresh" content="0;url=/plain">'),
            **{f"/hops/{n}": (302, {"Location": f"/hops/{n - 1}"}, "") for n in range(1, 13)},
            "/latin": (200, {"Content-Type": "text/html; charset=iso-8859-1"}, "<p>Depressão</p>".encode("latin-1")),
        }
    )
    site.crawled = crawl(site, limits=replace(QUICK, answer_seconds=1.0, page_bytes=1_000_000))
    return site


def test_pages_are_found_by_links_sitemaps_and_canonical_links(hostile):
    assert {"/", "/plain", "/only-in-sitemap", "/canonical", "/after-noindex", "/beside-the-deep"} <= set(hostile.crawled.pages)


@pytest.mark.parametrize(
    ("path", "outcome", "words"),
    [
        ("/missing", "gone", "404"),
        ("/removed", "gone", "410"),
        ("/private/notes", "skipped", "robots.txt"),
        ("/leaflet.pdf", "skipped", "PDF"),
        ("/video.mp4", "skipped", "mp4"),
        ("/binary", "skipped", "application/octet-stream"),
        ("/large", "error", "larger"),
        ("/half", "error", "broke off"),
        ("/slow", "error", "in time"),
        ("/broken", "error", "500"),
        ("/wall", "challenge", "Cloudflare"),
        ("/endless-a", "error", "circle"),
        ("/itself", "error", "circle"),
        ("/moved", "redirect", "/plain"),
        ("/refreshes", "redirect", "/plain"),
        ("/hops/12", "error", "never end"),
        ("/packed-bomb", "error", "larger"),
        ("/elsewhere", "redirect", "another site"),
        ("/noindex-header", "noindex", "search engines"),
    ],
)
def test_what_gives_no_page_is_recorded_with_its_reason(hostile, path, outcome, words):
    entry = hostile.crawled.ledger[path]
    assert (entry.outcome, words in entry.reason) == (outcome, True), entry


def test_a_page_that_reloads_itself_is_a_page(hostile):
    assert "/reloads" in hostile.crawled.pages


def test_a_broken_link_names_the_page_that_holds_it(hostile):
    assert hostile.crawled.ledger["/missing"].reason.endswith(f"{hostile.url}/ links to it")


def test_tracking_parameters_sessions_and_fragments_make_no_second_page(hostile):
    asked = [path for path in hostile.asked_paths() if path.startswith(("/plain", "/token"))]
    assert sorted(set(asked)) == ["/plain", "/token"]


def test_nofollow_is_respected_on_links_and_on_pages(hostile):
    assert {"/nofollow-link", "/nofollowed"}.isdisjoint(hostile.asked_paths())


def test_what_robots_txt_forbids_is_never_asked_for(hostile):
    assert "/private/notes" not in hostile.asked_paths()


def test_pdf_and_media_are_never_asked_for(hostile):
    assert {"/leaflet.pdf", "/video.mp4"}.isdisjoint(hostile.asked_paths())


def test_every_address_that_was_asked_for_comes_to_an_end(hostile):
    silent = {"/robots.txt", "/pages.xml", "/sitemap.xml", "/endless-b", *(f"/hops/{n}" for n in range(12))}
    assert set(hostile.asked_paths()) - silent - set(hostile.crawled.pages) - set(hostile.crawled.ledger) == set()


def test_the_declared_charset_decodes_a_page(hostile):
    assert "Depressão" in hostile.crawled.pages["/latin"].content


def test_entities_that_multiply_do_not(hostile):
    assert len(hostile.crawled.pages["/laughs"].content) < 10_000


def test_the_crawler_says_who_it_is(hostile):
    assert hostile.headers_of("/plain")["user-agent"].startswith("clinic-search/")


@pytest.fixture
def spider():
    """A spider that does not run: what it would ask for is what its methods return, what it tells is in `told`."""

    def make(kind="website", **limits):
        told = []
        spider = SiteSpider(CrawlPlan(kind, "http://clinic.example/", None, replace(QUICK, **limits)), told.append, date(2026, 11, 23))
        spider.told = told
        return spider

    return make


def read(spider, url, body):
    response = TextResponse(url, body=body, encoding="utf-8", request=Request(url, meta={"asked_for": url}))
    return [request.url.removeprefix("http://clinic.example") for request in spider.read_sitemap(response)]


def visit_all(spider, paths, **how):
    return [request.url for path in paths for request in spider.visit(f"http://clinic.example{path}", **{"listed": False, **how})]


def test_an_endless_calendar_ends(spider):
    one = spider(same_form=20)
    assert len(visit_all(one, (f"/calendar?month={number}" for number in range(1000)))) == 20
    assert "endless calendar" in one.told[-1].reason


def test_pages_that_a_sitemap_lists_are_no_endless_calendar(spider):
    assert len(visit_all(spider(same_form=20), (f"/?page_id={number}" for number in range(100)), listed=True)) == 100


def test_pages_beyond_the_limit_are_recorded_as_skipped(spider):
    one = spider(pages=5)
    assert len(visit_all(one, [f"/{letter}" for letter in "abcdefgh"])) == 5
    assert [(entry.outcome, entry.reason) for entry in one.told] == [("skipped", "the crawl is limited to 5 addresses")] * 3


def test_links_are_followed_to_the_limit_of_their_depth(spider):
    one = spider(depth=3)
    assert (len(visit_all(one, ["/a"], depth=3)), len(visit_all(one, ["/b"], depth=4))) == (1, 0)
    assert "3 links away" in one.told[0].reason


def test_other_hosts_are_neither_asked_for_nor_recorded(spider):
    one = spider()
    elsewhere = ("http://other.example/", "http://blog.clinic.example/", "http://clinic.example:8080/", "ftp://clinic.example/")
    assert [request for url in elsewhere for request in one.visit(url, listed=False)] == one.told == []


def test_a_sitemap_gives_the_listed_pages_of_the_site(spider):
    listed = SITEMAP.format("<url><loc>http://clinic.example/a</loc></url><url><loc>http://other.example/b</loc></url><url/>")
    assert read(spider("sitemap"), "http://clinic.example/map.xml", listed.encode()) == ["/a"]


def test_a_packed_sitemap_is_unpacked(spider):
    packed = gzip.compress(SITEMAP.format("<url><loc>/a</loc></url>").encode())
    assert read(spider("sitemap"), "http://clinic.example/map.xml.gz", packed) == ["/a"]


def test_a_sitemap_that_unpacks_without_end_is_refused(spider):
    with pytest.raises(Exception, match="exceeded the specified maximum"):
        read(spider("sitemap", page_bytes=1_000_000), "http://clinic.example/map.xml.gz", gzip.compress(b" " * 50_000_000))


def test_an_index_that_lists_itself_is_read_once(spider):
    index = "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{}</sitemapindex>"
    one = spider("sitemap")
    listed = index.format("<sitemap><loc>/other.xml</loc></sitemap><sitemap><loc>/index.xml</loc></sitemap>").encode()
    assert read(one, "http://clinic.example/index.xml", listed) == ["/other.xml", "/index.xml"]
    assert read(one, "http://clinic.example/index.xml", listed) == []


@pytest.mark.parametrize(
    "body", [b"", b"<!doctype html><html><body>A page</body></html>", LAUGHS.encode() + b"<urlset><url><loc>&l9;</loc></url></urlset>"]
)
def test_what_is_no_sitemap_lists_nothing(spider, body):
    assert read(spider("sitemap"), "http://clinic.example/map.xml", body) == []


def test_a_location_that_is_no_sitemap_says_so(spider):
    one = spider("sitemap")
    read(one, "http://clinic.example/", b"<html><body>A page</body></html>")
    assert "it is no sitemap" in one.told[0].reason


def test_one_page_alone_is_read_without_following_its_links(serve, crawl, page_html):
    assert list(crawl(serve({"/a": page_html("A", "/b"), "/b": page_html("B")}), "/a", kind="page").pages) == ["/a"]


def test_a_public_crawl_does_not_connect_to_a_private_address(serve, crawl, page_html):
    site = serve({"/": page_html("Internal")})
    crawled = crawl(site, allow_private=False)
    assert (crawled.pages, site.asked) == ({}, [])
    assert "private network" in crawled.ledger["/"].reason
