from math import log
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from index.lexical import BIGRAM_WEIGHT, HEADLINE_WEIGHT, K1, B, LexicalIndex, find_terms, pair_terms, split_words, weigh_terms
from ingest.schema import Passage


def passage(text: str, title: str = "") -> Passage:
    return Passage(text, 0, len(text), f"u{hash((text, title))}", "", title)


def bm25(documents: list[list[str]], term: str) -> np.ndarray:
    """Lucene's BM25, written out: the oracle."""
    holds = sum(term in document for document in documents)
    idf = log(1 + (len(documents) - holds + 0.5) / (holds + 0.5))
    average = sum(map(len, documents)) / len(documents)
    counts = [document.count(term) for document in documents]
    return np.array([idf * n / (n + K1 * (1 - B + B * len(d) / average)) for n, d in zip(counts, documents, strict=True)])


WORDS = st.lists(st.sampled_from(["sleep", "mania", "grief", "fees", "trauma"]), min_size=1, max_size=8).map(" ".join)


@given(texts=st.lists(st.tuples(WORDS, WORDS), min_size=2, max_size=6), query=WORDS)
@settings(max_examples=40, deadline=None)
def test_scores_are_bm25_of_text_and_pairs_plus_half_that_of_the_headline(texts: list[tuple[str, str]], query: str):
    index = LexicalIndex.build([passage(text, title) for title, text in texts])
    headlines = [find_terms(title) for title, _ in texts]
    bodies = [find_terms(f"{title} {text}") for title, text in texts]
    bodies = [body + pair_terms(body) for body in bodies]
    terms = find_terms(query)
    expected = sum(bm25(bodies, term) + HEADLINE_WEIGHT * bm25(headlines, term) for term in terms)
    expected = expected + sum(BIGRAM_WEIGHT * bm25(bodies, pair) for pair in pair_terms(terms))
    np.testing.assert_allclose(index.score(weigh_terms(query)), expected, rtol=1e-3, atol=1e-4)


def test_case_accents_plurals_and_possessives_do_not_matter():
    assert find_terms("Anxiété des THERAPISTS") == find_terms("anxiete des therapist")
    assert split_words("the patient’s 0.5 mg") == ["the", "patient", "0.5", "mg"]


def test_a_saved_index_scores_as_before(tmp_path: Path):
    index = LexicalIndex.build([passage("sleep and mania"), passage("fees")])
    index.save(tmp_path)
    np.testing.assert_array_equal(LexicalIndex.load(tmp_path).score(weigh_terms("mania sleep")), index.score(weigh_terms("mania sleep")))


def test_a_query_of_stop_words_scores_nothing():
    assert LexicalIndex.build([passage("sleep"), passage("the and")]).score(weigh_terms("the and of")).max() == 0


def test_a_term_that_stands_nowhere_is_the_rarest():
    index = LexicalIndex.build([passage("sleep mania"), passage("sleep")])
    assert index.idf("nowher") > index.idf("mania") > index.idf("sleep") > 0
