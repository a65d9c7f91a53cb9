"""How long the editors' checks take on a large site."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from evaluation.gaps import CORPUS_DAY
from gaps.checks import check_names, run_check
from gaps.context import CheckContext
from ingest.articles import assemble_article
from ingest.pipeline import ingest_site
from ingest.schema import Block, Site, StrippedPage

PAGES = 3_000
NEW_WORD_EVERY = 5
"""Every fifth word of a copy is its own, so that copies are pages of their own and not duplicates."""


def measure_gap_speed(path: Path, *, pages: int = PAGES, detail: bool = False) -> Mapping[str, Any]:
    """Seconds, by the clock and of the processor, that all checks take on a site made from the saved pages of a folder.

    `detail` adds the seconds of each check.
    """
    context = CheckContext(_grow(ingest_site([str(path)]), pages), CORPUS_DAY)
    seconds: dict[str, float] = {}
    cpu = process_time()
    for name in check_names():
        start = perf_counter()
        list(run_check(name, context))
        seconds[name] = perf_counter() - start
    figures: dict[str, Any] = {"pages": len(context.site.articles), "seconds": sum(seconds.values()), "cpu_seconds": process_time() - cpu}
    return figures | ({"seconds_per_check": seconds} if detail else {})


def _grow(site: Site, pages: int) -> Site:
    known = {article.url for article in site.articles}
    originals = [page for page in site.stripped_pages if page.url in known]
    grown = [_copy(originals[at % len(originals)], at // len(originals)) for at in range(pages)]
    return Site(tuple(map(assemble_article, grown)), tuple(grown), site.menu, ())


def _copy(page: StrippedPage, number: int) -> StrippedPage:
    if number == 0:
        return page
    kept = tuple(_vary(block, number) for block in page.kept)
    return replace(page, url=f"{page.url.rstrip('/')}-{number}/", kept=kept)


def _vary(block: Block, number: int) -> Block:
    words = block.text.split(" ")
    varied = (f"{word}{chr(97 + number % 26)}" if at % NEW_WORD_EVERY == 2 and word.isalpha() else word for at, word in enumerate(words))
    return replace(block, text=" ".join(varied), links=(), superscripts=())
