"""Pages that say nothing of a review where their siblings do."""

from collections import defaultdict
from collections.abc import Iterator

from gaps.context import CheckContext
from gaps.schema import Gap
from ingest.schema import Article

MOSTLY = 0.7
"""Where at least this share of a section's pages names a day of review, the clinic reviews that section."""
FEW_SIBLINGS = 4
"""A section with fewer pages shows no custom."""


def check(context: CheckContext) -> Iterator[Gap]:
    """A page names no day of review, while most pages of its section do."""
    sections: dict[str, list[Article]] = defaultdict(list)
    for article in context.site.articles:
        sections[article.site_section].append(article)
    for section, articles in sections.items():
        without = [article for article in articles if article.metadata.reviewed_on is None]
        reviewed = len(articles) - len(without)
        if len(articles) >= FEW_SIBLINGS and reviewed >= MOSTLY * len(articles):
            yield from (_describe(article, section, reviewed, len(articles)) for article in without)


def _describe(article: Article, section: str, reviewed: int, total: int) -> Gap:
    return Gap(
        severity="warning",
        subject="no review",
        place=article.url,
        reason=f"The page names no day of review; {reviewed} of the {total} pages of “{section or 'the top level'}” do.",
        evidence=article.title,
        advice="Have it reviewed by a clinician and write the day and the name on the page.",
        pages=(article.url,),
    )
