"""Listings, error pages and bot walls, and the articles that only look like them."""

import pytest

from ingest.page_kinds import find_challenge, find_excerpt_lists, find_listing, find_soft_404
from ingest.schema import Article, Block, BlockedPage, Link, Metadata, StrippedPage

URL = "https://clinic.example/"
ARTICLE = "Grief is what remains of love when the one we love is gone, and it takes the time that it takes, in waves and in silence. " * 10


def page_at(path, *, dom_path=("html", "body"), **metadata):
    return BlockedPage(URL + path, (Block("Text", dom_path=dom_path),), Metadata(**metadata))


@pytest.mark.parametrize(
    "path",
    [
        "category/anxiety/",
        "blog/tag/sleep",
        "author/jane-doe/",
        "search/grief",
        "blog/page/7/",
        "2024/05/",
        "2024/05/31",
        "?s=grief",
        "?cat=7",
        "es/categoria/duelo/",
    ],
)
def test_addresses_of_archives_are_listings(path):
    assert find_listing(page_at(path))


@pytest.mark.parametrize(
    "path",
    [
        "",
        "grief",
        "authority-and-anxiety",
        "2024/05/31/coping-with-grief/",
        "services/search-and-rescue-staff",
        "?page_id=7",
        "archives/123",
        "pages/3",
    ],
)
def test_addresses_of_articles_are_no_listings(path):
    assert find_listing(page_at(path)) == ""


def test_the_classes_of_an_archives_body_make_it_a_listing():
    assert find_listing(page_at("news", dom_path=("html", "body.archive.post-type-archive", "main")))
    assert find_listing(page_at("news", dom_path=("html", "body.single.category-blog", "div.archive"))) == ""


def test_a_page_that_calls_itself_a_collection_is_a_listing():
    assert find_listing(page_at("news", page_type="CollectionPage"))
    assert find_listing(page_at("news", page_type="WebPage")) == ""


@pytest.mark.parametrize(
    "title",
    [
        "Page not found – Clinic",
        "404",
        "Error 404: nothing here",
        "The page you are looking for can’t be found",
        "This page doesn't exist",
        "Página no encontrada",
        "Seite nicht gefunden",
        "Page introuvable",
    ],
)
def test_an_error_page_with_status_200_is_found_by_its_title(title):
    page = page_at("x", title=title)
    assert title in find_soft_404(page, (Block("Try the search."),))


def test_an_error_page_is_found_by_its_headline():
    assert find_soft_404(page_at("x", title="Clinic"), (Block("Page not found", "heading", 1), Block("Try the search.")))


@pytest.mark.parametrize(
    "title", ["Grief", "Found family", "When sleep cannot be found", "Room 404 and other group therapy rooms", "ICD-10 code F40.4"]
)
def test_articles_are_no_error_pages(title):
    assert find_soft_404(page_at("x", title=title), (Block(title, "heading", 1), Block("A short page."))) == ""


def test_a_long_article_about_missing_pages_is_no_error_page():
    assert find_soft_404(page_at("x", title="404 reasons: page not found"), (Block(ARTICLE),)) == ""


@pytest.mark.parametrize(
    "html",
    [
        "<title>Just a moment...</title><body>Enable JavaScript and cookies to continue<script>window._cf_chl_opt={};</script>",
        "<title>Attention Required! | Cloudflare</title><h1>Sorry, you have been blocked</h1>",
        "<p>Request unsuccessful. Incapsula incident ID: 1234-5678</p>",
        "<h1>Pardon Our Interruption</h1><p>Something about your browser made us think you were a bot.</p>",
        "<title>Making sure you&#39;re not a bot!</title>",
        "<p>Please verify you are a human</p>",
    ],
)
def test_a_bot_wall_is_a_challenge(html):
    assert find_challenge(html)


def test_an_article_with_a_bot_walls_script_is_no_challenge():
    assert find_challenge(f"<title>Grief</title><p>{ARTICLE}</p><script>window._cf_chl_opt={{}}</script>") == ""


@pytest.mark.parametrize(
    "html",
    ["", "<title>Grief</title><p>Short.</p>", "<script>/* /cdn-cgi/challenge-platform/scripts/jsd/main.js */</script><p>Hours: 9 to 5"],
)
def test_short_pages_are_no_challenges(html):
    assert find_challenge(html) == ""


# --- lists of excerpts ----------------------------------------------------------------------------------------------------------------

TOPICS = ("grief", "sleep", "anger", "worry")
TEXTS = {
    "grief": "Grief is what remains of love when the one we love is gone, and it comes and goes in waves for longer than we think.",
    "sleep": "Sleep cannot be forced, but the hour before it can be arranged so that the night has a chance to come by itself.",
    "anger": "Anger protects what matters to us, and a therapist can help to hear what it says before it speaks too loudly.",
    "worry": "Worry rehearses disasters that never open, and exposure to uncertainty in small steps is how it learns to rest.",
}
ARTICLES = {f"{URL}{topic}": Article(f"{URL}{topic}", topic.title(), f"{text}\nAnd more about {topic}.") for topic, text in TEXTS.items()}


def link_block(topic):
    return Block(topic.title(), "heading", 2, link_share=1.0, links=(Link(topic.title(), f"{URL}{topic}", 0, len(topic)),))


def with_hub(texts):
    url = f"{URL}hub"
    blocks = [Block("What we write about", "heading", 1)]
    blocks += [block for topic, text in texts.items() for block in (link_block(topic), Block(text))]
    article = Article(url, "Hub", "\n".join(block.text for block in blocks))
    return find_excerpt_lists({**ARTICLES, url: article}, [StrippedPage(url, tuple(blocks), ())])


def test_a_page_of_excerpts_of_the_pages_it_links_to_is_a_listing():
    excerpts = {topic: " ".join(text.split()[:15]) + " […]" for topic, text in TEXTS.items()}
    assert "4 pages that it links to" in with_hub(excerpts)[f"{URL}hub"]


def test_a_page_that_introduces_its_links_in_words_of_its_own_is_an_article():
    own = {
        topic: f"Come to us with your {topic}: our team meets you every Tuesday and you can book a first talk at no cost."
        for topic in TOPICS
    }
    assert with_hub(own) == {}


def test_two_links_make_no_listing():
    assert with_hub({topic: TEXTS[topic] for topic in TOPICS[:2]}) == {}
