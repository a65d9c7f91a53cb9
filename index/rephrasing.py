"""Sentences that a language model made of quotes: those that say no more than a quote says are kept, every other one is dropped.

A sentence is kept if each of its words that mean something stands in one quote, it denies and limits exactly as often as the sentences of
that quote do that it takes them from, and it keeps their order where the order is the meaning ("better than"). That is strict on purpose:
an honest sentence lost costs nothing, since the quotes are shown in any case; an invented one could cost much.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.lexical import STOP_WORDS, fold, split_words, stem
from ingest.sentences import split_sentences

LONGEST_SENTENCE = 400
MOST_SENTENCES = 3
FREE_WORDS = frozenset(
    "i we you he she us our ours your yours its his her them who whom whose which what when where while how also too very so as has have "
    "had having do does did been being were am about here both each".split()
)
"""Words that a sentence may add: they carry no fact. Words such as may, can, must, only, all and every are not among them."""
DENIALS = frozenset(
    "no not never none nobody nothing neither nor without cannot cant dont doesnt didnt isnt arent wasnt werent wont wouldnt shouldnt "
    "couldnt hasnt havent hadnt mustnt unlikely rarely seldom hardly stop avoid".split()
)
LIMITS = frozenset(
    "only may might can could must should all every always some most many few often sometimes usually if unless until except".split()
)
"""Words that make a statement weaker or stronger."""
_ORDERED = re.compile(r"\b(?:than|versus|vs|against|before|after|because|caus\w+|leads?|led|instead|rather|unlike|from)\b", re.IGNORECASE)
"""Where one of these stands, words must keep their order: "A is better than B" has the words of its opposite."""
_FORBIDDEN = re.compile(r"https?:|www\.|[<>{}\[\]|`*_#@]|\n")
"""Links, markup and addresses: a rephrased sentence is plain prose."""


@dataclass(frozen=True, slots=True)
class Rephrased:
    """A sentence in other words, and the number of the quote (from 0) that holds all it says."""

    text: str
    quote: int


def align_sentences(output: str, quotes: Sequence[str]) -> tuple[Rephrased, ...]:
    """The sentences of a model's output that a quote supports, in order, at most `MOST_SENTENCES`; often none."""
    supported = (_align(output[start:end], quotes) for start, end in split_sentences(output[: LONGEST_SENTENCE * 10]))
    return tuple(sentence for sentence in supported if sentence)[:MOST_SENTENCES]


def _align(sentence: str, quotes: Sequence[str]) -> Rephrased | None:
    if len(sentence) > LONGEST_SENTENCE or _FORBIDDEN.search(sentence) or sentence.endswith("?"):
        return None
    number = next((number for number, quote in enumerate(quotes) if is_supported(sentence, quote)), None)
    return None if number is None else Rephrased(sentence, number)


def is_supported(sentence: str, quote: str) -> bool:
    """Whether a quote, or up to three sentences of it in a row, says all that a sentence says."""
    said = _facts(sentence)
    if len(said) < 2:
        return False
    return any(_is_held(sentence, said, source) for source in _sources(quote))


def _sources(quote: str) -> Iterator[str]:
    """The runs of up to three sentences of a quote, short ones first: what a sentence takes over should stand close together."""
    spans = split_sentences(quote)
    for length in range(1, min(MOST_SENTENCES, len(spans)) + 1):
        for first in range(len(spans) - length + 1):
            yield quote[spans[first][0] : spans[first + length - 1][1]]


def _is_held(sentence: str, said: Sequence[str], source: str) -> bool:
    held = _facts(source)
    if Counter(said) - Counter(held):
        return False
    if _marked(sentence, DENIALS) != _marked(source, DENIALS) or _marked(sentence, LIMITS) != _marked(source, LIMITS):
        return False
    return not _ORDERED.search(source) or _is_subsequence(said, held)


def _facts(text: str) -> list[str]:
    """The stems of the words that mean something, numbers included, in order."""
    return [stem(word) for word in _words(text) if word not in STOP_WORDS and word not in FREE_WORDS]


def _words(text: str) -> list[str]:
    return split_words(text.replace("%", " percent "))


def _marked(text: str, words: frozenset[str]) -> Counter[str]:
    return Counter(word for word in map(fold, _words(text)) if word in words)


def _is_subsequence(part: Sequence[str], whole: Sequence[str]) -> bool:
    rest = iter(whole)
    return all(word in rest for word in part)
