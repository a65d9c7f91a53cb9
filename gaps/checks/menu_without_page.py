"""Menu entries that lead nowhere."""

from collections.abc import Iterator

from gaps.addresses import address_key, host_of, is_file
from gaps.context import CheckContext
from gaps.link_targets import is_complete
from gaps.schema import Gap
from ingest.schema import MenuEntry

COMPLETE_MENU = 0.5
"""If fewer entries than this have a page in the crawl, pages are missing from the crawl, not from the site."""


def check(context: CheckContext) -> Iterator[Gap]:
    """An entry of the site's menus has no page behind it: the site promises something that it does not hold."""
    internal = {entry.url: entry for entry in context.site.menu if _is_internal(context, entry)}
    with_page = [_has_page(context, entry) for entry in internal.values()]
    complete = is_complete(context) and sum(with_page) >= COMPLETE_MENU * len(with_page)
    for entry in internal.values():
        known = context.ledger.get(address_key(entry.url))
        if not _has_page(context, entry) and (known or complete):
            yield _describe(context, entry)


def _is_internal(context: CheckContext, entry: MenuEntry) -> bool:
    return bool(entry.url) and host_of(entry.url) in context.hosts and not is_file(entry.url)


def _has_page(context: CheckContext, entry: MenuEntry) -> bool:
    """Whether there is a page, indexed or not: a listing, a redirect and a page left out on purpose are pages too."""
    key = address_key(entry.url)
    known = context.ledger.get(key)
    return entry.has_page or key in context.pages or (known is not None and known.outcome not in ("gone", "soft_404", "error"))


def _describe(context: CheckContext, entry: MenuEntry) -> Gap:
    shown_on = dict.fromkeys(page.url for page, _ in context.links_to.get(address_key(entry.url), ()))
    label = " > ".join(entry.path)
    return Gap(
        severity="error",
        subject=label,
        place=entry.url,
        reason=f"The menu entry “{label}” has no page: {entry.url}.",
        evidence=label,
        advice="Write the page, or take the entry out of the menu.",
        pages=tuple(shown_on) or (entry.url,),
        site_wide=True,
    )
