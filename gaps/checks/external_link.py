"""Links to other sites that lead nowhere."""

from collections import defaultdict
from collections.abc import Iterator

from gaps.addresses import doi_url, host_of
from gaps.context import CheckContext
from gaps.places import shorten, words_place
from gaps.repeated_blocks import on_pages
from gaps.schema import Gap, Reached
from ingest.schema import Article


def check(context: CheckContext) -> Iterator[Gap]:
    """A link or reference leads to a page of another site that is gone, or that has moved for good.

    Looked at only when the network is asked for (`clinic-search gaps --network`); a run without it keeps what the last one found. A page
    that is shown to people and not to programs (403, a challenge) is not called dead.
    """
    if context.reached is None:
        return
    found: dict[str, list[tuple[Article, str]]] = defaultdict(list)
    for article in context.site.articles:
        for url, words in outward_links(context, article):
            found[url].append((article, words))
    for url, places in found.items():
        reached = context.reached.get(url)
        if reached and reached.fate in ("dead", "moved"):
            yield _describe(url, reached, places)


def outward_links(context: CheckContext, article: Article) -> Iterator[tuple[str, str]]:
    """The addresses of other sites that an article links to or cites, each with the words that it stands behind."""
    links = [(link.url, link.text) for link in article.links]
    cited = [(doi_url(reference.doi) if reference.doi else reference.url, reference.text) for reference in article.references]
    for url, words in dict([*links, *cited]).items():
        if url.startswith(("https://", "http://")) and host_of(url) not in context.hosts:
            yield url, words


def _describe(url: str, reached: Reached, places: list[tuple[Article, str]]) -> Gap:
    article, words = places[0]
    pages = list(dict.fromkeys(place.url for place, _ in places))
    dead = reached.fate == "dead"
    what = f"leads nowhere ({reached.said})" if dead else f"has moved to {reached.url}"
    return Gap(
        severity="warning" if dead else "notice",
        subject=url,
        place=words_place(article.url, words) if words.strip() else article.url,
        reason=f"The link to {url} {what}; it stands {on_pages(pages)}.",
        evidence=shorten(words),
        advice="Find the page that took its place, or take the link out." if dead else "Write the new address.",
        pages=tuple(pages),
        site_wide=True,
    )
