"""What sentences say in numbers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bm25s.stopwords import STOPWORDS_EN_PLUS

from gaps.context import Claim
from index.lexical import split_words, stem

_SPELLED = {word: str(number) for number, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}
_SPELLED |= {"fifteen": "15", "sixteen": "16", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "ninety": "90"}
_ONE = rf"(?:\d[\d,]*(?:\.\d+)?|\b(?:{'|'.join(_SPELLED)})\b)"
_AMOUNT = re.compile(
    rf"(?P<currency>[$£€])?(?P<low>{_ONE})(?:\s?(?:-|–|—|to|or)\s?[$£€]?(?P<high>{_ONE}))?\s?-?\s?"
    r"(?P<unit>%|percent\b|(?:minute|min|hour|day|night|week|month|year|session|people|member)s?\b"
    r"(?:\s(?:a|per|each)\s(?:day|week|month|year|session)\b)?)?",
    re.IGNORECASE,
)
_STOP_WORDS = frozenset(STOPWORDS_EN_PLUS)
_LIMIT = re.compile(
    r"\b(?:from|every|up to|at (?:least|most)|(?:starts?|starting) (?:at|from)|(?:less|more) than|under|over|as (?:low|little|much) as)\s$",
    re.IGNORECASE,
)
"""A number after these words is a limit, not the amount itself."""
_BREAK = re.compile(r"[,;|)]|\b(?:and|or)\b")
WINDOW = 12
"""Content words before a number, from the one before of its unit on, and after it, up to the next comma, that say what it counts."""

NEAR = 4
"""Pairs next to a number that name what it counts: "an individual session costs"."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit: `value` as "8-12", `unit` in the singular, limits apart, `keys` the pairs of content words around it.

    `nearest` are the four pairs right before and the four right after the number.
    """

    value: str
    unit: str
    keys: frozenset[tuple[str, str]]
    nearest: frozenset[tuple[str, str]]


def find_amounts(claim: Claim) -> Iterator[Amount]:
    """The numbers of a sentence that have a unit, in order."""
    text = claim.text
    amounts = [found for found in _AMOUNT.finditer(text) if _unit(found)]
    for at, found in enumerate(amounts):
        unit = _unit(found)
        before = max((_first(_BREAK, text, other.end(), found.start()) for other in amounts[:at] if _unit(other) == unit), default=0)
        clause = text[before : found.start()].rpartition(";")[2]
        after = text[found.end() : _first(_BREAK, text, found.end(), len(text))]
        value = "-".join(_digits(part) for part in (found["low"], found["high"]) if part)
        limit = " at most or least" if _LIMIT.search(text[: found.start()]) else ""
        leading, following = [*_pairs(clause, from_end=True)], [*_pairs(after, from_end=False)]
        yield Amount(value, unit + limit, frozenset([*leading, *following]), frozenset([*leading[-NEAR:], *following[:NEAR]]))


def _first(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    """Where the first match between two places ends: there the words about one number end and those about the next begin."""
    found = pattern.search(text, start, end)
    return found.end() if found else end


def content_words(text: str) -> frozenset[str]:
    """The stems of a sentence's words, numbers and stop words left out."""
    return frozenset(_stems(text))


def _unit(found: re.Match[str]) -> str:
    """The unit of a number in the singular, "" if it has none."""
    counted, _, rate = re.sub(r"\s(?:per|each)\s", " a ", (found["unit"] or "").lower()).partition(" a ")
    counted = {"min": "minute"}.get(counted.removesuffix("s"), counted.removesuffix("s"))
    return found["currency"] or " a ".join(filter(None, (counted, rate)))


def _digits(number: str) -> str:
    return _SPELLED.get(number.lower(), number.replace(",", ""))


def _stems(text: str) -> list[str]:
    words = split_words(text)
    return [stem(word) for word in words if word not in _STOP_WORDS and word not in _SPELLED and not word[0].isdigit()]


def _pairs(text: str, *, from_end: bool) -> Iterator[tuple[str, str]]:
    """The pairs of neighbouring content words nearest to the number that the text leads up to, or follows."""
    stems = _stems(text)
    return pairwise(stems[-WINDOW:] if from_end else stems[:WINDOW])
