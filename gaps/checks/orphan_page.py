"""Pages that nothing leads to."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from gaps.context import CheckContext
from gaps.link_targets import is_complete
from gaps.schema import Gap


def check(context: CheckContext) -> Iterator[Gap]:
    """No other page and no menu links to this page: a visitor who does not search will never find it."""
    if not is_complete(context):
        return
    for key, article in context.articles.items():
        linked = any(page.url != article.url for page, _ in context.links_to.get(key, ()))
        if not linked and key not in context.menu_keys and urlsplit(article.url).path.strip("/") not in ("", "index.html"):
            yield Gap(
                severity="warning",
                subject="no way in",
                place=article.url,
                reason="No other page and no menu links to this page.",
                evidence=article.title,
                advice="Link to it from the page that it belongs to, or take it off the site.",
                pages=(article.url,),
            )
