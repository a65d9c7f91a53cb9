"""A BEIR folder as a site: every document a page of its own, so that the product's own pipeline indexes it."""

import sys
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

from index.builder import build_index
from index.embedders import DEFAULT_EMBEDDER, load_embedder
from index.judgments import CORPUS, Document, JudgedQuery, read_corpus
from index.schema import Embedder
from index.searcher import Searcher
from ingest.schema import Article, Metadata, Section, Sentence, Site
from ingest.sentences import split_sentences

CACHE = Path("var/evaluation")
"""Where indexes of data sets are kept between runs: only new texts are embedded again."""
BUILT_ON = date(2000, 1, 1)


def open_dataset(folder: Path, *, embedder: Embedder | None = None, cache: Path = CACHE) -> Searcher:
    """A searcher over the documents of a BEIR folder, its index built unless it stands in the cache."""
    embedder = embedder or load_embedder(DEFAULT_EMBEDDER)
    site = Site(tuple(document_article(document) for document in read_corpus(folder)), (), (), ())
    root = cache / f"{folder.resolve().name}-{sha256((folder / CORPUS).read_bytes()).hexdigest()[:8]}-{embedder.digest[:8]}"
    build_index(site, root, embedder=embedder, created_on=BUILT_ON, for_answers=False, report=tell)
    return Searcher.open(root, load_embedder=lambda _name: embedder)


def tell(step: str, done: int, total: int) -> None:
    """Says on standard error what is going on; without a terminal only what is done."""
    if done == total or sys.stderr.isatty():
        sys.stderr.write(f"{step}: {done} of {total}\n")


def choose_half(queries: Sequence[JudgedQuery], half: str) -> list[JudgedQuery]:
    """All queries, or those of a half: "dev" has the first, third and so on."""
    return list(queries) if half not in ("dev", "report") else list(queries[0 if half == "dev" else 1 :: 2])


def document_article(document: Document) -> Article:
    """A document as an article of one section; its id is the article's URL."""
    text = document.text.strip() or document.title
    sentences = []
    start = 0
    for block, line in enumerate(text.split("\n")):
        sentences += [Sentence(start + first, start + last, block=block) for first, last in split_sentences(line)]
        start += len(line) + 1
    headings = (document.title,) if document.title else ()
    section = Section(headings, "", 0, len(text), tuple(sentences))
    return Article(url=document.document_id, title=document.title, text=text, sections=(section,), metadata=Metadata(language="en"))
