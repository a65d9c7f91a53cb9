"""What a generation holds, read and written in one place."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from index.late_interaction import LateInteraction, PassageTokens
from index.lexical import LexicalIndex
from index.schema import FloatMatrix, Store
from index.stores import store_module
from index.vocabulary import SiteWords
from ingest.schema import Passage
from ingest.site_files import read_nouns, write_nouns


@dataclass(frozen=True, slots=True)
class Contents:
    """The parts of a generation that answer queries.

    `rows` says of each vector whose it is (`owners`) and if of a window (`is_window`), of each passage on which page it stands (`pages`).
    """

    passages: list[Passage]
    rows: Mapping[str, NDArray[np.int64]]
    store: Store
    lexical: LexicalIndex
    page_lexical: LexicalIndex
    words: SiteWords
    tokens: LateInteraction
    """Empty where the embedder knows no tokens."""
    leaders: list[int]
    """For each article the number of the first one that says nearly the same."""


_WORDS = TypeAdapter(SiteWords)


def write_contents(contents: Contents, folder: Path) -> None:
    """Writes all parts into a folder."""
    write_nouns(folder / "passages.jsonl", contents.passages)
    np.savez(folder / "rows.npz", **contents.rows)  # type: ignore[arg-type]  # numpy's stub takes the names for its own options
    (folder / "store").mkdir()
    contents.store.save(folder / "store")
    contents.lexical.save(folder / "lexical")
    contents.page_lexical.save(folder / "page_lexical")
    contents.tokens.save(folder)
    (folder / "vocabulary.json").write_bytes(_WORDS.dump_json(contents.words))
    (folder / "twins.json").write_text(json.dumps(contents.leaders), "utf-8")


def read_contents(folder: Path, store: str) -> Contents:
    """The parts that `write_contents` wrote."""
    with np.load(folder / "rows.npz") as rows:
        return Contents(
            passages=read_nouns(folder / "passages.jsonl", Passage),
            rows=dict(rows),
            store=store_module(store).load(folder / "store"),
            lexical=LexicalIndex.load(folder / "lexical"),
            page_lexical=LexicalIndex.load(folder / "page_lexical"),
            words=_WORDS.validate_json((folder / "vocabulary.json").read_bytes()),
            tokens=LateInteraction.load(folder),
            leaders=json.loads((folder / "twins.json").read_text("utf-8")),
        )


def read_tokens(folder: Path) -> dict[str, PassageTokens]:
    """The tokens of each passage of a generation by the key of the text that was read for them."""
    tokens = LateInteraction.load(folder)
    passages = read_nouns(folder / "passages.jsonl", Passage) if len(tokens) else []
    return {text_key(passage.embedding_text): tokens.passage(row) for row, passage in enumerate(passages)}


def text_key(text: str) -> str:
    """The name of a text in the cache of vectors."""
    return sha256(text.encode()).hexdigest()[:32]


def write_cache(folder: Path, texts: Sequence[str], vectors: FloatMatrix) -> None:
    """Writes the vector of every text, each once, so that the next build need not embed it again."""
    first = {text_key(text): row for row, text in reversed(list(enumerate(texts)))}
    np.save(folder / "cache_keys.npy", np.array(list(first)))
    np.save(folder / "cache_vectors.npy", vectors[list(first.values())])


def read_cache(folder: Path) -> dict[str, FloatMatrix]:
    """Vectors by their text's key, as `write_cache` wrote them."""
    return dict(zip(np.load(folder / "cache_keys.npy").tolist(), np.load(folder / "cache_vectors.npy"), strict=True))
