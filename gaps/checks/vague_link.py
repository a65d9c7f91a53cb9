"""Links whose words do not say where they lead."""

import re
from collections import defaultdict
from collections.abc import Iterator

from gaps.context import CheckContext
from gaps.places import shorten, words_place
from gaps.schema import Gap
from ingest.schema import Article, Link

VAGUE = re.compile(
    r"\W*(?:(?:please )?click (?:here|this|this link|the link|to (?:read|learn) more)|here|this|link|go here|"
    r"this (?:link|page|site|website|article|post)|(?:haga )?clic aquí|aquí)\W*",
    re.IGNORECASE,
)
"""Words that mean nothing out of their sentence (WCAG 2.2, 2.4.4 and 2.4.9, failure F84). "Read more" on a card is left to its card."""


def check(context: CheckContext) -> Iterator[Gap]:
    """The words of a link ("click here", "this page") do not say where it leads.

    Screen readers list a page's links without the text around them. Reported once for a page.
    """
    found: dict[str, list[Link]] = defaultdict(list)
    articles: dict[str, Article] = {}
    for article in context.site.articles:
        for link in article.links:
            if VAGUE.fullmatch(link.text):
                articles[article.url] = article
                found[article.url].append(link)
    return (_describe(articles[url], links) for url, links in found.items())


def _describe(article: Article, links: list[Link]) -> Gap:
    link = links[0]
    more = f" ({len(links)} such links on the page)" if len(links) > 1 else ""
    around = article.text[max(0, link.start - 100) : link.end + 60]
    return Gap(
        severity="notice",
        subject=f"“{link.text.strip()}”",
        place=words_place(article.url, link.text),
        reason=f"The words “{link.text.strip()}” do not say that this link leads to {link.url}{more}.",
        evidence=shorten(around),
        advice="Make the words of the link the name of what it leads to.",
        pages=(article.url,),
    )
