"""Pages that answer but are no article: listings, "page not found" with status 200, and the challenge of a bot wall."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from urllib.parse import parse_qs, urlsplit
from zlib import crc32

from ingest.blocks import split_blocks
from ingest.crawling.web_addresses import address_key, is_web_address
from ingest.schema import Article, Block, BlockedPage, Page, StrippedPage

LISTING_FOLDERS = re.compile(
    r"/(?:category|categories|tag|tags|author|authors|search|categor[ií]as?|etiquetas?|autor|buscar|kategorie|schlagwort|"
    r"categorie|etiquette|auteur|recherche|suche)(?:/|$)|/archives?/?$|/page/\d+/?$|/(?:19|20)\d\d/\d\d?(?:/\d\d?)?/?$",
    re.IGNORECASE,
)
"""Folders that content systems give to lists of articles (WordPress, Drupal, Ghost, Squarespace, Hugo), translated, paged and dated."""
SEARCH_PARAMETERS = frozenset({"s", "q", "search", "query", "paged", "cat", "tag", "author", "m"})
LISTING_CLASSES = re.compile(
    r"\.(?:archive|category|tag|author|date|search-results|tag-template|author-template|page-taxonomy-term)(?=\.|$)"
)
"""Classes that WordPress, Ghost and Drupal give to the body of a list (https://developer.wordpress.org/reference/functions/get_body_class/)."""
LISTING_TYPES = re.compile(r"collectionpage|searchresultspage", re.IGNORECASE)

NOT_FOUND_CLASS = re.compile(r"\.error(?:404)?(?=\.|$)|\.page-not-found(?=\.|$)")
NOT_FOUND = re.compile(
    r"^\W*(?:error\W*)?(?:404|410)\b|^\W*(?:not found|nothing (?:was )?found)\b"
    r"|\b(?:page|content|post|site)\b.{0,40}(?:\bnot|n.t) (?:be )?found\b"
    r"|\bpage\b.{0,40}\b(?:does ?n.t exist|does not exist|no longer (?:exists|available)|is gone|has been (?:removed|deleted))"
    r"|p[áa]gina no (?:encontrada|existe)|seite (?:wurde )?nicht gefunden|page (?:introuvable|non trouv[ée]e)|pagina non trovata"
    r"|p[áa]gina n[ãa]o encontrada|pagina niet gevonden",
    re.IGNORECASE,
)
MAX_NOT_FOUND_WORDS = 150
"""An apology is short; a page about getting lost is not. The ones of three real sites have 12 to 70 words."""

CHALLENGES = (
    ("Cloudflare", ("_cf_chl_opt", "cf-challenge", "cf_captcha_kind", "cf-browser-verification", "attention required! | cloudflare")),
    ("Sucuri", ("sucuri website firewall", "sucuri_cloudproxy_js")),
    ("Imperva", ("incapsula incident id", "_incapsula_resource")),
    ("DataDome", ("captcha-delivery.com",)),
    ("PerimeterX", ("px-captcha", "_pxappid")),
    ("Akamai", ("errors.edgesuite.net",)),
    ("AWS WAF", ("awswafcookiedomainlist", "awswafintegration")),
    ("Anubis", ("re not a bot!</title>",)),
    (
        "A bot wall",
        ("pardon our interruption", "<title>just a moment...", "verify you are a human", "verify you are human", "ddos protection by"),
    ),
)
"""What the common bot walls leave in their pages, in lower case."""
MAX_CHALLENGE_WORDS = 150
"""Some walls leave their script on every page they let through: only a page that says next to nothing is the wall itself."""
MAX_CHALLENGE_CHARACTERS = 200_000
"""A wall's page is one screen; what is larger is not looked through."""

SAMPLED_OF = 4
MIN_CARDS = 3
CARD_LINK_SHARE = 0.5
REPEATED_SHARE = 0.6
"""Of the words of a list of excerpts; the rest is headings, dates and "read more"."""
SHINGLE_WORDS = 4
"""As in the benchmarks of article extraction (https://github.com/scrapinghub/article-extraction-benchmark)."""


def find_challenge(html: str) -> str:
    """Whose bot wall a document is, in words; "" if it is none."""
    if len(html) > MAX_CHALLENGE_CHARACTERS:
        return ""
    lower = html.lower()
    name = next((name for name, marks in CHALLENGES if any(mark in lower for mark in marks)), "")
    if not name or _count_words(split_blocks(Page("", html))) > MAX_CHALLENGE_WORDS:
        return ""
    return f"{name} asks for proof that a person is looking"


def find_soft_404(page: BlockedPage, kept: Sequence[Block]) -> str:
    """Why a page is an error page in spite of its status, by what remains of it; "" if it is none."""
    if _count_words(kept) > MAX_NOT_FOUND_WORDS:
        return ""
    if any(NOT_FOUND_CLASS.search(label) for block in page.blocks[:1] for label in block.dom_path[:2]):
        return "the site's own error page"
    headline = next((block.text for block in kept if block.level), "")
    said = next((text for text in (page.metadata.title, headline) if NOT_FOUND.search(text)), "")
    return f"it answers as if it were a page, but says “{said}”" if said else ""


def find_listing(page: BlockedPage) -> str:
    """Why a page is a list of other pages, by its address, its body's classes or its own word; "" if nothing says so."""
    parts = urlsplit(page.url)
    if LISTING_FOLDERS.search(parts.path) or (parts.path in {"", "/"} and SEARCH_PARAMETERS & set(parse_qs(parts.query))):
        return "its address is that of an archive, category, tag, author or search page"
    if any(LISTING_CLASSES.search(label) for block in page.blocks[:1] for label in block.dom_path[:2] if label.startswith("body")):
        return "the site marks it as an archive page"
    if LISTING_TYPES.search(page.metadata.page_type):
        return f"it calls itself a {page.metadata.page_type}"
    return ""


def _count_words(blocks: Iterable[Block]) -> int:
    return sum(len(block.text.split()) for block in blocks)


# --- lists of excerpts: what a page says is said by the pages that it links to --------------------------------------------------------


def find_excerpt_lists(articles: Mapping[str, Article], pages: Iterable[StrippedPage]) -> dict[str, str]:
    """Why some pages are lists, by URL: most of what they say is said by pages that they link to.

    A page that introduces a clinic's services in words of its own is none. Work and memory are linear in the number of pages: each is
    reduced once to a sample of its shingles (A. Broder, On the resemblance and containment of documents, 1997).
    """
    by_key = {_key(url): article for url, article in articles.items()}
    sample = cache(_sample_article)
    found: dict[str, str] = {}
    for page in pages:
        keys = dict.fromkeys(map(_key, _card_links(page)))
        targets = [by_key[key] for key in keys if key in by_key and by_key[key].url != page.url]
        share = _share_said_there(page, map(sample, targets)) if len(targets) >= MIN_CARDS else 0.0
        if share >= REPEATED_SHARE:
            found[page.url] = f"{share:.0%} of it stands on the {len(targets)} pages that it links to"
    return found


def _card_links(page: StrippedPage) -> Iterator[str]:
    """The addresses that a page offers in blocks that are mostly link."""
    for block in page.kept:
        if block.link_share >= CARD_LINK_SHARE:
            yield from (link.url for link in block.links)


def _key(url: str) -> str:
    """What two links to one page have in common; links between saved pages are no web addresses."""
    return address_key(url) if is_web_address(url) else url.partition("#")[0]


def _share_said_there(page: StrippedPage, samples: Iterable[frozenset[int]]) -> float:
    own = [shingle for block in page.kept for shingle in _sample_shingles(block.text)]
    said_there = frozenset[int]().union(*samples)
    return sum(shingle in said_there for shingle in own) / len(own) if own else 0.0


def _sample_article(article: Article) -> frozenset[int]:
    lines = (article.title, article.metadata.title, article.metadata.description, *article.text.split("\n"))
    return frozenset(shingle for line in lines for shingle in _sample_shingles(line))


def _sample_shingles(text: str) -> Iterator[int]:
    """Hashes of a fixed quarter of all shingles: the same ones on every page and in every run."""
    words = text.casefold().split()
    for start in range(max(1, len(words) - SHINGLE_WORDS + 1) if words else 0):
        shingle = crc32(" ".join(words[start : start + SHINGLE_WORDS]).encode("utf-8", "replace"))
        if shingle % SAMPLED_OF == 0:
            yield shingle
