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


@dataclass(frozen=True, slots=True)
class QuestionType:
    """A question that people ask of every topic of some kinds; `ask` holds its wording for each, with `{topic}` in it."""

    name: str
    weight: int
    sources: tuple[str, ...]
    ask: dict[Kind, str]


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
        QuestionType(one["name"], one["weight"], tuple(_inventory()["sources"][source] for source in one["sources"]), one["ask"])
        for one in _inventory()["questions"]
    )


def find_topics(context: CheckContext) -> list[Topic]:
    """The topics of a site, each once: menus first, then titles, then headings; a site without menus still has the other two."""
    found: dict[frozenset[str], Topic] = {}
    for label, url in [*_menu_labels(context), *_title_labels(context), *_heading_labels(context)]:
        kind = kind_of(label)
        terms = frozenset(find_terms(_shorten(label)))
        if kind and terms and terms not in found:
            found[terms] = Topic(_shorten(label), kind, url)
    return list(found.values())


def kind_of(label: str) -> Kind | None:
    """What kind of topic a label names, or None if it names none."""
    patterns = _inventory()["kinds"]
    return next((kind for kind in KINDS if re.search(patterns[kind], label)), None)


@cache
def _inventory() -> dict:  # type: ignore[type-arg]
    return tomllib.loads(files("gaps").joinpath("inventory.toml").read_text("utf-8"))


def _menu_labels(context: CheckContext) -> Iterator[tuple[str, str]]:
    return ((entry.path[-1], entry.url) for entry in context.site.menu)


def _title_labels(context: CheckContext) -> Iterator[tuple[str, str]]:
    for article in context.english_articles:
        label = re.split(r"[:|?–—]", article.title)[0]
        if len(label.split()) <= LONGEST_LABEL and "?" not in article.title:
            yield label, article.url


def _heading_labels(context: CheckContext) -> Iterator[tuple[str, str]]:
    """Headings that are a condition and nothing else: "Post-Traumatic Stress Disorder (PTSD)"."""
    for article in context.english_articles:
        for section in article.sections:
            heading = _shorten(section.heading_path[-1]) if section.heading_path else ""
            words = heading.split()
            if 0 < len(words) <= LONGEST_LABEL and kind_of(heading) == "condition" and _is_name(heading):
                yield heading, ""


def _is_name(heading: str) -> bool:
    """Whether a heading is a name, not a phrase: it ends in what makes it a condition and holds no verb or question word."""
    ends = re.search(rf"(?:{_inventory()['kinds']['condition'][4:]})\W*$", heading, re.IGNORECASE)
    phrase = re.search(
        r"(?i)\b(?:what|how|why|when|is|are|can|do|does|help|helps|treat\w*|your|our|my|you|we|with|about|vs|versus|of|for|in|to|as|prevent\w*|signs?|"
        r"symptoms?|causes?|types?|living|managing|understanding|common|reduce\w*|decreased|improve\w*)\b",
        heading,
    )
    return ends is not None and phrase is None


def _shorten(label: str) -> str:
    """The label without what stands in brackets: "Post-Traumatic Stress Disorder"."""
    return " ".join(re.sub(r"\([^)]*\)", " ", label).split())
