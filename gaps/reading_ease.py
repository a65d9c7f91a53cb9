"""How many years of school a text asks for."""

import re
from collections.abc import Iterable
from functools import lru_cache

import syllapy

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def reading_grade(sentences: Iterable[str]) -> float:
    """The US school grade of English sentences (Kincaid 1975, https://apps.dtic.mil/sti/citations/ADA006655); 0.0 for no words."""
    counted = [words for sentence in sentences if (words := _WORD.findall(sentence))]
    words = [word for sentence in counted for word in sentence]
    if not words:
        return 0.0
    syllables = sum(count_syllables(word.lower()) for word in words)
    return 0.39 * len(words) / len(counted) + 11.8 * syllables / len(words) - 15.59


@lru_cache(maxsize=65_536)
def count_syllables(word: str) -> int:
    """The syllables of an English word, one at least (https://github.com/mholtzscher/syllapy: a word list, and rules for other words)."""
    return max(1, int(syllapy.count(word.replace("’", "'"))))
