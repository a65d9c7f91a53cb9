"""Which words two texts have in common, in runs: what a reader who compares them side by side wants marked."""

import re
from collections.abc import Iterator

from index.lexical import fold
from index.twins import SHINGLE

_WORD = re.compile(r"\w+(?:['’-]\w+)*")


def mark_shared(text: str, other: str) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is a run of four or more words that the other text holds too; together they are the text."""
    runs = set(_runs([fold(word.group()) for word in _WORD.finditer(other)]))
    words = list(_WORD.finditer(text))
    folded = [fold(word.group()) for word in words]
    shared = {place + step for place, run in enumerate(_runs(folded)) if run in runs for step in range(SHINGLE)}
    return list(_split(text, [(word.start(), word.end()) for word in words], shared))


def _runs(words: list[str]) -> list[tuple[str, ...]]:
    return [tuple(words[start : start + SHINGLE]) for start in range(len(words) - SHINGLE + 1)]


def _split(text: str, spans: list[tuple[int, int]], shared: set[int]) -> Iterator[tuple[str, bool]]:
    position = 0
    for place, (start, _) in enumerate(spans):
        if place in shared and place - 1 not in shared:
            last = next(at for at in range(place, len(spans)) if at + 1 not in shared)
            yield text[position:start], False
            yield text[start : spans[last][1]], True
            position = spans[last][1]
    yield text[position:], False
