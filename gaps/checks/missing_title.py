"""Pages without a title, and pages that share one."""

from collections import defaultdict
from collections.abc import Iterator

from gaps.context import CheckContext
from gaps.places import shorten
from gaps.schema import Gap


def check(context: CheckContext) -> Iterator[Gap]:
    """A page has no title (the name of the browser's tab and the first line in every search engine), or the same title as another page."""
    sharing: dict[str, list[str]] = defaultdict(list)
    for article, _ in context.documents:
        own = article.metadata.document_title
        if not (article.metadata.title if own is None else own).strip():
            yield _gap("no title", (article.url,), "The page has no title.", article.title)
        else:
            sharing[article.metadata.title.strip()].append(article.url)
    for title, urls in sharing.items():
        if len(urls) > 1:
            yield _gap(f"title “{shorten(title, 60)}”", tuple(urls), f"{len(urls)} pages have this title.", title)


def _gap(subject: str, pages: tuple[str, ...], reason: str, evidence: str) -> Gap:
    return Gap(
        severity="warning",
        subject=subject,
        place=pages[0],
        reason=reason,
        evidence=shorten(evidence),
        advice="Write a title that says what this page, and no other, is about.",
        pages=pages,
        site_wide=len(pages) > 1,
    )
