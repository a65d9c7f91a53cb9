"""Headings with nothing under them."""

from collections.abc import Iterator
from itertools import pairwise

from gaps.context import CheckContext
from gaps.places import place_url, shorten
from gaps.schema import Gap
from ingest.schema import Block, StrippedPage


def check(context: CheckContext) -> Iterator[Gap]:
    """A heading is followed by the next heading of its own level or a higher one, or by the end of the page: nothing stands under it.

    A heading over a picture, a video, a form or a row of cards is not empty, nor is one whose text the site's template took: see the Strip
    Report.
    """
    for _, page in context.documents:
        yield from (_describe(page, heading) for heading in _empty_headings(page))


def _empty_headings(page: StrippedPage) -> Iterator[Block]:
    stripped_beside = {stripped.block.ancestors[-1] for stripped in page.stripped if stripped.block.ancestors}
    for block, following in pairwise([*page.kept, None]):
        ends = following is None or (0 < following.level <= block.level) if block else False
        if not block or block.level <= 1 or not ends or block.media_follows or _holds(block, following):
            continue
        if not stripped_beside.intersection(block.ancestors[-1:]):
            yield block


def _holds(heading: Block, following: Block | None) -> bool:
    """Whether the next heading stands deeper in the heading's own container: cards under a headline, whatever their level."""
    around = heading.ancestors[:-1]
    return following is not None and len(following.ancestors) > len(heading.ancestors) and following.ancestors[: len(around)] == around


def _describe(page: StrippedPage, heading: Block) -> Gap:
    return Gap(
        severity="warning",
        subject=shorten(heading.text, 80),
        place=place_url(page.url, heading.anchor),
        reason="Nothing stands under this heading.",
        evidence=heading.text,
        advice="Write the section, or take the heading out.",
        pages=(page.url,),
    )
