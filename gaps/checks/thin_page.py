"""Pages that hardly say anything."""

import re
from collections.abc import Iterator

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


def check(context: CheckContext) -> Iterator[Gap]:
    """A page has fewer words of its own than the clinic's limit (`thin_words`, 120 if it sets none).

    Pages that are short by nature (contact, booking, staff, legal) and the front page are not reported.
    """
    for article in context.site.articles:
        words = len(article.text.split())
        if words < context.settings.thin_words and not _is_short_by_nature(article):
            yield Gap(
                severity="warning",
                subject="length",
                place=article.url,
                reason=f"The page has {words} words of its own; fewer than {context.settings.thin_words} rarely answer a question.",
                evidence=shorten(article.text),
                advice="Write the page, merge it into a fuller one, or take it out of the menu.",
                pages=(article.url,),
            )


def _is_short_by_nature(article: Article) -> bool:
    path = re.sub(r"^[a-z]+:/+[^/]*", "", article.url)
    folders = [part for part in path.split("/") if part]
    return not folders or _SHORT_BY_NATURE.search(path.replace("-", " ").replace("_", " ")) is not None or _is_person(article)


def _is_person(article: Article) -> bool:
    """Whether the page is that of a member of staff: its title ends in letters of qualification ("Maren Oduya, LMFT")."""
    return re.search(r",\s(?:[A-Z][A-Za-z.]*[A-Z.][\w.]*)", article.title) is not None or "/team/" in article.url
