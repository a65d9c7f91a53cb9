"""Builds an index generation from a site: passages, vectors at two granularities, words."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

import numpy as np

from index.errors import EmptySite, SearchIndexError
from index.generations import Manifest, current_generation, new_generation, verify_generation, write_manifest
from index.lexical import LexicalIndex, passage_terms
from index.schema import Embedder, FloatMatrix
from index.stores import DEFAULT_STORE, store_module
from ingest.durable_files import file_digests
from ingest.passages import split_passages, split_windows
from ingest.schema import Article, Passage, Site
from ingest.site_files import write_nouns, write_site

WINDOW_WORDS = 90
"""Words of a window: a question is about one thing, a passage of 190 words often about two (nDCG@10 .831 without, .861 with windows)."""
EMBEDDED_AT_ONCE = 256
"""Texts between two reports of progress."""

Report = Callable[[str, int, int], None]
"""Told what is going on: the step, how much of it is done, how much there is."""


def silent(_step: str, _done: int, _total: int) -> None:
    """The report of a caller who does not want to know."""


@dataclass(frozen=True, slots=True)
class SplitSite:
    """All passages of a site and the texts that get vectors: `texts[row]` is a window of, or the whole of, passage `owners[row]`."""

    passages: list[Passage]
    texts: list[str]
    owners: list[int]
    is_window: list[bool]


def build_index(
    site: Site,
    root: Path,
    *,
    embedder: Embedder,
    store: str = DEFAULT_STORE,
    created_on: date,
    extra_files: Mapping[str, bytes] | None = None,
    report: Report = silent,
) -> Path:
    """The folder of the new generation, which answers from now on. Texts whose vectors the last generation holds are not embedded again.

    Raises:
        EmptySite: no article has any text.
        SearchIndexError: another build is running.
    """
    split = split_site(site.articles, embedder)
    if not split.passages:
        raise EmptySite("The site has no text to index; look at the ledger for what became of its pages.")
    engine = store_module(store)
    with new_generation(root) as folder:
        vectors = embed_texts(split.texts, embedder, known=known_vectors(root, embedder), report=report)
        report("writing the index", 0, 1)
        write_site(site, folder / "site")
        write_nouns(folder / "passages.jsonl", split.passages)
        (folder / "store").mkdir()
        engine.build(vectors).save(folder / "store")
        write_vectors(folder, split, vectors)
        LexicalIndex.build([passage_terms(passage) for passage in split.passages]).save(folder / "lexical")
        for name, content in (extra_files or {}).items():
            (folder / name).write_bytes(content)
        write_manifest(folder, describe_index(site, folder, split, embedder, store=store, created_on=created_on))
        report("writing the index", 1, 1)
    return current_generation(root)


def split_site(articles: Sequence[Article], embedder: Embedder) -> SplitSite:
    """The passages of all articles, each once, and their windows."""
    split = SplitSite([], [], [], [])
    seen: set[str] = set()
    for article in articles:
        for passage in split_passages(article, count_tokens=embedder.count_tokens, max_tokens=embedder.max_tokens):
            if passage.passage_id not in seen:
                seen.add(passage.passage_id)
                _add_passage(split, article, passage)
    return split


def _add_passage(split: SplitSite, article: Article, passage: Passage) -> None:
    owner = len(split.passages)
    split.passages.append(passage)
    for text, is_window in (*((window, True) for window in window_texts(article, passage)), (passage.embedding_text, False)):
        split.texts.append(text)
        split.owners.append(owner)
        split.is_window.append(is_window)


def window_texts(article: Article, passage: Passage) -> Iterator[str]:
    """What the model reads of each window of a passage: title, headings and about 90 words. A short passage is its own window."""
    sentences = [one for section in article.sections for one in section.sentences if passage.start <= one.start and one.end <= passage.end]
    spans = split_windows(article.text, [(one.start, one.end) for one in sentences], words=WINDOW_WORDS)
    header = passage.embedding_text.removesuffix(passage.text)
    if len(spans) < 2:
        yield passage.embedding_text
        return
    for start, end in spans:
        yield header + article.text[start:end]


def embed_texts(texts: Sequence[str], embedder: Embedder, *, known: Mapping[str, FloatMatrix], report: Report) -> FloatMatrix:
    """Vectors of the texts, shape (len(texts), dimension); a text that is known, or stands twice, is embedded at most once."""
    vectors = dict(known)
    new = sorted({text for text in texts if text_key(text) not in vectors}, key=len)
    for start in range(0, len(new), EMBEDDED_AT_ONCE):
        report("embedding", start, len(new))
        batch = new[start : start + EMBEDDED_AT_ONCE]
        vectors.update(zip(map(text_key, batch), embedder.embed_passages(batch), strict=True))
    report("embedding", len(new), len(new))
    return np.stack([vectors[text_key(text)] for text in texts])


def text_key(text: str) -> str:
    """The name of a text in the cache of vectors."""
    return sha256(text.encode()).hexdigest()[:32]


def known_vectors(root: Path, embedder: Embedder) -> dict[str, FloatMatrix]:
    """Vectors that the current generation holds, by their text's key; none if it is damaged or of another model."""
    try:
        folder = current_generation(root)
        if verify_generation(folder).model_digest != embedder.digest:
            return {}
    except SearchIndexError:
        return {}
    with np.load(folder / "rows.npz") as rows:
        return dict(zip(rows["keys"].tolist(), np.load(folder / "vectors.npy"), strict=True))


def write_vectors(folder: Path, split: SplitSite, vectors: FloatMatrix) -> None:
    """Writes the vectors and what each row of them is."""
    np.save(folder / "vectors.npy", vectors)
    keys = np.array([text_key(text) for text in split.texts])
    np.savez(folder / "rows.npz", keys=keys, owners=np.array(split.owners, np.int64), is_window=np.array(split.is_window))


def describe_index(site: Site, folder: Path, split: SplitSite, embedder: Embedder, *, store: str, created_on: date) -> Manifest:
    """The manifest of a generation whose files are written."""
    corpus = file_digests(folder / "site")
    return Manifest(
        embedder=embedder.name,
        model_digest=embedder.digest,
        dimension=embedder.dimension,
        store=store,
        created_on=created_on,
        corpus_digest=sha256(repr(sorted(corpus.values())).encode()).hexdigest(),
        articles=len(site.articles),
        passages=len(split.passages),
    )
