from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from index.builder import build_index
from index.embedders.hashing import HashingEmbedder
from index.errors import EmptySite, SearchIndexError, UnknownPage
from index.forgetting import forget_pages, remember_pages
from index.forgotten_pages import read_forgotten
from index.generations import current_generation, list_generations, read_manifest, roll_back
from index.searcher import Searcher
from ingest.schema import Article, LedgerEntry, MenuEntry, Section, Sentence, Site, StrippedPage

TODAY = date(2026, 11, 23)
SUBJECTS = {
    "sleep": "Insomnia answers well to shorter nights.",
    "grief": "Mourning takes its time.",
    "panic": "Palpitations pass by themselves.",
}


def url(name: str) -> str:
    return f"https://clinic.example/{name}/"


def make_article(name: str, text: str) -> Article:
    section = Section((name,), "", 0, len(text), (Sentence(0, len(text)),))
    return Article(url(name), f"About {name}", text, (section,))


SITE = Site(
    tuple(make_article(name, text) for name, text in SUBJECTS.items()),
    tuple(StrippedPage(url(name), (), ()) for name in SUBJECTS),
    tuple(MenuEntry((name,), url(name), True) for name in SUBJECTS),
    tuple(LedgerEntry(url(name), "indexed") for name in SUBJECTS),
)


def build(root: Path, site: Site = SITE) -> Path:
    extra = {"clinic.toml": b'name = "Harbour"'}
    return build_index(site, root, embedder=HashingEmbedder(64), store="faiss_store", created_on=TODAY, extra_files=extra)


def open_searcher(root: Path) -> Searcher:
    return Searcher.open(root, load_embedder=lambda _name: HashingEmbedder(64))


def found(root: Path, query: str) -> list[str]:
    return [result.hits[0].passage.url for result in open_searcher(root).search(query, k=10).results]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    build(tmp_path)
    return tmp_path


def test_a_forgotten_page_is_not_found_and_the_others_are(root: Path):
    assert url("grief") in found(root, "mourning")
    forget_pages(root, [url("grief")])
    assert url("grief") not in found(root, "mourning")
    assert found(root, "insomnia")[0] == url("sleep")


def test_nothing_of_it_is_left_in_the_generation_that_answers(root: Path):
    folder = forget_pages(root, [url("grief")])
    assert folder == current_generation(root)
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert not [file.name for file in files if b"Mourning" in file.read_bytes() or b"mourning" in file.read_bytes()]
    site = open_searcher(root).site
    assert [page.url for page in site.stripped_pages] == [url("sleep"), url("panic")]
    assert [entry.has_page for entry in site.menu] == [True, False, True]
    assert "forget" in next(entry.reason for entry in site.ledger if entry.url == url("grief"))


def test_the_new_generation_is_what_a_build_without_the_page_would_be(root: Path, tmp_path: Path):
    forgot = forget_pages(root, [url("grief")])
    built = build(tmp_path / "other", replace(SITE, articles=(SITE.articles[0], SITE.articles[2])))
    for name in ("passages.jsonl", "store/vectors.faiss", "vocabulary.json", "clinic.toml", "twins.json"):
        assert (forgot / name).read_bytes() == (built / name).read_bytes(), name
    for name in ("sentence_vectors.npy", "cache_vectors.npy"):
        np.testing.assert_array_equal(np.load(forgot / name), np.load(built / name))
    assert read_manifest(forgot).articles == read_manifest(built).articles == 2


@pytest.mark.parametrize("named", ["http://www.clinic.example/grief/#why", "https://clinic.example/grief/?utm_source=letter"])
def test_an_address_copied_from_a_browser_names_its_page(root: Path, named: str):
    forget_pages(root, [named])
    assert url("grief") not in found(root, "mourning")


def test_a_later_build_leaves_the_page_out_until_it_may_come_back(root: Path):
    forget_pages(root, [url("grief")])
    build(root)
    assert url("grief") not in found(root, "mourning")
    remember_pages(root, [url("grief")])
    build(root)
    assert url("grief") in found(root, "mourning")


def test_rollback_brings_the_page_back(root: Path):
    forget_pages(root, [url("grief")])
    assert read_forgotten(roll_back(root)) == ()
    assert url("grief") in found(root, "mourning")


def test_a_page_that_is_not_there_is_refused_with_what_the_ledger_knows(root: Path):
    build(root, replace(SITE, ledger=(*SITE.ledger, LedgerEntry(url("old"), "gone", "the server answered 410"))))
    with pytest.raises(UnknownPage, match=r"no page .*/old/.*gone, the server answered 410"):
        forget_pages(root, [url("old")])
    with pytest.raises(UnknownPage, match="was not forgotten"):
        remember_pages(root, [url("sleep")])


def test_forgetting_everything_is_refused_and_changes_nothing(root: Path):
    before = list_generations(root)
    with pytest.raises(EmptySite):
        forget_pages(root, [article.url for article in SITE.articles])
    assert list_generations(root) == before
    assert url("grief") in found(root, "mourning")


def test_without_an_index_the_error_says_how_to_build_one(tmp_path: Path):
    with pytest.raises(SearchIndexError, match="clinic-search build"):
        forget_pages(tmp_path / "none", [url("grief")])
