"""A generation without pages that must not be found any longer, made at once: from what the current one holds, without a model."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import numpy as np

from index.builder import SplitSite, add_passage, assemble_contents
from index.contents import read_cache, read_tokens, text_key, write_cache, write_contents
from index.embedding import silent
from index.errors import EmptySite, UnknownPage
from index.forgotten_pages import FORGOTTEN_FILE, page_key, read_forgotten, without_pages, write_forgotten
from index.generations import Manifest, current_generation, new_generation, verify_generation, write_manifest
from index.late_interaction import PassageTokens
from index.schema import FloatMatrix
from index.sentence_vectors import VECTORS_FILE, save_sentence_vectors, sentence_texts
from ingest.durable_files import file_digests
from ingest.schema import Passage, Site
from ingest.site_files import read_nouns, read_site, write_site


def forget_pages(root: Path, urls: Sequence[str]) -> Path:
    """The folder of a new generation without these pages, which answers from now on; later builds leave them out too.

    Nothing is embedded, and the calibration stays that of the generation before, which is still there to go back to.

    Raises:
        UnknownPage: the index holds no page of this address.
        EmptySite: no page would be left.
        MissingIndex, DamagedIndex: there is no complete index.
    """
    folder = current_generation(root)
    site = read_site(folder / "site")
    known = {page_key(article.url) for article in site.articles}
    unknown = [url for url in urls if page_key(url) not in known]
    if unknown:
        raise UnknownPage(_why_unknown(unknown[0], site))
    return _publish_without(root, (*read_forgotten(folder), *urls))


def remember_pages(root: Path, urls: Sequence[str]) -> Path:
    """The folder of a new generation that no longer leaves these pages out: the next build brings them back.

    Raises:
        UnknownPage: the page was not forgotten.
    """
    forgotten = read_forgotten(current_generation(root))
    keys = frozenset(map(page_key, urls))
    if unknown := [url for url in urls if page_key(url) not in set(map(page_key, forgotten))]:
        raise UnknownPage(f"{unknown[0]} was not forgotten; these pages were: {', '.join(forgotten) or 'none'}.")
    return _publish_without(root, [url for url in forgotten if page_key(url) not in keys])


def _why_unknown(url: str, site: Site) -> str:
    entry = next((entry for entry in site.ledger if page_key(entry.url) == page_key(url)), None)
    known = f" The ledger says of it: {entry.outcome}, {entry.reason}." if entry else ""
    return f"The index holds no page {url}.{known} Copy the address from the page of a search result."


def _publish_without(root: Path, forgotten: Sequence[str]) -> Path:
    with new_generation(root) as folder:  # no build can end meanwhile
        old = current_generation(root)
        manifest = verify_generation(old)
        site = without_pages(read_site(old / "site"), forgotten)
        split = _split_again(site, read_nouns(old / "passages.jsonl", Passage))
        if not split.passages:
            raise EmptySite("No page would be left to find; a search needs at least one.")
        write_site(site, folder / "site")
        _write_vectors(folder, old, site, split, manifest.store)
        write_forgotten(forgotten, folder)
        _copy_rest(old, folder, manifest.files)
        write_manifest(folder, _describe(manifest, folder, site, split))
    return current_generation(root)


def _split_again(site: Site, passages: Iterable[Passage]) -> SplitSite:
    """The passages of the articles that are left, with their windows: cut once already, so that no token need be counted."""
    articles = {article.url: article for article in site.articles}
    split = SplitSite([], [], [], [])
    for passage in passages:
        if passage.url in articles:
            add_passage(split, articles[passage.url], passage)
    return split


def _write_vectors(folder: Path, old: Path, site: Site, split: SplitSite, store: str) -> None:
    sentences = sentence_texts(site.articles) if (old / VECTORS_FILE).exists() else []
    texts = [*split.texts, *sentences]
    vectors = _look_up(texts, old)
    tokens = _look_up_tokens(split.passages, old)
    write_contents(assemble_contents(site.articles, split, vectors[: len(split.texts)], tokens, store=store, report=silent), folder)
    if sentences:
        save_sentence_vectors(vectors[len(split.texts) :], folder)
    write_cache(folder, texts, vectors)


def _look_up(texts: Sequence[str], old: Path) -> FloatMatrix:
    """The vectors of texts that a generation holds, shape (len(texts), dimension)."""
    known = read_cache(old)
    return np.stack([known[text_key(text)] for text in texts])


def _look_up_tokens(passages: Iterable[Passage], old: Path) -> list[PassageTokens]:
    """The tokens of passages that a generation holds; none if it holds no tokens."""
    known = read_tokens(old)
    return [known[text_key(passage.embedding_text)] for passage in passages] if known else []


def _copy_rest(old: Path, folder: Path, files: Iterable[str]) -> None:
    """The files that do not depend on the pages: the clinic's own."""
    for name in files:
        if "/" not in name and not (folder / name).exists() and name not in {VECTORS_FILE, FORGOTTEN_FILE}:
            (folder / name).write_bytes((old / name).read_bytes())


def _describe(manifest: Manifest, folder: Path, site: Site, split: SplitSite) -> Manifest:
    digest = sha256(repr(sorted(file_digests(folder / "site").values())).encode()).hexdigest()
    return replace(manifest, corpus_digest=digest, articles=len(site.articles), passages=len(split.passages), files={})
