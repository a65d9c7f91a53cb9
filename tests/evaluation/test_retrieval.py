from math import log2
from pathlib import Path

import pytest

from evaluation.beir_site import choose_half
from evaluation.retrieval import measure_retrieval
from evaluation.retrieval_runs import paired_p, score_run
from index.embedders.hashing import HashingEmbedder
from index.judgments import Document, JudgedQuery, write_corpus, write_queries

QUERIES = [
    JudgedQuery("1", "sleep and mania", {"a": 1}),
    JudgedQuery("2", "session fees", {"c": 1}),
    JudgedQuery("3", "grief", {"b": 2, "a": 1}),
]


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    texts = {"a": "Sleep protects people from mania.", "b": "Grief after a loss takes time.", "c": "The fees of a session."}
    folder = tmp_path / "set"
    write_corpus(folder, [Document(name, "", text) for name, text in texts.items()])
    write_queries(folder, QUERIES)
    return folder


def test_the_measures_are_those_written_out_by_hand():
    run = {"1": {"b": 2.0, "a": 1.0}, "2": {"c": 1.0}}
    figures = score_run(QUERIES, run)
    assert figures["nDCG@10"] == pytest.approx((1 / log2(3) + 1 + 0) / 3)
    assert figures["RR"] == pytest.approx((1 / 2 + 1 + 0) / 3)
    assert figures["R@20"] == pytest.approx((1 + 1 + 0) / 3)


def test_the_product_runs_over_a_beir_folder(dataset: Path, tmp_path: Path):
    figures = measure_retrieval(dataset, embedder=HashingEmbedder(256), cache=tmp_path / "cache")
    assert set(figures) == {"nDCG@10", "R@20", "RR"}
    assert figures["RR"] == 1.0


def test_the_parts_are_measured_beside_the_product(dataset: Path, tmp_path: Path):
    figures = measure_retrieval(dataset, detail=True, embedder=HashingEmbedder(256), cache=tmp_path / "cache")
    assert {"bm25", "dense", "rrf", "vocabulary off"} < set(figures)
    assert all(0 <= figures[name]["p"] <= 1 for name in ("bm25", "dense", "rrf"))


def test_a_run_does_not_differ_from_itself_and_differs_from_one_that_is_always_worse():
    queries = [JudgedQuery(str(number), "q", {"a": 1}) for number in range(6)]
    good = {query.query_id: {"a": 2.0, "b": 1.0} for query in queries}
    bad = {query.query_id: {"a": 1.0, "b": 2.0, **({"c": 3.0} if query.query_id == "0" else {})} for query in queries}
    assert paired_p(queries, good, good) == 1.0
    assert paired_p(queries, good, bad) < 0.01


def test_the_halves_share_no_query_and_leave_none_out():
    dev, report = choose_half(QUERIES, "dev"), choose_half(QUERIES, "report")
    assert sorted(query.query_id for query in (*dev, *report)) == ["1", "2", "3"]
