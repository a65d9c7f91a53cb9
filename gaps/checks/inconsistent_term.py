"""One thing under several names."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from gaps.abbreviations import ABBREVIATION
from gaps.context import CheckContext
from gaps.places import place_of, shorten
from gaps.schema import Gap
from index.lexical import find_terms, stem
from ingest.schema import Article

_CARE = r"(?:psychotherapy|therapy|psychology|counsell?ing|treatment|training|intervention|analysis)"
_NAME = re.compile(rf"\b(?=([a-z]+(?:-[a-z]+)?)((?:[ -][a-z]+){{0,2}}?)[ ]({_CARE})\b)", re.IGNORECASE)
"""A therapy's name: what kind, at most two words between, a word for care."""
_TITLE_NAME = re.compile(r"\b(?=([a-z]+)((?:[ -][a-z]+){0,2}?)[ ](psychotherapy|therapy|counsell?ing)\b)", re.IGNORECASE)
_ADJECTIVE = re.compile(r"\w+(?:al|ic|ical|ive|istic)", re.IGNORECASE)
"""How a name of a kind of therapy begins: "interpersonal", "dialectical", "humanistic"."""
_COMMON = frozenset(
    """cognitive behavioral behavioural individual mental medical clinical professional psychological special specialized trauma-informed
    evidence-based personal additional effective general physical emotional social sexual marital educational practical initial traditional
    virtual digital specific public online residential relational psychotropic supportive integrative group-based need-based""".split()
)
"""Adjectives that many therapies share: "cognitive therapy" and "cognitive behavioral therapy" are two."""
_LINKS = frozenset("and or of for in to the a with is as are has can that which from vs versus by".split())
SEVERAL = 2
"""Other names besides that of the title: one is variety ("therapy", "counseling"), two are confusion."""


@dataclass(slots=True)
class _Names:
    """The names of one therapy and where each stands first."""

    counts: Counter[str] = field(default_factory=Counter)
    places: dict[str, tuple[Article, int]] = field(default_factory=dict)


def check(context: CheckContext) -> Iterator[Gap]:
    """The site calls a therapy that it has a page on by two or more other names, or gives one abbreviation two meanings.

    Readers, and searches, cannot know that "interpersonal therapy" and "interpersonal counseling" are one. English pages only.
    """
    yield from _many_names(context)
    yield from _many_meanings(context)


def _many_names(context: CheckContext) -> Iterator[Gap]:
    titled = {stem(modifier): (article, name) for article in context.english_articles for modifier, name in _title_names(article)}
    names: dict[str, _Names] = defaultdict(_Names)
    for article in context.english_articles:
        for found in _NAME.finditer(article.text):
            kind = _kind_of(found.group(1), titled)
            if kind and not _LINKS.intersection(found.group(2).lower().replace("-", " ").split()):
                name = " ".join(f"{found.group(1)}{found.group(2)} {found.group(3)}".lower().split())
                names[kind].counts[name] += 1
                names[kind].places.setdefault(name, (article, found.start()))
    for kind, used in names.items():
        others = [name for name in used.counts if not _same_name(name, titled[kind][1])]
        if len(others) >= SEVERAL:
            yield _describe_names(titled[kind][0], titled[kind][1], others, used)


def _title_names(article: Article) -> Iterator[tuple[str, str]]:
    """The kinds of therapy that a title names: what kind in one word, and the name as a whole."""
    for found in _TITLE_NAME.finditer(article.title):
        modifier = found.group(1).lower()
        if _ADJECTIVE.fullmatch(modifier) and modifier not in _COMMON:
            yield modifier, f"{modifier}{found.group(2)} {found.group(3)}".lower()


def _kind_of(modifier: str, titled: dict[str, tuple[Article, str]]) -> str:
    """The titled kind that a modifier means: its own stem, or one that differs in its ending only ("dialectic", "dialectical")."""
    own = stem(modifier.lower())
    return own if own in titled else next((kind for kind in titled if len(own) > 6 and kind.startswith(own)), "")


def _same_name(name: str, title: str) -> bool:
    """Whether two names differ in spelling only: "dialectical behaviour therapy", "dialectical behavioral therapy"."""

    def plain(text: str) -> list[str]:
        return [stem(term.replace("behaviour", "behavior")).removesuffix("al") for term in find_terms(text.replace("-", " "))]

    return plain(name)[: len(plain(title))] == plain(title)


def _describe_names(titled: Article, title: str, others: list[str], used: _Names) -> Gap:
    article, start = used.places[others[0]]
    listed = ", ".join(f"{name} ({used.counts[name]})" for name in sorted(others, key=lambda name: -used.counts[name]))
    return Gap(
        severity="notice",
        subject=title,
        place=place_of(article, start, start + len(others[0])),
        reason=f"What “{shorten(titled.title, 60)}” calls {title} has {len(others)} other names on the site: {listed}.",
        evidence=shorten("; ".join(f"{name}: {used.places[name][0].url}" for name in others)),
        advice=f"Say “{title}” everywhere, and mention the other names once, on its own page.",
        pages=tuple(dict.fromkeys((titled.url, *(used.places[name][0].url for name in others)))),
        site_wide=True,
    )


def _many_meanings(context: CheckContext) -> Iterator[Gap]:
    meanings: dict[str, dict[frozenset[str], list[tuple[Article, str]]]] = defaultdict(lambda: defaultdict(list))
    for article in context.english_articles:
        for definition in context.definitions[article.url]:
            if ABBREVIATION.search(definition.meaning) or not definition.is_plain:
                continue
            key = frozenset(term[:4] for term in find_terms(definition.meaning.replace("-", " ")))
            meanings[definition.letters][key].append((article, definition.meaning))
    for letters, found in meanings.items():
        if len(found) > 1:
            yield _describe_meanings(letters, [places[0] for places in found.values()])


def _describe_meanings(letters: str, places: list[tuple[Article, str]]) -> Gap:
    article, meaning = places[-1]
    start = max(0, article.text.find(meaning))
    listed = "; ".join(f"“{meaning}” ({article.title})" for article, meaning in places)
    return Gap(
        severity="notice",
        subject=letters,
        place=place_of(article, start, start + len(meaning)),
        reason=f"{letters} is spelled out in {len(places)} ways: {shorten('; '.join(meaning for _, meaning in places), 160)}.",
        evidence=shorten(listed),
        advice=f"Use one wording for {letters}; if it means two things, avoid the letters for one of them.",
        pages=tuple(dict.fromkeys(article.url for article, _ in places)),
        site_wide=True,
    )
