"""Pages that say exactly what another page says."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from ingest.crawling.web_addresses import address_key, is_web_address
from ingest.schema import Article


def article_digest(article: Article) -> str:
    """A hash of what a visitor reads on a page: equal for two addresses of one article, changed with its first changed word."""
    words = " ".join(f"{article.title}\n{article.text}".split())
    return sha256(words.encode()).hexdigest()


def find_duplicates(articles: Iterable[Article]) -> dict[str, str]:
    """The URL of the page to keep, by the URL of each page that repeats it.

    Two pages are duplicates if title and text are the same, so that pages for forty cities stay forty pages. Of such pages the one with
    the shortest address is kept, in whatever order a crawl found them. A page that names another one as its canonical address (RFC 6596)
    is its duplicate if both have the same title: sites that name their front page on every page would lose all others.
    """
    articles = list(articles)
    canonical = _find_canonical(articles)
    same: dict[str, list[Article]] = {}
    for article in articles:
        if article.url not in canonical:
            same.setdefault(article_digest(article), []).append(article)
    for group in same.values():
        kept = min(group, key=lambda article: (len(article.url), article.url))
        canonical.update({article.url: kept.url for article in group if article is not kept})
    return canonical


def _find_canonical(articles: Sequence[Article]) -> dict[str, str]:
    """The canonical page by the URL of each page that names one with its own title; of two that name each other one stays."""
    by_key = {_key(article.url): article for article in articles}
    found: dict[str, str] = {}
    for article in articles:
        named = by_key.get(_key(article.metadata.canonical_url))
        if named and named is not article and named.title == article.title and named.url not in found:
            found[article.url] = named.url
    return found


def _key(url: str) -> str:
    return address_key(url) if is_web_address(url) else url
