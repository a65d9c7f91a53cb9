"""Dates of a page's own past that lie in the future."""

from collections.abc import Iterator

from gaps.context import CheckContext
from gaps.schema import Gap


def check(context: CheckContext) -> Iterator[Gap]:
    """A page says that it was reviewed, changed or published on a day that has not come yet."""
    for article in context.site.articles:
        metadata = article.metadata
        days = (("reviewed", metadata.reviewed_on), ("changed", metadata.modified_on), ("published", metadata.published_on))
        for what, day in days:
            if day and day > context.today:
                yield Gap(
                    severity="warning",
                    subject=f"{what} in the future",
                    place=article.url,
                    reason=f"The page says that it was {what} on {day.isoformat()}, which has not come yet.",
                    evidence=article.title,
                    advice="Correct the date.",
                    pages=(article.url,),
                )
