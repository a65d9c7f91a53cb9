"""The gate of continuous integration: the product's own pipeline over the sample clinic must not fall below what it reached before.

Floors hold for one state of pages and judgments: whoever changes these measures again and pins both (`python -m evaluation retrieval
corpus`, `python -m evaluation abstention corpus`, and the digest that the first test prints).
"""

from pathlib import Path

import pytest

from evaluation.abstention import measure_abstention
from evaluation.answers import measure_answers
from evaluation.judged_site import digest_of
from evaluation.site_retrieval import measure_site_retrieval
from index.embedders import load_embedder
from index.embedders.onnx_cpu import DEFAULT_FOLDER
from index.schema import Embedder

CORPUS = Path(__file__).parents[2] / "corpus"
DIGEST = "a2fd6a161e8dfc24"
FLOORS = {"nDCG@10": 0.748, "R@20": 0.836, "RR": 0.881}
"""About .01 below what was measured on all 320 queries."""
PAGE_FLOORS = {"nDCG@10": 0.882, "R@20": 0.94, "RR": 0.942}
AUROC_FLOOR = 0.91
HARD_AUROC_FLOOR = 0.83
"""Of 360 hard questions .841; .778 where the answer reader is not in use, .62 where the question adapter is not either."""


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    if not (Path(DEFAULT_FOLDER) / "model.json").is_file():
        pytest.skip("needs the exported model: make install")
    return load_embedder("onnx_cpu")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def test_the_floors_are_those_of_these_pages_and_judgments():
    assert digest_of(CORPUS) == DIGEST, "pages or judgments changed: measure again, then pin digest and floors"


def test_sections_and_pages_are_found_as_well_as_before(embedder: Embedder, cache: Path):
    figures = measure_site_retrieval(CORPUS, embedder=embedder, cache=cache)
    assert {name: figures[name] for name, floor in FLOORS.items() if figures[name] < floor} == {}
    assert {name: figures["pages"][name] for name, floor in PAGE_FLOORS.items() if figures["pages"][name] < floor} == {}


def test_what_the_site_does_not_cover_is_told_apart_as_well_as_before(embedder: Embedder, cache: Path):
    assert measure_abstention(CORPUS, embedder=embedder, cache=cache)["auroc"] >= AUROC_FLOOR


def test_near_misses_are_told_from_hard_questions_as_well_as_before(embedder: Embedder, cache: Path):
    assert measure_answers(CORPUS, half="hard", embedder=embedder, cache=cache)["evidence_auroc"] >= HARD_AUROC_FLOOR
