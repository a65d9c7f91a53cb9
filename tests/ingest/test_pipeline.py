"""A whole ingest: folders and a site on this machine."""

import time
from dataclasses import replace

import pytest

from ingest.crawling.plan import CrawlLimits
from ingest.errors import IngestError, NothingToRead
from ingest.pipeline import LONGEST_ARTICLE, ingest_site

MENU = '<nav><ul><li><a href="/grief">Grief</a></li><li><a href="/sleep">Sleep</a></li></ul></nav>'
QUICK = CrawlLimits(delay_seconds=0.0, answer_seconds=10.0, seconds=60.0)
TEXTS = {
    "grief": "Grief is what remains of love when the one we love is gone.",
    "sleep": "Sleep cannot be forced, but the hour before it can be arranged.",
    "anger": "Anger protects what matters to us and asks to be heard.",
    "worry": "Worry rehearses disasters that hardly ever come.",
}


def html(title, text, head=""):
    return f"<html><head><title>{title}</title>{head}</head><body>{MENU}<main><h1>{title}</h1><p>{text}</p></main></body></html>"


@pytest.fixture
def folder(tmp_path):
    pages = tmp_path / "pages"
    pages.mkdir()
    for name, text in TEXTS.items():
        (pages / f"{name}.html").write_text(html(name.title(), text))
    return pages


def outcomes(site):
    return {entry.url: entry.outcome for entry in site.ledger}


def test_every_page_becomes_an_article_without_the_menu(folder):
    site = ingest_site([str(folder)])
    assert {article.url: article.text for article in site.articles} == {
        f"site:/{name}.html": f"{name.title()}\n{text}" for name, text in TEXTS.items()
    }
    assert set(outcomes(site).values()) == {"indexed"}


def test_a_page_as_long_as_a_novel_is_recorded_and_left_out(folder):
    sentence = "Nobody reads a page of ten million characters to its end, nor should a search engine. "
    (folder / "log.html").write_text(html("Log", sentence * (LONGEST_ARTICLE // len(sentence) + 1)))
    site = ingest_site([str(folder)])
    (entry,) = [entry for entry in site.ledger if entry.url == "site:/log.html"]
    assert entry.outcome == "error"
    assert entry.reason.startswith("too long for an article: 1,000,0")
    assert {article.url for article in site.articles} == {f"site:/{name}.html" for name in TEXTS}


def test_pages_that_are_no_articles_are_left_out_and_named(folder):
    (folder / "copy-of-grief.html").write_text((folder / "grief.html").read_text())
    (folder / "hidden.html").write_text(html("Hidden", "For members only.", '<meta name="robots" content="noindex">'))
    (folder / "lost.html").write_text(html("Page not found", "Try the search."))
    (folder / "wall.html").write_text("<title>Just a moment...</title><p>Verify you are human")
    (folder / "tag.html").write_text(html("Tag", "A tag.", '<link rel="canonical" href="https://clinic.example/tag/grief/">'))
    site = ingest_site([str(folder)])
    assert outcomes(site) == {
        **{f"site:/{name}.html": "indexed" for name in TEXTS},
        "site:/copy-of-grief.html": "duplicate",
        "site:/hidden.html": "noindex",
        "site:/lost.html": "soft_404",
        "site:/wall.html": "challenge",
        "https://clinic.example/tag/grief/": "listing",
    }
    assert {article.url for article in site.articles} == {f"site:/{name}.html" for name in TEXTS}
    assert len(site.stripped_pages) == 8


def test_the_reason_of_a_duplicate_names_the_page_that_is_kept(folder):
    (folder / "copy-of-grief.html").write_text((folder / "grief.html").read_text())
    reasons = {entry.url: entry.reason for entry in ingest_site([str(folder)]).ledger}
    assert "site:/grief.html" in reasons["site:/copy-of-grief.html"]


def test_an_empty_folder_is_an_error(tmp_path):
    with pytest.raises(NothingToRead):
        ingest_site([str(tmp_path)])


def test_a_folder_of_challenges_is_an_error_that_says_so(tmp_path):
    (tmp_path / "a.html").write_text("<title>Just a moment...</title><p>Verify you are human")
    with pytest.raises(NothingToRead, match="a person is looking"):
        ingest_site([str(tmp_path)])


def test_a_second_ingest_says_what_is_unchanged_and_what_is_gone(folder, tmp_path):
    ingest_site([str(folder)], memory=tmp_path / "memory")
    (folder / "grief.html").unlink()
    (folder / "sleep.html").write_text(html("Sleep", "Sleep comes by itself."))
    site = ingest_site([str(folder)], memory=tmp_path / "memory")
    assert outcomes(site) == {
        "site:/anger.html": "unchanged",
        "site:/grief.html": "gone",
        "site:/sleep.html": "indexed",
        "site:/worry.html": "unchanged",
    }
    assert len(site.articles) == 3


def test_a_suspiciously_small_ingest_does_not_replace_the_last_good_one(folder, tmp_path):
    memory = tmp_path / "memory"
    ingest_site([str(folder)], memory=memory)
    for name in ("grief", "sleep", "anger"):
        (folder / f"{name}.html").unlink()
    for _ in range(2):
        with pytest.raises(IngestError, match="1 pages are left of 4 last time"):
            ingest_site([str(folder)], memory=memory)
    assert len(ingest_site([str(folder)], memory=memory, accept_smaller=True).articles) == 1
    assert len(ingest_site([str(folder)], memory=memory).articles) == 1


def test_progress_is_told_for_every_step(folder):
    told = []
    ingest_site([str(folder)], report=lambda *step: told.append(step))
    assert {step for step, _, _ in told} == {"reading pages", "stripping the site's template"}
    assert [done for step, done, total in told if step.startswith("stripping") and total == 4] == [1, 2, 3, 4]


def test_a_crawled_site_and_a_page_that_leaves_it(serve, tmp_path):
    pages = {f"/{name}": html(name.title(), text) for name, text in TEXTS.items()}
    links = "".join(f'<a href="/{name}?utm_source=home">{name}</a>' for name in TEXTS)
    noindex = (200, {"X-Robots-Tag": "noindex"}, html("Draft", f"Not yet. {links}"))
    site = serve({**pages, "/": html("Home", f"Welcome to us. {links} <a href='/draft'>draft</a>"), "/draft": noindex})
    limits = replace(QUICK, seconds=30.0)
    first = outcomes(ingest_site([f"{site.url}/"], memory=tmp_path, limits=limits))
    site.routes["/anger"] = (410, {}, "gone")
    second = outcomes(ingest_site([f"{site.url}/"], memory=tmp_path, limits=limits))
    assert (first[f"{site.url}/anger"], first[f"{site.url}/draft"]) == ("indexed", "noindex")
    assert (second[f"{site.url}/anger"], second[f"{site.url}/draft"], second[f"{site.url}/grief"]) == ("gone", "noindex", "unchanged")


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    ("content", "outcome"),
    [
        (b"<div><p>Unclosed<ul><li>one<li>two<table><tr><td>three", "indexed"),
        (b"<div>" * 100_000 + b"<p>Deep below, a sentence.", "indexed"),
        (b"<p>" + b"One line of a megabyte. " * 41_667, "error"),
        (f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><p>&l9;</p>'.encode(), "indexed"),
        (b"\x00\x00<p>Zero bytes\x00 in a sentence.\x00", "indexed"),
        (b"\x00" * 1000, "empty"),
        ('<meta charset="utf-16"><p>Not what it declares: naïve, façade.'.encode("latin-1"), "indexed"),
        (b"", "empty"),
        (b"<!-- a comment that never ends", "empty"),
        (b"<p>" + b"&#x110000;&#0;&nosuch;" * 1000 + b" and a word", "indexed"),
    ],
    ids=["unclosed", "nested", "megabyte", "laughs", "zeros", "only zeros", "charset", "nothing", "comment", "entities"],
)
def test_a_hostile_page_comes_to_an_end_in_the_ledger_and_harms_no_other(folder, content, outcome):
    (folder / "hostile.html").write_bytes(content)
    started = time.process_time()
    site = ingest_site([str(folder)])
    assert time.process_time() - started < 20
    assert outcomes(site) == {f"site:/{name}.html": "indexed" for name in TEXTS} | {"site:/hostile.html": outcome}
    assert all(len(article.text) < LONGEST_ARTICLE for article in site.articles)
