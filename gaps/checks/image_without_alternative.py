"""Pictures that say nothing to people who cannot see them."""

import re
from collections import defaultdict
from collections.abc import Iterator

from gaps.context import CheckContext
from gaps.repeated_blocks import on_pages
from gaps.schema import Gap
from ingest.schema import Image

_FILE_NAME = re.compile(
    r"[\w.()%+ -]*\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?)|(?:IMG|DSC|DSCN|PXL|Screenshot|image|photo|picture|untitled)[\s_-]?\d*",
    re.IGNORECASE,
)
"""What a camera or an upload form writes in place of words."""


_TRACKER = re.compile(r"facebook\.com/tr\b|doubleclick|google-analytics|bat\.bing|/pixel\b|linkedin\.com/px|/collect\?", re.IGNORECASE)
"""Pictures of one point that count visitors show nothing."""


def check(context: CheckContext) -> Iterator[Gap]:
    """A picture has no alternative text, or only the name of its file (WCAG 2.2, 1.1.1).

    A picture that is marked as decoration (`alt=""`) is in order. A picture of the template is reported once.
    """
    found: dict[Image, list[str]] = defaultdict(list)
    for page in context.site.stripped_pages:
        for image in dict.fromkeys(page.images):
            if _TRACKER.search(image.url):
                continue
            if image.alt is None or _FILE_NAME.fullmatch(image.alt.strip()):
                found[image].append(page.url)
    return (_describe(image, pages) for image, pages in found.items())


def _describe(image: Image, pages: list[str]) -> Gap:
    name = image.url.partition("?")[0].rstrip("/").rpartition("/")[2][:80] or "a picture"
    said = "no alternative text" if image.alt is None else f"only the file name “{image.alt}” as alternative text"
    return Gap(
        severity="warning",
        subject=name,
        place=pages[0],
        reason=f"The picture {name} has {said}, {on_pages(pages)}.",
        evidence=image.url[:200],
        advice='Say in a few words what it shows; write alt="" if it only decorates.',
        pages=tuple(pages),
        site_wide=True,
    )
