"""Texts made into vectors at build: each at most once, in batches, with its progress told."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from index.contents import text_key
from index.late_interaction import PassageTokens, keep_tokens
from index.schema import Embedder, FloatMatrix, FloatVector, TokenEmbedder

EMBEDDED_AT_ONCE = 256
"""Texts between two reports of progress."""

Report = Callable[[str, int, int], None]
"""Told what is going on: the step, how much of it is done, how much there is."""


def silent(_step: str, _done: int, _total: int) -> None:
    """The report of a caller who does not want to know."""


def embed_texts(texts: Sequence[str], embedder: Embedder, *, known: Mapping[str, FloatVector], report: Report) -> FloatMatrix:
    """Vectors of the texts, shape (len(texts), dimension); a text that is known, or stands twice, is embedded at most once."""
    vectors = dict(known)
    new = sorted({text for text in texts if text_key(text) not in vectors}, key=len)
    for start in range(0, len(new), EMBEDDED_AT_ONCE):
        report("embedding", start, len(new))
        batch = new[start : start + EMBEDDED_AT_ONCE]
        vectors.update(zip(map(text_key, batch), embedder.embed_passages(batch), strict=True))
    report("embedding", len(new), len(new))
    return np.stack([vectors[text_key(text)] for text in texts])


def read_passages(
    texts: Sequence[str], embedder: Embedder, *, known: Mapping[str, PassageTokens], report: Report
) -> tuple[list[PassageTokens], dict[str, FloatVector]]:
    """The tokens of each text, and the vectors of the texts that were read for them, by key; neither if the embedder knows no tokens."""
    if not isinstance(embedder, TokenEmbedder):
        return [], {}
    tokens, vectors = dict(known), dict[str, FloatVector]()
    new = sorted({text for text in texts if text_key(text) not in tokens}, key=len)
    for start in range(0, len(new), EMBEDDED_AT_ONCE):
        report("reading passages", start, len(new))
        batch = new[start : start + EMBEDDED_AT_ONCE]
        for text, read in zip(batch, embedder.read_passages(batch), strict=True):
            tokens[text_key(text)], vectors[text_key(text)] = keep_tokens(read), read.whole
    report("reading passages", len(new), len(new))
    return [tokens[text_key(text)] for text in texts], vectors
