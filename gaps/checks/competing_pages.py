"""Pages that want to answer the same question."""

import re
from collections import defaultdict
from collections.abc import Iterator

from gaps.context import CheckContext
from gaps.places import place_url, shorten
from gaps.question_words import FRAMING, GENERIC
from gaps.schema import Gap
from index.lexical import find_terms
from ingest.schema import Article

_QUESTION = re.compile(
    r"(?:what|how|why|when|where|who|which|is|are|can|could|do|does|will|would|should|am|qué|cómo|cuánto|cuándo|quién|por qué)\b.*\?\s*$",
    re.IGNORECASE,
)
SPECIFIC_TERMS = 2


def check(context: CheckContext) -> Iterator[Gap]:
    """Two pages have the same subject in their titles, or answer the same question under a heading of the same words.

    The search, and every reader, has to choose between them. Pages that are copies of each other are reported as copies.
    """
    copies = [{article.url for article in group} for group in context.copies]
    for subject, places in [*_by_title(context).items(), *_by_question(context).items()]:
        pages = tuple(dict.fromkeys(article.url for article, _ in places))
        if len(pages) > 1 and not any(set(pages) <= group for group in copies):
            yield _describe(subject, places, pages)


_Places = list[tuple[Article, str]]
"""Articles, each with the address at which it answers."""


def _by_title(context: CheckContext) -> dict[str, _Places]:
    """Articles by what their titles are about, framing left out."""
    own_name = frozenset(term for article in context.site.articles for term in find_terms(article.metadata.site_name))
    found: dict[frozenset[str], _Places] = defaultdict(list)
    for article in context.site.articles:
        terms = frozenset(find_terms(article.title)) - FRAMING
        if terms and not terms <= own_name:
            found[terms | {context.language(article) + ":"}].append((article, article.url))
    return {f"title “{shorten(places[0][0].title, 60)}”": places for places in found.values()}


def _by_question(context: CheckContext) -> dict[str, _Places]:
    """Articles by the questions that their headings ask, where the question names what it is about."""
    found: dict[frozenset[str], _Places] = defaultdict(list)
    asked: dict[frozenset[str], str] = {}
    for article in context.site.articles:
        for section in article.sections:
            heading = section.heading_path[-1] if section.heading_path else ""
            terms = frozenset(find_terms(heading)) - FRAMING
            if _QUESTION.match(heading) and len(terms - GENERIC) >= SPECIFIC_TERMS:
                found[terms].append((article, place_url(article.url, section.anchor)))
                asked.setdefault(terms, heading)
    return {f"question “{shorten(asked[terms], 80)}”": places for terms, places in found.items()}


def _describe(subject: str, places: _Places, pages: tuple[str, ...]) -> Gap:
    titles = "; ".join(f"“{shorten(title, 60)}”" for title in dict.fromkeys(article.title for article, _ in places[:6]))
    return Gap(
        severity="notice",
        subject=subject,
        place=places[0][1],
        reason=f"{len(pages)} pages answer the same: {titles}",
        evidence="; ".join(place for _, place in places[:6]),
        advice="Let one page answer it and the others link there, or make plain in the titles how they differ.",
        pages=pages,
        site_wide=True,
    )
