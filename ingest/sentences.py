"""Where one sentence ends and the next begins."""

from sentencex import segment

DEFAULT_LANGUAGE = "en"


def split_sentences(text: str, language: str = DEFAULT_LANGUAGE) -> list[tuple[int, int]]:
    """Spans of the sentences of a text, in order, without the white space around them; together they hold every visible character.

    Boundaries are those of `sentencex` (https://github.com/wikimedia/sentencex), which knows the abbreviations of many languages. A
    closing quotation mark or bracket that it would leave at the head of the next sentence stays with the sentence that it closes.
    """
    spans: list[tuple[int, int]] = []
    position = 0
    for piece in segment((language or DEFAULT_LANGUAGE).split("-")[0], text):
        start = text.index(piece, position) if piece else position
        position = start + len(piece)
        spans.extend(_trim(text, start, position))
    return spans


def _trim(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The span without surrounding white space, or nothing if only white space is left."""
    visible = text[start:end].strip()
    if not visible:
        return []
    start = text.index(visible, start)
    return [(start, start + len(visible))]
