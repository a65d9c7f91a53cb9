"""Pages that hardly say anything."""

import re
from collections.abc import Iterator

from gaps.addresses import address_key, host_of
from gaps.context import CheckContext
from gaps.places import shorten
from gaps.schema import Gap
from ingest.schema import Article

_SHORT_BY_NATURE = re.compile(
    r"\b(?:contact\w*|contacto|home|index|book(?:ing)?|appointments?|schedule|thanks?|thank-you|login|search|team|staff|careers?|jobs?|privacy|terms|"
    r"sitemap|404|410|not-found|no-longer|subscribe|newsletter|forms?|gallery|location|directions|map|blog|resources|events|payments?)\b",
    re.IGNORECASE,
)
"""Words in the address or title of pages whose use is not to be read."""


LEADS_TO, MOSTLY_LINKS = 2, 0.5
"""A list of links is a page of its own kind."""


def check(context: CheckContext) -> Iterator[Gap]:
    """A page has fewer words of its own than the clinic's limit (`thin_words`, 120 if it sets none).

    Pages that are short by nature (contact, booking, staff, legal), lists of links and the front page are not reported.
    """
    for article in context.site.articles:
        words = len(article.text.split())
        if words < context.settings.thin_words and not _is_short_by_nature(article) and not _leads_on(context, article, words):
            yield Gap(
                severity="warning",
                subject="length",
                place=article.url,
                reason=f"The page has {words} words of its own; fewer than {context.settings.thin_words} rarely answer a question.",
                evidence=shorten(article.text),
                advice="Write the page, merge it into a fuller one, or take it out of the menu.",
                pages=(article.url,),
            )


def _leads_on(context: CheckContext, article: Article, words: int) -> bool:
    """Whether a page is there to lead to other pages: it links to two or more of the site in its text and has few words beside."""
    inside = {address_key(link.url) for link in article.links if host_of(link.url) in context.hosts} - {address_key(article.url)}
    linked = sum(len(link.text.split()) for link in article.links)
    return len(inside) >= LEADS_TO and linked >= MOSTLY_LINKS * words


def _is_short_by_nature(article: Article) -> bool:
    path = re.sub(r"^[a-z]+:/+[^/]*", "", article.url)
    folders = [part for part in path.split("/") if part]
    return not folders or _SHORT_BY_NATURE.search(path.replace("-", " ").replace("_", " ")) is not None or _is_person(article)


def _is_person(article: Article) -> bool:
    """Whether the page is that of a member of staff: its title ends in letters of qualification ("Maren Oduya, LMFT")."""
    return re.search(r",\s(?:[A-Z][A-Za-z.]*[A-Z.][\w.]*)", article.title) is not None or "/team/" in article.url
