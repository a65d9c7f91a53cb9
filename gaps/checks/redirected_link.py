"""Links that take a detour."""

from collections.abc import Iterator

from gaps.context import CheckContext
from gaps.link_targets import LinkedPage, linked_pages, place_of_link
from gaps.repeated_blocks import on_pages
from gaps.schema import Gap
from ingest.schema import LedgerEntry


def check(context: CheckContext) -> Iterator[Gap]:
    """A link leads to an address that only sends the reader on to another one.

    It works today and breaks when the redirect is cleared away.
    """
    for target in linked_pages(context):
        entry = context.ledger.get(target.key)
        if entry and entry.outcome == "redirect" and target.key not in context.articles:
            yield _describe(target, entry)


def _describe(target: LinkedPage, entry: LedgerEntry) -> Gap:
    page, href = target.links[0]
    return Gap(
        severity="notice",
        subject=target.url,
        place=place_of_link(page, href),
        reason=f"The link to {target.url} is redirected ({entry.reason or 'sent on'}); it stands {on_pages(list(target.pages))}.",
        evidence=href,
        advice="Link to the page itself.",
        pages=target.pages,
        site_wide=True,
    )
