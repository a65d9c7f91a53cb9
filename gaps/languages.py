"""Which language a text is written in, told by its function words."""

import re
from functools import cache

from bm25s.stopwords import (
    STOPWORDS_EN_PLUS,
    STOPWORDS_FRENCH,
    STOPWORDS_GERMAN,
    STOPWORDS_ITALIAN,
    STOPWORDS_PORTUGUESE,
    STOPWORDS_SPANISH,
)

_WORD = re.compile(r"[^\W\d_]+")
ENOUGH_WORDS = 12
"""Below this many function words a text is too short to tell by."""
CLEAR_MARGIN = 1.5
"""The first language must have half as many function words again as the second: neighbours share some."""


@cache
def _function_words() -> dict[str, frozenset[str]]:
    lists = {
        "en": STOPWORDS_EN_PLUS,
        "es": STOPWORDS_SPANISH,
        "fr": STOPWORDS_FRENCH,
        "de": STOPWORDS_GERMAN,
        "it": STOPWORDS_ITALIAN,
        "pt": STOPWORDS_PORTUGUESE,
    }
    return {language: frozenset(words) for language, words in lists.items()}


def detect_language(text: str) -> str:
    """The language of a text as two letters (en, es, fr, de, it, pt); "" where it is too short or too mixed to tell."""
    words = [word.lower() for word in _WORD.findall(text)]
    counts = {language: sum(word in known for word in words) for language, known in _function_words().items()}
    first, second = sorted(counts, key=lambda language: -counts[language])[:2]
    clear = counts[first] >= ENOUGH_WORDS and counts[first] >= CLEAR_MARGIN * counts[second]
    return first if clear else ""


def language_of(text: str, *, declared: str) -> str:
    """What the text reads like; if that is unclear what the page declares; English if it declares nothing."""
    return detect_language(text) or base_language(declared) or "en"


def base_language(tag: str) -> str:
    """The language of a tag of BCP 47 without script and region: `es` of `es-MX`."""
    return tag.replace("_", "-").partition("-")[0].lower()
