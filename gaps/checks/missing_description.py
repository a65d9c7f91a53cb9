"""Pages without a description."""

from collections.abc import Iterator

from gaps.context import CheckContext
from gaps.places import shorten
from gaps.schema import Gap


def check(context: CheckContext) -> Iterator[Gap]:
    """A page has no description: search engines print whatever words they find in its place.

    If no page of the site has one it is reported once, for the whole site.
    """
    without = [article for article, _ in context.documents if not article.metadata.description.strip()]
    if len(without) > 1 and len(without) == len(context.documents):
        yield _gap("the whole site", tuple(article.url for article in without), "No page of the site has a description.", "")
    else:
        for article in without:
            yield _gap("description", (article.url,), "The page has no description.", article.title)


def _gap(subject: str, pages: tuple[str, ...], reason: str, evidence: str) -> Gap:
    return Gap(
        severity="notice",
        subject=subject,
        place=pages[0],
        reason=reason,
        evidence=shorten(evidence),
        advice="Write one sentence, up to 155 characters, that says what the page answers.",
        pages=pages,
        site_wide=len(pages) > 1,
    )
