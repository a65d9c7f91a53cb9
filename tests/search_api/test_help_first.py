from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from index.builder import build_index
from index.embedders import load_embedder
from index.searcher import Searcher
from ingest.articles import assemble_article
from ingest.schema import Block, LedgerEntry, Metadata, Site, StrippedPage
from search_api.help_first import find_help_pages, is_about_help, put_help_first

PAGES = {
    "/sleep/": ("Sleep", "You want to sleep and wake up rested. A want to die down of noise helps."),
    "/help/": ("If you think about suicide", "There is help in a crisis. Prevention begins with telling somebody."),
    "/fees/": ("Fees", "A session costs 165 dollars."),
}


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    pages = [
        StrippedPage("https://clinic.example" + path, (Block(title, "heading", 1, title.lower()), Block(text)), (), Metadata(language="en"))
        for path, (title, text) in PAGES.items()
    ]
    site = Site(tuple(map(assemble_article, pages)), tuple(pages), (), tuple(LedgerEntry(page.url, "indexed") for page in pages))
    root: Path = tmp_path_factory.mktemp("index")
    build_index(site, root, embedder=load_embedder("hashing"), created_on=date(2026, 11, 26))
    return Searcher.open(root)


def test_only_pages_about_help_are_help_pages(searcher):
    assert [page.title for page in find_help_pages(searcher)] == ["If you think about suicide"]


def test_they_come_before_what_the_words_found_and_ranks_are_counted_anew(searcher):
    own = searcher.search("I want to sleep")
    outcome = put_help_first(own, find_help_pages(searcher), first=0, last=10)
    assert outcome.results[0].title == "If you think about suicide"
    assert [page.rank for page in outcome.results] == list(range(1, len(outcome.results) + 1))
    assert {page.url for page in own.results} <= {page.url for page in outcome.results}


def test_a_page_that_both_found_stands_once(searcher):
    own = searcher.search("suicide")
    urls = [page.url for page in put_help_first(own, find_help_pages(searcher), first=0, last=10).results]
    assert len(urls) == len(set(urls))


def test_a_later_step_goes_on_where_the_first_ended(searcher):
    own, help_pages = searcher.search("I want to sleep", k=100), find_help_pages(searcher)
    whole = put_help_first(own, help_pages, first=0, last=10).results
    steps = [put_help_first(own, help_pages, first=place, last=place + 1).results for place in range(len(whole))]
    assert tuple(page for step in steps for page in step) == whole


def test_a_heading_may_say_it_too(searcher):
    page = searcher.search("session costs").results[0]
    assert not is_about_help(page)
    assert is_about_help(replace(page, title="Plan de seguridad"))
