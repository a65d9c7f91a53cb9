"""What a visitor may be about to type: titles, headings and questions of the site, found by the beginnings of their words."""

from collections import Counter
from collections.abc import Iterable, Sequence

from index.lexical import fold, split_words
from ingest.schema import Passage

LONGEST = 90
"""Characters of a suggestion; a longer heading is a sentence, not a question someone would pick."""
QUESTION_BONUS, TITLE_BONUS = 1, 2


class Suggestions:
    """An index for completion; the same prefix always gives the same list."""

    def __init__(self, passages: Iterable[Passage], hidden: frozenset[str] = frozenset()) -> None:
        weights: Counter[str] = Counter()
        for passage in passages:
            if passage.url not in hidden:
                weights[passage.title] = max(weights[passage.title], TITLE_BONUS)
                weights.update({heading: 1 + QUESTION_BONUS * heading.endswith("?") for heading in passage.heading_path})
        texts = sorted((text for text in weights if text and len(text) <= LONGEST), key=lambda text: (-weights[text], len(text), text))
        self._entries = [(text, fold(text), split_words(text)) for text in texts]

    def complete(self, prefix: str, k: int) -> list[str]:
        """At most k texts in which every word typed begins a word, those that begin as typed first."""
        typed, whole = split_words(prefix), fold(prefix).strip()
        if not typed:
            return []
        found = {folded: text for text, folded, words in self._entries if _continues(words, typed)}
        return sorted(found.values(), key=lambda text: not fold(text).startswith(whole))[:k]


def _continues(words: Sequence[str], typed: Sequence[str]) -> bool:
    return all(word in words for word in typed[:-1]) and any(word.startswith(typed[-1]) for word in words)
