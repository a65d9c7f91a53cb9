"""Links to a place within a page that is not there."""

import re
from collections import defaultdict
from collections.abc import Iterator

from gaps.addresses import address_key, fragment_of, host_of
from gaps.context import CheckContext, page_hrefs
from gaps.link_targets import place_of_link
from gaps.repeated_blocks import on_pages
from gaps.schema import Gap
from ingest.schema import StrippedPage

_NOT_A_PLACE = re.compile(
    r"top|main|content|[!/?].*|.*[=&:~].*|elementor-.*|popup.*|modal.*|.*-popup|.*-modal|open-.*|menu|nav.*", re.IGNORECASE
)
"""`#top` leads to the top of every page (WHATWG HTML, 7.4.6.4); the others are read by scripts."""


def check(context: CheckContext) -> Iterator[Gap]:
    """A link leads to an anchor (`#costs`) that its page does not have: the reader lands at the top and has to search."""
    found: dict[str, list[tuple[StrippedPage, str]]] = defaultdict(list)
    for page in context.site.stripped_pages:
        for href in page_hrefs(page):
            if "#" in href and _is_dead(context, href):
                found[f"{address_key(href)}#{fragment_of(href)}"].append((page, href))
    return (_describe(links) for links in found.values())


def _is_dead(context: CheckContext, href: str) -> bool:
    fragment = fragment_of(href)
    if not fragment or _NOT_A_PLACE.fullmatch(fragment) or host_of(href) not in context.hosts:
        return False
    key = address_key(href)
    anchors = context.anchors.get(key)
    return bool(anchors) and fragment not in (anchors or ())


def _describe(links: list[tuple[StrippedPage, str]]) -> Gap:
    page, href = links[0]
    pages = tuple(dict.fromkeys(page.url for page, _ in links))
    return Gap(
        severity="warning",
        subject=href,
        place=place_of_link(page, href),
        reason=f"The link to {href} names an anchor that the page does not have; it stands {on_pages(list(pages))}.",
        evidence=href,
        advice="Give the section this id, or link to the page as a whole.",
        pages=pages,
        site_wide=True,
    )
