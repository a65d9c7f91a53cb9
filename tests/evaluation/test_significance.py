from pathlib import Path

import numpy as np
import pytest
from scipy.stats import ttest_rel

from evaluation.significance import measure_significance, pooled_p
from index.embedders.hashing import HashingEmbedder
from index.judgments import Document, JudgedQuery, write_corpus, write_queries


def test_the_pooled_p_is_that_of_a_paired_test_and_1_without_any_difference():
    ours, theirs = np.array([0.9, 0.4, 0.8, 0.7]), np.array([0.5, 0.4, 0.6, 0.1])
    assert pooled_p(ours - theirs) == pytest.approx(ttest_rel(ours, theirs).pvalue)
    assert pooled_p(np.zeros(4)) == 1.0


def test_every_set_of_a_folder_is_compared_and_all_queries_are_pooled(tmp_path: Path):
    for name, text in (("one", "Sleep protects people from mania."), ("two", "Grief after a loss takes time.")):
        write_corpus(tmp_path / name, [Document("a", "", text), Document("b", "", "The fees of a session.")])
        write_queries(tmp_path / name, [JudgedQuery("1", text, {"a": 1}), JudgedQuery("2", "session fees", {"b": 1})])
    figures = measure_significance(tmp_path, embedder=HashingEmbedder(256), cache=tmp_path / "cache")
    assert set(figures) == {"bm25", "dense passages", "dense", "rrf"}
    assert set(figures["bm25"]) == {"one", "two", "ahead", "pooled", "p"}
    assert figures["bm25"]["pooled"] == pytest.approx((figures["bm25"]["one"] + figures["bm25"]["two"]) / 2)
