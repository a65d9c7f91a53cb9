from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from index.builder import build_index, split_site
from index.embedders.hashing import HashingEmbedder
from index.errors import EmptySite
from index.generations import current_generation, read_manifest
from index.schema import FloatMatrix, TextVectors
from ingest.schema import Article, Section, Sentence, Site

TODAY = date(2026, 11, 23)


class CountingEmbedder(HashingEmbedder):
    def __init__(self) -> None:
        super().__init__(64)
        self.embedded: list[str] = []

    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        self.embedded += texts
        return super().embed_passages(texts)

    def read_passages(self, texts: Sequence[str]) -> Iterator[TextVectors]:
        self.embedded += texts
        return super().read_passages(texts)


def article(url: str, sentences: int) -> Article:
    texts = [f"Sentence {number} of {url} says something about sleep and mania and their care." for number in range(sentences)]
    starts = np.cumsum([0, *(len(text) + 1 for text in texts)]).tolist()
    spans = tuple(Sentence(start, start + len(text), block=number) for number, (start, text) in enumerate(zip(starts, texts, strict=False)))
    text = " ".join(texts)
    return Article(url, f"Title {url}", text, (Section((f"Title {url}",), "", 0, len(text), spans),))


SITE = Site((article("a", 3), article("b", 40)), (), (), ())


def test_unchanged_texts_are_not_embedded_again(tmp_path: Path):
    first, second = CountingEmbedder(), CountingEmbedder()
    build_index(SITE, tmp_path, embedder=first, created_on=TODAY)
    build_index(Site((*SITE.articles, article("c", 2)), (), (), ()), tmp_path, embedder=second, created_on=TODAY)
    assert first.embedded
    assert second.embedded
    assert all("Title c" in text for text in second.embedded)


def test_another_model_embeds_everything_anew(tmp_path: Path):
    build_index(SITE, tmp_path, embedder=HashingEmbedder(32), created_on=TODAY)
    embedder = CountingEmbedder()
    build_index(SITE, tmp_path, embedder=embedder, created_on=TODAY)
    assert set(split_site(SITE.articles, embedder).texts) <= set(embedder.embedded)


def test_a_damaged_last_generation_does_not_stop_a_build(tmp_path: Path):
    folder = build_index(SITE, tmp_path, embedder=HashingEmbedder(32), created_on=TODAY)
    (folder / "cache_vectors.npy").write_bytes(b"")
    assert build_index(SITE, tmp_path, embedder=HashingEmbedder(32), created_on=TODAY) == current_generation(tmp_path) != folder


def test_every_passage_has_windows_that_hold_all_of_its_words():
    split = split_site(SITE.articles, HashingEmbedder(32))
    for number, passage in enumerate(split.passages):
        windows = [
            text for text, owner, is_window in zip(split.texts, split.owners, split.is_window, strict=True) if owner == number and is_window
        ]
        assert set(passage.text.split()) <= {word for window in windows for word in window.split()}
        assert all(window.startswith(passage.title) for window in windows)


def test_the_manifest_tells_how_the_index_was_made(tmp_path: Path):
    folder = build_index(
        SITE, tmp_path, embedder=HashingEmbedder(32), store="faiss_store", created_on=TODAY, extra_files={"clinic.toml": b"x"}
    )
    manifest = read_manifest(folder)
    assert (manifest.embedder, manifest.dimension, manifest.store, manifest.created_on) == ("hashing:32", 32, "faiss_store", TODAY)
    assert manifest.articles == 2
    assert "clinic.toml" in manifest.files


def test_the_corpus_digest_changes_with_the_corpus_only(tmp_path: Path):
    def digest(site: Site, dimension: int) -> str:
        return read_manifest(build_index(site, tmp_path, embedder=HashingEmbedder(dimension), created_on=TODAY)).corpus_digest

    other = replace(SITE, articles=(article("a", 4), *SITE.articles[1:]))
    assert digest(SITE, 8) == digest(SITE, 16) != digest(other, 8)


def test_a_site_without_text_is_refused(tmp_path: Path):
    with pytest.raises(EmptySite, match="ledger"):
        build_index(Site((), (), (), ()), tmp_path, embedder=HashingEmbedder(8), created_on=TODAY)
