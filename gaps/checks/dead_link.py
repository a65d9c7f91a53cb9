"""Links within the site that lead nowhere."""

from collections.abc import Iterator

from gaps.context import CheckContext
from gaps.link_targets import LinkedPage, is_complete, is_dead, linked_pages, place_of_link
from gaps.repeated_blocks import on_pages
from gaps.schema import Gap


def check(context: CheckContext) -> Iterator[Gap]:
    """A link leads to a page of the site that does not exist.

    Reported where the crawl got an error for the page, or where the crawl holds nearly everything that the site links to and does not hold
    this page. Entries of the menu have a check of their own.
    """
    complete = is_complete(context)
    in_menu = context.menu_keys
    for target in linked_pages(context):
        if target.key not in in_menu and (complete or target.key in context.ledger) and is_dead(context, target.key):
            yield _describe(context, target)


def _describe(context: CheckContext, target: LinkedPage) -> Gap:
    page, href = target.links[0]
    entry = context.ledger.get(target.key)
    why = f"leads to no page ({entry.reason or entry.outcome})" if entry else "leads to a page that the crawl did not find"
    return Gap(
        severity="error" if entry else "warning",
        subject=target.url,
        place=place_of_link(page, href),
        reason=f"The link to {target.url} {why}; it stands {on_pages(list(target.pages))}.",
        evidence=href,
        advice="Point the link at the page that took its place, or take it out.",
        pages=target.pages,
        site_wide=True,
    )
