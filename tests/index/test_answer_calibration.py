from datetime import date
from pathlib import Path

import pytest

from index.answer_bar import WITH_READER, WITHOUT_READER
from index.answering import compose_answer
from index.builder import build_index
from index.embedders import DEFAULT_EMBEDDER, load_embedder
from index.schema import Answer, Embedder
from index.searcher import Searcher
from ingest.articles import assemble_article
from ingest.schema import Block, Site, StrippedPage

PAGE = StrippedPage(
    "https://clinic.example/ipt/",
    (
        Block("Interpersonal Psychotherapy (IPT)", "heading", 1),
        Block(
            "Interpersonal psychotherapy is a short therapy for depression that works on relationships. It takes 12 to 16 weekly sessions."
        ),
    ),
    (),
)
OTHER = StrippedPage("https://clinic.example/fees/", (Block("Fees", "heading", 1), Block("A first visit costs 165 dollars.")), ())


def open_site(root: Path, embedder: Embedder, *pages: StrippedPage) -> Searcher:
    site = Site(tuple(map(assemble_article, pages)), pages, (), ())
    build_index(site, root, embedder=embedder, created_on=date(2026, 1, 1))
    return Searcher.open(root, load_embedder=lambda _name: embedder)


def answer(searcher: Searcher, query: str) -> Answer:
    return compose_answer(searcher.search(query), searcher.articles, *searcher.measure_sentences(query), bar=searcher.manifest.answer_bar)


@pytest.mark.parametrize(("name", "bar"), [(DEFAULT_EMBEDDER, WITH_READER), ("hashing", WITHOUT_READER)])
def test_a_site_of_one_page_gets_the_usual_bar_of_its_model(tmp_path: Path, name: str, bar: float):
    assert open_site(tmp_path, load_embedder(name), PAGE).manifest.answer_bar.evidence == bar


def test_a_site_of_one_page_answers_what_it_says_and_nothing_else(tmp_path: Path):
    searcher = open_site(tmp_path, load_embedder(DEFAULT_EMBEDDER), PAGE)
    assert "short therapy" in answer(searcher, "what is interpersonal psychotherapy").quotes[0].text
    assert answer(searcher, "how do I bake bread").quotes == ()


def test_another_page_places_the_bar(tmp_path: Path):
    assert open_site(tmp_path, load_embedder(DEFAULT_EMBEDDER), PAGE, OTHER).manifest.answer_bar.evidence not in (
        WITH_READER,
        WITHOUT_READER,
    )
