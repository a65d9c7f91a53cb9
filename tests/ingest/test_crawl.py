"""The crawler as a process: what it remembers between runs, and how it ends."""

import sys
import time
from collections import Counter
from dataclasses import replace

import pytest

from ingest.crawling.crawl import crawl_pages
from ingest.crawling.plan import CrawlLimits, CrawlPlan
from ingest.errors import IngestError

QUICK = CrawlLimits(delay_seconds=0.0, answer_seconds=10.0, seconds=60.0)


def with_validator(body, name, value, condition):
    def answer(handler):
        return (304, {name: value}, "") if handler.headers.get(condition) == value else (200, {name: value}, body)

    return answer


def test_pages_are_asked_for_again_but_unchanged_ones_not_sent_again(serve, crawl, page_html, tmp_path):
    forever, day = {"Cache-Control": "max-age=31536000"}, "Mon, 01 Jan 2024 00:00:00 GMT"
    site = serve(
        {
            "/": page_html("Home", "/tagged", "/dated", "/fresh"),
            "/tagged": with_validator(page_html("Tagged"), "ETag", '"v1"', "If-None-Match"),
            "/dated": with_validator(page_html("Dated"), "Last-Modified", day, "If-Modified-Since"),
            "/fresh": (200, forever, page_html("Before")),
        }
    )
    first = crawl(site, memory=tmp_path).pages
    site.routes["/fresh"] = (200, forever, page_html("After"))
    second = crawl(site, memory=tmp_path).pages
    assert (site.headers_of("/tagged")["if-none-match"], site.headers_of("/dated")["if-modified-since"]) == ('"v1"', day)
    assert (second["/tagged"].content, second["/dated"].content) == (first["/tagged"].content, first["/dated"].content)
    assert "After" in second["/fresh"].content
    assert site.asked_paths().count("/") == 2


def test_a_server_in_trouble_keeps_its_last_page_and_a_page_that_is_gone_does_not(serve, crawl, page_html, tmp_path):
    site = serve({"/": page_html("Home", "/a"), "/a": page_html("A")})
    crawl(site, memory=tmp_path)
    site.routes.update({"/": (503, {}, "busy"), "/a": (410, {}, "gone")})
    crawled = crawl(site, memory=tmp_path)
    assert (list(crawled.pages), crawled.outcome("/a")) == (["/"], "gone")
    assert "503" in crawled.ledger["/"].reason


def test_a_crawl_that_was_killed_goes_on_where_it_stopped(serve, crawl, page_html, tmp_path):
    names = [f"page-{letter}" for letter in "abcdefghijkl"]
    site = serve({"/": page_html("Home", *names), **{f"/{name}": page_html(name) for name in names}})
    plan = CrawlPlan("website", f"{site.url}/", tmp_path, replace(QUICK, delay_seconds=0.1))
    pages = crawl_pages(plan, record=lambda entry: None)
    read = [next(pages).url.removeprefix(site.url) for _ in range(5)]
    pages.close()
    before = Counter(site.asked_paths())
    assert sum(before[f"/{name}"] for name in names) < len(names)

    assert len(crawl(site, memory=tmp_path).pages) == 1 + len(names)
    after = Counter(site.asked_paths())
    assert {path: after[path] for path in read} == dict.fromkeys(read, 1)


def test_a_crawl_out_of_time_records_what_it_did_not_reach(serve, crawl, page_html):
    def slow(handler):
        time.sleep(0.4)
        return (200, {}, page_html(handler.path))

    names = [f"page-{letter}" for letter in "abcdefghijklmnopqrst"]
    crawled = crawl(serve({"/": page_html("Home", *names), **{f"/{name}": slow for name in names}}), limits=replace(QUICK, seconds=1.5))
    missed = [path for path, entry in crawled.ledger.items() if "ran out of time" in entry.reason]
    assert missed
    assert set(missed) == {f"/{name}" for name in names} - set(crawled.pages)


def test_a_crawl_delay_of_robots_txt_is_kept(serve, crawl, page_html):
    times = []

    def timed(handler):
        times.append(time.monotonic())
        return (200, {}, page_html(handler.path))

    names = ("/a", "/b", "/c", "/d", "/e")
    robots = (200, {"Content-Type": "text/plain"}, "User-agent: *\nCrawl-delay: 0.5")
    crawl(serve({"/": page_html("Home", *names), "/robots.txt": robots, **dict.fromkeys(names, timed)}))
    assert times[-1] - times[0] > 0.8 * 4 * 0.5  # a busy machine may see one request late


def test_a_server_that_is_busy_is_left_alone_as_long_as_it_asks(serve, crawl, page_html):
    times = []

    def busy_at_first(handler):
        times.append(time.monotonic())
        return (429, {"Retry-After": "1"}, "") if len(times) == 1 else (200, {}, page_html("A"))

    crawled = crawl(serve({"/": page_html("Home", "/a"), "/a": busy_at_first}))
    assert "/a" in crawled.pages
    assert times[1] - times[0] > 0.7


def test_a_crawler_that_breaks_down_is_an_error_and_no_empty_site(tmp_path):
    file = tmp_path / "a file where a folder should be"
    file.write_text("")
    with pytest.raises(IngestError, match="broke down"):
        list(crawl_pages(CrawlPlan("website", "http://127.0.0.1:9/", file, QUICK), record=lambda entry: None))


def test_a_crawler_that_says_nothing_is_an_error_and_no_empty_site(tmp_path, monkeypatch):
    mute = tmp_path / "mute"
    mute.write_text("#!/bin/sh\ncat >/dev/null\n")
    mute.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(mute))
    with pytest.raises(IngestError, match="ended before it began"):
        list(crawl_pages(CrawlPlan("website", "http://127.0.0.1:9/", tmp_path, QUICK), record=lambda entry: None))
