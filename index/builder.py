"""Builds an index generation from a site: passages, vectors at two granularities, words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import numpy as np

from index.answer_calibration import place_answer_bar
from index.calibration import Calibration, calibrate
from index.contents import Contents, read_cache, read_tokens, write_cache, write_contents
from index.embedding import Report, embed_texts, read_passages, silent
from index.errors import EmptySite, SearchIndexError
from index.forgotten_pages import read_forgotten, without_pages, write_forgotten
from index.fusion import FusionWeights
from index.generations import Manifest, current_generation, new_generation, verify_generation, write_manifest
from index.late_interaction import LateInteraction, PassageTokens
from index.lexical import LexicalIndex
from index.ranker import Ranker
from index.schema import Embedder, FloatMatrix, FloatVector, TokenEmbedder
from index.searcher import Searcher
from index.sentence_vectors import save_sentence_vectors, sentence_texts
from index.stores import DEFAULT_STORE, store_module
from index.twins import find_twins
from index.vocabulary import Vocabulary, learn_words
from ingest.durable_files import file_digests
from ingest.passages import sentences_from, split_passages, split_windows
from ingest.schema import Article, Passage, Site
from ingest.site_files import write_site

WINDOW_WORDS = 90
"""Words of a window: a question is about one thing, a passage of 190 words often about two (nDCG@10 .831 without, .861 with windows)."""


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
    for_answers: bool = True,
    report: Report = silent,
) -> Path:
    """The folder of the new generation, which answers from now on. Texts whose vectors the last generation holds are not embedded again.

    Pages that the last generation was told to forget are left out.

    `for_answers=False` leaves out the vectors of single sentences: such an index finds, and cannot quote.

    Raises:
        EmptySite: no article has any text.
        SearchIndexError: another build is running.
    """
    forgotten = forgotten_pages(root)
    site = without_pages(site, forgotten)
    split = split_site(site.articles, embedder)
    if not split.passages:
        raise EmptySite("The site has no text to index; look at the ledger for what became of its pages.")
    with new_generation(root) as folder:
        sentences = sentence_texts(site.articles) if for_answers else []
        texts = [*split.texts, *sentences]
        known, known_tokens = read_last(root, embedder)
        tokens, read = read_passages([one.embedding_text for one in split.passages], embedder, known=known_tokens, report=report)
        all_vectors = embed_texts(texts, embedder, known=known | read, report=report)
        vectors = all_vectors[: len(split.texts)]
        contents = assemble_contents(site.articles, split, vectors, tokens, store=store, report=report)
        report("writing the index", 0, 1)
        write_site(site, folder / "site")
        write_contents(contents, folder)
        if for_answers:
            save_sentence_vectors(all_vectors[len(split.texts) :], folder)
        write_cache(folder, texts, all_vectors)
        write_forgotten(forgotten, folder)
        for name, content in (extra_files or {}).items():
            (folder / name).write_bytes(content)
        report("calibrating", 0, 1)
        manifest = describe_index(site, folder, split, embedder, store=store, created_on=created_on)
        manifest = replace(manifest, calibration=calibrate_contents(site.articles, contents, manifest.weights, embedder))
        if for_answers:
            bar = place_answer_bar(Searcher(folder, manifest, contents, site.articles, embedder))
            manifest = replace(manifest, answer_bar=bar)
        write_manifest(folder, manifest)
        report("writing the index", 1, 1)
    return current_generation(root)


def assemble_contents(
    articles: Sequence[Article],
    split: SplitSite,
    vectors: FloatMatrix,
    tokens: Sequence[PassageTokens],
    *,
    store: str,
    report: Report,
) -> Contents:
    """Everything that answers queries, from the passages, the vectors of their texts and their tokens."""
    report("learning the site's words", 0, 1)
    numbers, pages = join_pages(split.passages)
    rows = {"owners": split.owners, "is_window": split.is_window, "pages": numbers}
    return Contents(
        passages=split.passages,
        rows={name: np.array(values, np.int64) for name, values in rows.items()},
        store=store_module(store).build(vectors),
        lexical=LexicalIndex.build(split.passages),
        page_lexical=LexicalIndex.build(pages),
        words=learn_words(articles, split.passages),
        tokens=LateInteraction.build(tokens),
        leaders=find_twins([article.text for article in articles]),
    )


def join_pages(passages: Sequence[Passage]) -> tuple[list[int], list[Passage]]:
    """For each passage the number of its page, and each page as one passage with all headings and texts."""
    pages: dict[str, list[Passage]] = {}
    for passage in passages:
        pages.setdefault(passage.url, []).append(passage)
    numbers = {url: number for number, url in enumerate(pages)}
    return [numbers[passage.url] for passage in passages], [_join(page) for page in pages.values()]


def _join(passages: Sequence[Passage]) -> Passage:
    headings = dict.fromkeys(heading for passage in passages for heading in passage.heading_path)
    return replace(passages[0], heading_path=tuple(headings), text="\n".join(passage.text for passage in passages))


def calibrate_contents(articles: Sequence[Article], contents: Contents, weights: FusionWeights, embedder: Embedder) -> Calibration:
    """How sure a search in these contents is."""
    return calibrate(articles, contents.passages, Ranker(contents, weights), Vocabulary(contents.words), embedder.read_question)


def split_site(articles: Sequence[Article], embedder: Embedder) -> SplitSite:
    """The passages of all articles, each once, and their windows."""
    split = SplitSite([], [], [], [])
    seen: set[str] = set()
    for article in articles:
        for passage in split_passages(article, count_tokens=embedder.count_tokens, max_tokens=embedder.max_tokens):
            if passage.passage_id not in seen:
                seen.add(passage.passage_id)
                add_passage(split, article, passage)
    return split


def add_passage(split: SplitSite, article: Article, passage: Passage) -> None:
    """Adds a passage and the texts that get vectors for it."""
    owner = len(split.passages)
    split.passages.append(passage)
    for text, is_window in (*((window, True) for window in window_texts(article, passage)), (passage.embedding_text, False)):
        split.texts.append(text)
        split.owners.append(owner)
        split.is_window.append(is_window)


def window_texts(article: Article, passage: Passage) -> Iterator[str]:
    """What the model reads of each window of a passage: title, headings and about 90 words. A short passage is its own window."""
    whole = [(one.start, one.end) for one in sentences_from(article, passage.start, passage.end) if one.end <= passage.end]
    spans = split_windows(article.text, whole, words=WINDOW_WORDS)
    header = passage.embedding_text.removesuffix(passage.text)
    if len(spans) < 2:
        yield passage.embedding_text
        return
    for start, end in spans:
        yield header + article.text[start:end]


def forgotten_pages(root: Path) -> tuple[str, ...]:
    """The addresses that the current generation leaves out; none if there is no generation yet."""
    try:
        return read_forgotten(current_generation(root))
    except SearchIndexError:
        return ()


def read_last(root: Path, embedder: Embedder) -> tuple[dict[str, FloatVector], dict[str, PassageTokens]]:
    """Vectors and tokens that the current generation holds, by their text's key; none if it is damaged or of another model."""
    try:
        folder = current_generation(root)
        manifest = verify_generation(folder)
    except SearchIndexError:
        return {}, {}
    if manifest.model_digest != embedder.digest:
        return {}, {}
    return read_cache(folder), read_tokens(folder) if manifest.token_basis == basis_of(embedder) else {}


def basis_of(embedder: Embedder) -> str:
    """The space of an embedder's token vectors; "" if it knows no tokens."""
    return embedder.token_basis if isinstance(embedder, TokenEmbedder) else ""


def describe_index(site: Site, folder: Path, split: SplitSite, embedder: Embedder, *, store: str, created_on: date) -> Manifest:
    """The manifest of a generation whose files are written."""
    corpus = file_digests(folder / "site")
    return Manifest(
        embedder=embedder.name,
        model_digest=embedder.digest,
        token_basis=basis_of(embedder),
        dimension=embedder.dimension,
        store=store,
        created_on=created_on,
        corpus_digest=sha256(repr(sorted(corpus.values())).encode()).hexdigest(),
        articles=len(site.articles),
        passages=len(split.passages),
    )
