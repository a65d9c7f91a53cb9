"""A tiny site and its index, for every test that needs a whole one."""

from datetime import date
from pathlib import Path

import pytest

from index.builder import build_index
from index.embedders import load_embedder
from ingest.articles import assemble_article
from ingest.schema import Block, LedgerEntry, Metadata, Site, StrippedPage

BASE = "https://clinic.example"


def heading(text: str, level: int = 2) -> Block:
    return Block(text, "heading", level, text.lower().replace(" ", "-"))


def stripped_page(path: str, *blocks: Block, **metadata: object) -> StrippedPage:
    return StrippedPage(BASE + path, blocks, (), Metadata(**{"language": "en", **metadata}))  # type: ignore[arg-type]


PAGES = (
    stripped_page(
        "/therapies/ipt/",
        heading("Interpersonal Psychotherapy (IPT)", 1),
        Block("Interpersonal psychotherapy is a short therapy that works on relationships. It was first tested in 1974."),
        heading("Post-Traumatic Stress Disorder (PTSD)"),
        Block("Interpersonal psychotherapy can help people with PTSD without exposure.2 Fewer people stopped early than with exposure.1"),
        heading("References"),
        Block("Markowitz JC. Is exposure necessary? 2015. https://doi.org/10.1176/appi.ajp.2014.14070908", "list_item"),
        reviewed_on=date(2026, 3, 1),
    ),
    stripped_page(
        "/therapies/emdr/",
        heading("EMDR", 1),
        Block("Eye movement desensitization and reprocessing treats trauma with sets of eye movements, session by session."),
    ),
    stripped_page(
        "/fees/",
        heading("Fees", 1),
        Block("An individual session costs 165 dollars. <script>alert('stored')</script> & a sliding scale starts at 60 dollars."),
    ),
    stripped_page(
        "/es/terapia/",
        heading("Terapia interpersonal", 1),
        Block("La terapia interpersonal ayuda a las personas con depresión y con duelo."),
        language="es",
    ),
)


@pytest.fixture(scope="session")
def small_site() -> Site:
    articles = tuple(assemble_article(page) for page in PAGES)
    return Site(articles, PAGES, (), tuple(LedgerEntry(page.url, "indexed") for page in PAGES))


@pytest.fixture(scope="session")
def small_index(small_site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The root of an index of the small site, made with the hashing embedder: never written to."""
    root = tmp_path_factory.mktemp("index")
    build_index(small_site, root, embedder=load_embedder("hashing"), created_on=date(2026, 11, 23))
    return root
