"""Pages that say the same."""

from collections.abc import Iterator

from gaps.context import CheckContext
from gaps.places import shorten
from gaps.schema import Gap
from ingest.schema import Article


def check(context: CheckContext) -> Iterator[Gap]:
    """Two or more pages are nearly identical: search engines and readers cannot tell which one is meant."""
    for articles in context.copies:
        yield Gap(
            severity="warning",
            subject=f"copies of “{shorten(articles[0].title, 60)}”",
            place=articles[0].url,
            reason=f"{len(articles)} pages are nearly the same as this one: {_list_titles(articles)}",
            evidence=shorten(articles[0].text),
            advice="Keep one and redirect the others to it, or write what is special about each.",
            pages=tuple(article.url for article in articles),
            site_wide=True,
        )


def _list_titles(articles: tuple[Article, ...]) -> str:
    shown = "; ".join(f"“{shorten(article.title, 60)}”" for article in articles[1:6])
    return shown + (f" and {len(articles) - 6} more." if len(articles) > 6 else ".")
