"""Which of a site's pages a person in crisis sees first: those about prevention and help, before those that merely share words.

A banner alone is not what was associated with help-seeking where search engines studied it; pages about prevention were.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.schema import PageResult, SearchOutcome
from index.searcher import Searcher

HELP_QUESTIONS = ("suicide prevention and help in a crisis", "prevención del suicidio y ayuda en una crisis")
"""What is asked of the index beside the visitor's own words."""
MOST_HELP_PAGES = 3
"""So many pages about help come first: what fits under the panel on one screen."""
ABOUT_HELP = re.compile(
    r"\b(suicid\w*|self[- ]harm\w*|crisis|988|safety plan\w*|hotline|lifeline|emergenc\w*|autolesi\w*|plan de seguridad|línea de ayuda)\b",
    re.IGNORECASE,
)
"""What the title or a heading of such a page says."""


def put_help_first(own: SearchOutcome, help_pages: Sequence[PageResult], *, first: int, last: int) -> SearchOutcome:
    """The outcome with the pages about help before its own, ranks counted anew; of all these, those from place `first` to before `last`."""
    merged = list({page.url: page for page in (*help_pages, *own.results)}.values())
    ranked = tuple(replace(page, rank=rank) for rank, page in enumerate(merged, 1))
    return replace(own, results=ranked[first:last], total=max(own.total, len(merged)))


def find_help_pages(searcher: Searcher, language: str = "") -> list[PageResult]:
    """The site's pages about help in a crisis, the best first; only those in this language if one is asked for."""
    found = [page for question in HELP_QUESTIONS for page in searcher.search(question, language=language).results if is_about_help(page)]
    best = sorted(found, key=lambda page: -page.score)
    return list({page.url: page for page in best}.values())[:MOST_HELP_PAGES]


def is_about_help(page: PageResult) -> bool:
    """Whether a page's title, or the heading over its best passage, speaks of a crisis or of help in one."""
    places = (page.title, *page.hits[0].passage.heading_path)
    return any(ABOUT_HELP.search(place) for place in places)
