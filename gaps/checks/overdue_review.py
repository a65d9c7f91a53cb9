"""Pages that nobody has looked at for too long."""

from collections.abc import Iterator
from datetime import date

from gaps.context import CheckContext
from gaps.schema import Gap
from ingest.schema import Article


def check(context: CheckContext) -> Iterator[Gap]:
    """A page was last reviewed longer ago than the clinic's review cycle (`review_months`, 36 if it sets none).

    Where a page names no day of review, the day of its last change counts, else that of its publication. A page without any date is not
    reported. A review planned on the page itself ("next review") is not read.
    """
    for article in context.site.articles:
        looked_at = last_looked_at(article)
        if looked_at and is_overdue(looked_at, context.today, context.settings.review_months):
            yield _describe(article, looked_at, context)


def last_looked_at(article: Article) -> date | None:
    """The day of the last review of a page, else of its last change, else of its publication; None if it gives no date."""
    metadata = article.metadata
    return metadata.reviewed_on or metadata.modified_on or metadata.published_on


def is_overdue(looked_at: date, today: date, months: int) -> bool:
    """Whether more than so many months lie between the two days; the same day of the month is still in time."""
    passed = (today.year - looked_at.year) * 12 + today.month - looked_at.month
    return (passed, today.day) > (months, looked_at.day)


def _describe(article: Article, looked_at: date, context: CheckContext) -> Gap:
    kind = "reviewed" if article.metadata.reviewed_on else "changed" if article.metadata.modified_on else "published"
    return Gap(
        severity="warning",
        subject="review",
        place=article.url,
        reason=f"Last {kind} on {looked_at.isoformat()}; the clinic reviews every {context.settings.review_months} months.",
        evidence=article.title,
        advice="Have it reviewed by a clinician and write the new day on the page.",
        pages=(article.url,),
    )
