from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.embedders.hashing import load
from index.sentence_vectors import SentenceVectors, iter_sentences, save_sentence_vectors, sentence_texts
from ingest.schema import Site


def test_each_sentence_is_embedded_under_its_title_and_headings(small_site: Site):
    texts = sentence_texts(small_site.articles)
    assert texts[0] == ("Interpersonal Psychotherapy (IPT): Interpersonal psychotherapy is a short therapy that works on relationships.")
    assert texts[2].startswith("Interpersonal Psychotherapy (IPT) > Post-Traumatic Stress Disorder (PTSD): Interpersonal")


def test_similarities_come_in_reading_order_of_the_article_asked_for(small_site: Site, tmp_path: Path):
    embedder = load("")
    save_sentence_vectors(embedder.embed_passages(sentence_texts(small_site.articles)), tmp_path)
    vectors = SentenceVectors.load(tmp_path, small_site.articles)
    question = replace(embedder.read_question("individual session costs 165 dollars"), asked=embedder.embed_question("insurance"))
    fees = small_site.articles[2]
    exact = embedder.embed_passages(sentence_texts([fees])) @ np.stack([question.whole, question.asked], axis=1)
    found = vectors.similarities(fees.url, question)
    assert len(exact) == len(list(iter_sentences(fees)))
    np.testing.assert_allclose(np.stack([found.topic, found.asked], axis=1), exact, atol=1e-3)


def test_vectors_of_another_site_are_refused(small_site: Site):
    with pytest.raises(ValueError, match="sentence vectors"):
        SentenceVectors(small_site.articles, np.zeros((1, 4), np.float16))
