"""What a site is about, in its own words: the topics of its menus, titles and headings."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from gaps.context import CheckContext
from index.lexical import find_terms

Kind = Literal["condition", "therapy", "service"]
KINDS: tuple[Kind, ...] = ("therapy", "service", "condition")
LONGEST_LABEL = 6
"""Words: longer headings are sentences, not topics."""
MOST_TOPICS = 60
"""Rows that a person can still read; with a dozen questions each they take a searcher a few seconds."""
PAGES_OF_A_HEADING = 2
"""Pages that must speak of a heading's topic: "Runway Anxiety" on one page is a turn of phrase."""
_GENERIC = frozenset(
    find_terms("therapy therapies counselling counseling psychological services service program programs programme disorder disorders")
)
"""Terms that name no topic when they stand alone: the heading of a menu."""
_PHRASE = re.compile(
    r"(?i)\d|\b(?:what|who|how|why|when|i|is|are|can|do|does|need|help|helps|treat\w*|our|my|you|we|us|with|about|after|during|beyond|severe|vs|versus|of|for|in|"
    r"to|as|from|prevent\w*|signs?|symptoms?|causes?|types?|living|managing|manage|understanding|addressing|processing|common|reduc\w*|decreased|"
    r"improve\w*|eliminates?|affording|wondering|master|talking)\b"
)
"""Words that make a phrase of a label: a name has none of them."""
_SEVERAL = re.compile(r"[,?/&]|\b(?:and|or)\b", re.IGNORECASE)
"""A title or heading that names two topics, or asks, is the name of none."""


@dataclass(frozen=True, slots=True)
class QuestionType:
    """A question that people ask of every topic of some kinds; `ask` holds its wording for each, with `{topic}` in it.

    `said` is a pattern of the words of which a text that answers it has some; empty where any text about the topic may.
    """

    name: str
    weight: int
    sources: tuple[str, ...]
    ask: dict[Kind, str]
    said: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A condition, therapy or service that the site names; `url` is its page, "" if it has none."""

    name: str
    kind: Kind
    url: str = ""


@cache
def question_types() -> tuple[QuestionType, ...]:
    """The built-in inventory of what people ask, with its sources: `gaps/inventory.toml`."""
    return tuple(
        QuestionType(
            one["name"], one["weight"], tuple(_inventory()["sources"][source] for source in one["sources"]), one["ask"], one["said"]
        )
        for one in _inventory()["questions"]
    )


def find_topics(context: CheckContext) -> list[Topic]:
    """The topics of a site, each once, at most sixty: those of its menus, then those of titles, then those of headings.

    Of titles and headings those count that most pages speak of; a heading's needs two. A site without menus still has the other two.
    """
    found = _Topics()
    for label, url in _menu_labels(context):
        found.add(label, url)
    texts = [f"{article.title}\n{article.text}".lower() for article in context.english_articles]
    for labels, fewest in ((_title_labels(context), 1), (_heading_labels(context), PAGES_OF_A_HEADING)):
        mentions = {(label, url): sum(label.lower() in text for text in texts) for label, url in labels if core_of(label)}
        for label, url in sorted(mentions, key=lambda one: -mentions[one]):
            if mentions[label, url] >= fewest:
                found.add(label, url)
    return found.topics[:MOST_TOPICS]


class _Topics:
    """Topics as they are found: one of each name and of each page, the first name winning unless it is letters only ("DBT")."""

    def __init__(self) -> None:
        self.topics: list[Topic] = []
        self._at: dict[object, int] = {}

    def add(self, label: str, url: str) -> None:
        """Takes the topic that a label names, if it names one that is not there yet."""
        name, kind = core_of(label), kind_of(label)
        terms = frozenset(find_terms(name))
        if not kind or not terms or terms <= _GENERIC or terms in self._at:
            return
        if url and url in self._at:
            known = self.topics[self._at[url]]
            self._at[terms] = self._at[url]
            if known.name.isupper() and not name.isupper():
                self.topics[self._at[url]] = Topic(name, known.kind, url)
            return
        self._at[terms] = len(self.topics)
        if url:
            self._at[url] = len(self.topics)
        self.topics.append(Topic(name, kind, url))


def core_of(label: str) -> str:
    """What a label is about, without what follows: "Anxiety Therapy" of "Anxiety Therapy in Ajax", "" if it is a phrase and no name."""
    words = re.sub(r"^[^\w]+", "", _shorten(label))
    ends = [found.end() for kind in KINDS for found in re.finditer(_inventory()["kinds"][kind], words)]
    core = words[: max(ends)].strip() if ends else ""
    return "" if _PHRASE.search(core) or len(core.split()) > LONGEST_LABEL else core


def kind_of(label: str) -> Kind | None:
    """What kind of topic a label names, or None if it names none."""
    patterns = _inventory()["kinds"]
    return next((kind for kind in KINDS if re.search(patterns[kind], label)), None)


@cache
def _inventory() -> dict:  # type: ignore[type-arg]
    return tomllib.loads(files("gaps").joinpath("inventory.toml").read_text("utf-8"))


def _menu_labels(context: CheckContext) -> Iterator[tuple[str, str]]:
    return ((entry.path[-1], entry.url) for entry in context.site.menu)


def _title_labels(context: CheckContext) -> list[tuple[str, str]]:
    """Titles, without what follows a colon or dash, and without those that name two things or ask."""
    labels = ((re.split(r"[:|–—]|\s-\s", article.title)[0].strip(), article.url) for article in context.english_articles)
    return [(label, url) for label, url in labels if not _SEVERAL.search(label)]


def _heading_labels(context: CheckContext) -> list[tuple[str, str]]:
    """Headings that are a condition and nothing else: "Post-Traumatic Stress Disorder (PTSD)"."""
    headings = {
        _shorten(section.heading_path[-1]): None
        for article in context.english_articles
        for section in article.sections
        if section.heading_path
    }
    return [(one, "") for one in headings if kind_of(one) == "condition" and core_of(one) == one and not _SEVERAL.search(one)]


def _shorten(label: str) -> str:
    """The label without what stands in brackets: "Post-Traumatic Stress Disorder"."""
    return " ".join(re.sub(r"\([^)]*\)", " ", label).split())
