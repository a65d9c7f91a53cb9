import json
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.abstention import auroc, measure_abstention, risk
from index.embedders.hashing import HashingEmbedder
from index.judgments import Document, JudgedQuery, write_corpus, write_queries


@given(st.lists(st.integers(0, 4), min_size=1, max_size=8), st.lists(st.integers(0, 4), min_size=1, max_size=8))
def test_auroc_is_the_share_of_pairs_in_the_right_order(positives: list[int], negatives: list[int]):
    expected = np.mean([(one > other) + (one == other) / 2 for one, other in product(positives, negatives)])
    labels = np.array([True] * len(positives) + [False] * len(negatives))
    assert auroc(np.array([*positives, *negatives], dtype=float), labels) == pytest.approx(expected)


def test_auroc_of_one_kind_alone_is_refused():
    with pytest.raises(ValueError, match="one kind is missing"):
        auroc(np.array([1.0, 2.0]), np.array([True, True]))


def test_the_risk_counts_unanswerable_queries_among_the_most_confident():
    confidence, answerable = np.array([0.9, 0.8, 0.7, 0.6]), np.array([True, False, True, False])
    assert [risk(confidence, answerable, share) for share in (0.25, 0.5, 1.0)] == [0.0, 0.5, 0.5]


def test_covered_questions_are_told_from_foreign_ones(tmp_path: Path):
    write_corpus(tmp_path, [Document("a", "Sleep", "Sleep protects people from mania."), Document("b", "Grief", "Grief takes time.")])
    queries = [JudgedQuery("1", "what is sleep", answerable=True), JudgedQuery("2", "mortgage calculator", answerable=False)]
    write_queries(tmp_path, queries)
    figures = measure_abstention(tmp_path, embedder=HashingEmbedder(256), cache=tmp_path / "cache")
    assert set(figures) == {"auroc", "answered_of_answerable", "answered_of_unanswerable"}
    assert figures["auroc"] == 1.0
    assert figures["answered_of_unanswerable"] == 0.0


def test_the_sample_clinics_own_judgments_are_measured_by_halves(tmp_path: Path):
    page = "<html><head><title>{0}</title></head><body><main><h1>{0}</h1><p>{1}</p></main></body></html>"
    (tmp_path / "site").mkdir()
    for name, text in (
        ("Sleep", "Sleep protects people from mania and from relapse."),
        ("Grief", "Grief takes time, and there is no schedule."),
    ):
        (tmp_path / "site" / f"{name}.html").write_text(page.format(name, text))
    rows = [
        ("1", "what is sleep", True, "dev"),
        ("2", "mortgage calculator", False, "dev"),
        ("3", "is grief on a schedule", True, "report"),
    ]
    write_queries(tmp_path / "judgments", [])
    lines = [json.dumps({"_id": i, "text": t, "answerable": a, "kind": "keyword", "half": h}) for i, t, a, h in rows]
    (tmp_path / "judgments" / "queries.jsonl").write_text("\n".join(lines))
    figures = measure_abstention(tmp_path, half="dev", embedder=HashingEmbedder(256), cache=tmp_path / "cache")
    assert figures["auroc"] == 1.0
    with pytest.raises(ValueError, match="one kind is missing"):
        measure_abstention(tmp_path, half="report", embedder=HashingEmbedder(256), cache=tmp_path / "cache")
