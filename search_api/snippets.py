"""Passages as the page shows them: long ones clipped around the words that were asked for, never a word changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search_api.schema import PassageOut

Span = tuple[int, int]

CLIP_CHARACTERS = 320
"""A clip of about four lines on a desktop and seven on a phone."""
CLIP_FROM = 420
"""A passage up to this length is shown whole: hiding its last line would save nothing."""
BOUNDARY = 60
"""How far a clip's start moves to begin with a sentence rather than in the middle of one."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A part of a passage's text: `cut_before` and `cut_after` tell whether there is more on that side."""

    pieces: tuple[tuple[str, bool], ...]
    cut_before: bool = False
    cut_after: bool = False

    @property
    def is_clipped(self) -> bool:
        """Whether there is more to read than this."""
        return self.cut_before or self.cut_after


def whole_passage(passage: PassageOut) -> Snippet:
    """The whole text, in pieces each with whether it is one of the highlighted words."""
    return Snippet(tuple(_split(passage.text, passage.highlights, 0, len(passage.text))))


def clip_passage(passage: PassageOut) -> Snippet:
    """The part of the text that holds the most of the highlighted words; the whole text if it is short."""
    text = passage.text
    if len(text) <= CLIP_FROM:
        return whole_passage(passage)
    start, end = _clip_span(text, passage.highlights)
    pieces = tuple(_split(text, passage.highlights, start, end))
    return Snippet(pieces, cut_before=start > 0, cut_after=bool(text[end:].strip()))


def _split(text: str, highlights: Sequence[Span], start: int, end: int) -> Iterator[tuple[str, bool]]:
    position = start
    for left, right in highlights:
        if start <= left and right <= end:
            yield text[position:left], False
            yield text[left:right], True
            position = right
    yield text[position:end], False


def _clip_span(text: str, highlights: Sequence[Span]) -> Span:
    """From the start of the sentence (or word) before the window to the last whole sentence (or word) in it."""
    left = _window_start(highlights)
    start = _sentence_start(text, left)
    limit = start + CLIP_CHARACTERS
    if limit >= len(text):
        return start, len(text)
    return start, _clip_end(text, start, limit)


def _clip_end(text: str, start: int, limit: int) -> int:
    """The last end of a sentence in the later half of the clip, else of a word, else the limit itself."""
    middle = (start + limit) // 2
    sentence = max(text.rfind(mark, middle, limit) for mark in (". ", "? ", "! ", ".\n", "?\n", "!\n"))
    if sentence >= 0:
        return sentence + 1
    word = max(text.rfind(" ", start, limit), text.rfind("\n", start, limit))
    return word if word > start else limit


def _window_start(highlights: Sequence[Span]) -> int:
    """The highlighted word from which on a window holds the most different places; the first one of equals."""
    if not highlights or highlights[-1][1] <= CLIP_CHARACTERS:
        return 0
    reach = CLIP_CHARACTERS - 2 * BOUNDARY
    held = [(sum(1 for _, end in highlights if start <= end <= start + reach), -start) for start, _ in highlights]
    return -max(held)[1]


def _sentence_start(text: str, at: int) -> int:
    """The start of the sentence that holds this place if it is near, else of a word a little before it."""
    window = range(at, max(-1, at - 2 * BOUNDARY), -1)
    for place in window:
        if place == 0 or text[place - 1] == "\n" or text[max(0, place - 2) : place] in (". ", "? ", "! "):
            return place
    space = text.rfind(" ", max(0, at - 2 * BOUNDARY), at - BOUNDARY)
    return space + 1 if space >= 0 else at
