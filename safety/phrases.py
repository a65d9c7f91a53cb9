"""The phrase book: `phrases.toml` read into patterns. How a phrase is written is explained at the top of that file."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

Rule = Literal["idiom", "aside", "always", "own_words", "own_state", "own_past", "own_death", "harm_others", "another", "topic"]

GAP = r"(?:[^ ,]+ ){0,3}"
"""What `..` stands for: a subordinate phrase ("by his own") fits, a new clause does not."""
_ELEMENT = re.compile(r"\{\w+\}|!\(|[()\[\]|^$,#]|\.\.|[^ ()\[\]|^$,{}!]+")
_BRACKETS = {
    "(": "(?:",
    ")": ")",
    "[": "(?:",
    "]": ")?",
    "|": "|",
    "!(": "(?!",
    "..": GAP,
    "^": r"\A(?:, )?",
    "$": "(?=(?:, )*$)",
    ",": ", ",
}
_WORD = re.compile(r"[a-z]{2,}|i|a|y")


class PhraseError(ValueError):
    """A phrase that cannot be read; the message names it."""


@dataclass(frozen=True, slots=True)
class PhraseGroup:
    """Phrases that share a meaning: `rule` says what a match does, `pattern` finds them all in a text of words each followed by a space."""

    name: str
    rule: Rule
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class PhraseBook:
    """All that `phrases.toml` says. `context` are patterns of words that decide; `words` are all words that stand in any phrase."""

    groups: tuple[PhraseGroup, ...]
    context: Mapping[str, re.Pattern[str]]
    deniers: frozenset[str]
    between: frozenset[str]
    people: frozenset[str]
    fillers: re.Pattern[str]
    rewrites: Mapping[str, str]
    words: frozenset[str]
    guarded: frozenset[str]
    mended: tuple[str, ...]
    joined: frozenset[str]


@cache
def read_phrase_book() -> PhraseBook:
    """The bundled phrase book. Raises `PhraseError` for a phrase or rule that cannot be read."""
    return parse_phrase_book(files("safety").joinpath("phrases.toml").read_text("utf-8"))


def parse_phrase_book(text: str) -> PhraseBook:
    """The phrase book of a TOML text. Raises `PhraseError`."""
    book = tomllib.loads(text)
    lists, context = book["lists"], book["context"]
    spelled = {"deniers", "between"}
    return PhraseBook(
        groups=tuple(_read_group(group, lists) for group in book["group"]),
        context={name: compile_phrases(phrases, lists) for name, phrases in context.items() if name not in spelled},
        deniers=frozenset(context["deniers"]),
        between=frozenset(context["between"]),
        people=frozenset(lists["kin"]) | frozenset(lists["familia"]),
        fillers=compile_phrases(book["fillers"], {}),
        rewrites=book["rewrites"],
        words=frozenset(_words(book)),
        guarded=frozenset(book["guarded"]),
        mended=tuple(book["mended"]),
        joined=frozenset(book["joined"]),
    )


def compile_phrases(phrases: Iterable[str], lists: Mapping[str, list[str]]) -> re.Pattern[str]:
    """A pattern that finds any of the phrases at the beginning of a word. Raises `PhraseError`."""
    translated = {phrase: _translate(phrase, lists) for phrase in phrases}
    try:
        return re.compile("(?<![^ ])(?:" + "|".join(translated.values()) + ")")
    except re.error:
        for phrase, pattern in translated.items():
            _check_pattern(phrase, pattern)
        raise


def _read_group(group: Mapping[str, Any], lists: Mapping[str, list[str]]) -> PhraseGroup:
    if group["rule"] not in get_args(Rule):
        raise PhraseError(f"Group '{group['name']}' has the rule '{group['rule']}'; it should be one of {', '.join(get_args(Rule))}.")
    return PhraseGroup(group["name"], group["rule"], compile_phrases(group["phrases"], lists))


def _translate(phrase: str, lists: Mapping[str, list[str]]) -> str:
    return "".join(_translate_element(element, lists) for element in _ELEMENT.findall(phrase))


def _check_pattern(phrase: str, pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise PhraseError(f"The phrase '{phrase}' cannot be read ({error}); look for a bracket without its partner.") from error


def _translate_element(element: str, lists: Mapping[str, list[str]]) -> str:
    if element in _BRACKETS:
        return _BRACKETS[element]
    if element == "#":
        return r"\d+ "
    if element.startswith("{"):
        return "(?:" + "|".join(_translate(phrase, lists) for phrase in lists[element[1:-1]]) + ")"
    words = "|".join(re.escape(word).replace(r"\*", "[^ ]*") for word in element.split("/"))
    return f"(?:{words}) "


def _words(entry: object) -> Iterator[str]:
    if isinstance(entry, str):
        yield from (word for word in _WORD.findall(re.sub(r"[a-z0-9]+\*|\{\w+\}", " ", entry)))
    elif isinstance(entry, dict):
        for name, value in entry.items():
            yield from _words(list(value.values()) if name == "rewrites" else [] if name in ("rule", "name", "language") else value)
    elif isinstance(entry, list):
        for value in entry:
            yield from _words(value)
