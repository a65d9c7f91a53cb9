"""Answers queries from one generation of an index. Opens fast, holds no lock, imports no torch."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedders import load_embedder as load_named_embedder
from index.errors import BadQuery, DamagedIndex, ModelMismatch
from index.fusion import fuse_scores
from index.generations import Manifest, current_generation, repair_hint, verify_generation
from index.lexical import LexicalIndex, find_terms
from index.schema import Embedder, FloatVector, Hit, Interpretation, PageResult, SearchOutcome, Store
from index.stores import store_module
from ingest.errors import IngestError
from ingest.schema import Article, Passage, Site
from ingest.site_files import read_articles, read_nouns, read_site

LONGEST_QUERY = 1000
"""Characters that are read of a query: about 256 tokens, all that the model reads."""
MOST_PAGES = 100
"""The largest page of results."""
MOST_SIBLINGS = 5
"""Further passages of a page that are shown under its best one."""


class Searcher:
    """One generation, open for reading; safe to call from several threads."""

    def __init__(
        self,
        folder: Path,
        manifest: Manifest,
        embedder: Embedder,
        *,
        passages: Sequence[Passage],
        articles: Sequence[Article],
        store: Store,
        lexical: LexicalIndex,
        rows: Mapping[str, NDArray[np.int64]],
    ) -> None:
        self.folder, self.manifest = folder, manifest
        self.passages: Sequence[Passage] = passages
        self.articles: Mapping[str, Article] = {article.url: article for article in articles}
        self._embedder, self._store, self._lexical = embedder, store, lexical
        self._owners, self._is_window = rows["owners"], rows["is_window"]

    @classmethod
    def open(cls, root: Path, *, load_embedder: Callable[[str], Embedder] = load_named_embedder) -> "Searcher":
        """The current generation of an index, every file of it checked. `load_embedder` is called with the name of the embedder's file.

        Raises:
            MissingIndex, DamagedIndex: there is no complete index; the message holds the command that repairs it.
            ModelMismatch: the embedder at hand is not the one that built the index.
        """
        folder = current_generation(root)
        manifest = verify_generation(folder)
        embedder = load_embedder(manifest.embedder.partition(":")[0])
        if (embedder.digest, embedder.dimension) != (manifest.model_digest, manifest.dimension):
            raise ModelMismatch(
                f"The index in {root} was built by {manifest.embedder} (digest {manifest.model_digest[:12]}), "
                f"the model at hand is {embedder.name} (digest {embedder.digest[:12]}). {repair_hint(root)}"
            )
        try:
            with np.load(folder / "rows.npz") as rows:
                return cls(
                    folder,
                    manifest,
                    embedder,
                    passages=read_nouns(folder / "passages.jsonl", Passage),
                    articles=read_articles(folder / "site"),
                    store=store_module(manifest.store).load(folder / "store"),
                    lexical=LexicalIndex.load(folder / "lexical"),
                    rows=dict(rows),
                )
        except (IngestError, OSError, ValueError, KeyError) as error:
            raise DamagedIndex(f"{folder} cannot be read ({error}). {repair_hint(root)}") from error

    @cached_property
    def site(self) -> Site:
        """All that ingest knew of the site."""
        return read_site(self.folder / "site")

    def search(self, query: str, *, k: int = 10, offset: int = 0, section: str = "", language: str = "") -> SearchOutcome:
        """The at most k best pages from `offset` on, each with its best passage first, and how sure the search is.

        `section` and `language` keep only pages of that part of the site and of that language. k above 100 is read as 100.

        Raises:
            BadQuery: nothing to search for, k below 1, or a negative offset.
        """
        if k < 1 or offset < 0:
            raise BadQuery(f"k must be at least 1 and offset at least 0, not {k} and {offset}.")
        text = clean_query(query)
        scores, cosines = self._score(text)
        allowed = self._allowed(section, language)
        pages = self._group_by_page(np.where(allowed, scores, -np.inf), cosines)
        confidence = float(cosines[allowed].max(initial=0.0))
        shown = pages[offset : offset + min(k, MOST_PAGES)]
        return SearchOutcome(Interpretation(text), self.manifest.calibration.judge(confidence), confidence, tuple(shown), len(pages))

    def _score(self, text: str) -> tuple[FloatVector, FloatVector]:
        """The fused score of every passage and its best cosine."""
        vector = self._embedder.embed_question(text)
        rows, cosines = self._store.search(vector, len(self._store))
        window = np.full(len(self.passages), -1.0, np.float32)
        passage = np.full(len(self.passages), -1.0, np.float32)
        np.maximum.at(window, self._owners[rows], np.where(self._is_window[rows], cosines, -1.0))
        np.maximum.at(passage, self._owners[rows], np.where(self._is_window[rows], -1.0, cosines))
        lexical = self._lexical.score(Counter(find_terms(text)))
        return fuse_scores(window, passage, lexical, self.manifest.weights), np.maximum(window, passage)

    def _allowed(self, section: str, language: str) -> NDArray[np.bool_]:
        return np.array([section in ("", one.site_section) and language in ("", one.language) for one in self.passages], dtype=bool)

    def _group_by_page(self, scores: FloatVector, cosines: FloatVector) -> list[PageResult]:
        order = np.argsort(-scores, kind="stable")
        pages: dict[str, list[Hit]] = {}
        for row in order[np.isfinite(scores[order])]:
            hits = pages.setdefault(self.passages[row].url, [])
            if len(hits) <= MOST_SIBLINGS:
                hits.append(Hit(len(hits) + 1, self.passages[row], float(scores[row]), float(cosines[row])))
        return [self._page_result(rank, hits) for rank, hits in enumerate(pages.values(), 1)]

    def _page_result(self, rank: int, hits: Sequence[Hit]) -> PageResult:
        best = hits[0].passage
        article = self.articles[best.url]
        return PageResult(rank, hits[0].score, best.url, best.title, best.site_section, article.metadata.reviewed_on, tuple(hits))

    def suggest(self, prefix: str, k: int = 8) -> list[str]:
        """At most k titles and headings that continue what is being typed."""
        start = " ".join(clean_query(prefix).casefold().split())
        found = dict.fromkeys(
            text for passage in self.passages for text in (passage.title, *passage.heading_path) if start in text.casefold()
        )
        return list(found)[:k]


def clean_query(query: str) -> str:
    """A query as it is searched for: on one line, without control characters, at most 1,000 characters, cut between words.

    Raises:
        BadQuery: nothing is left.
    """
    visible = "".join(" " if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") else char for char in query[: LONGEST_QUERY * 4])
    text = re.sub(r"\s+", " ", visible).strip()
    if len(text) > LONGEST_QUERY:
        text = text[:LONGEST_QUERY].rpartition(" ")[0] or text[:LONGEST_QUERY]
    if not text:
        raise BadQuery("The query is empty; type a few words.")
    return text
