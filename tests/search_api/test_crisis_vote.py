from pathlib import Path

import numpy as np
import pytest

from search_api.crisis_vote import COUNTS_WORDS, CrisisVote, careful


class CountingEmbedder:
    """Two dimensions: how much of a text is vowels."""

    name, digest, dimension, max_tokens = "counting", "1", 2, 100
    texts = 0

    def count_tokens(self, text):
        return len(text.split())

    def embed_passages(self, texts):
        self.texts += len(texts)
        angles = np.array([sum(letter in "aeiou" for letter in text) / max(len(text), 1) for text in texts], np.float32)
        return np.stack([np.cos(angles), np.sin(angles)], axis=1)

    def embed_question(self, text):
        return self.embed_passages([text])[0]


class BrokenEmbedder(CountingEmbedder):
    def embed_passages(self, texts):
        raise RuntimeError("the model is gone")


def test_a_vote_is_learnt_once_and_then_taken_from_its_file(tmp_path: Path):
    CrisisVote(CountingEmbedder(), tmp_path).prepare()
    again = CountingEmbedder()
    vote = CrisisVote(again, tmp_path)
    assert vote.recall()
    assert again.texts == 0
    assert vote.similarity() is not None


def test_a_kept_vote_measures_as_the_learnt_one_did(tmp_path: Path):
    first, second = CrisisVote(CountingEmbedder(), tmp_path), CrisisVote(CountingEmbedder(), tmp_path)
    first.prepare()
    second.recall()
    assert first.similarity()("aeiou xyz") == pytest.approx(second.similarity()("aeiou xyz"))  # type: ignore[misc]


def test_votes_of_earlier_phrases_or_models_are_deleted(tmp_path: Path):
    (tmp_path / "crisis-vote-0123456789abcdef.npz").write_bytes(b"old")
    (tmp_path / "model.json").write_text("{}")
    CrisisVote(CountingEmbedder(), tmp_path).prepare()
    (kept,) = tmp_path.glob("*.npz")
    assert kept.read_bytes() != b"old"
    (tmp_path / "crisis-vote-0123456789abcdef.npz").write_bytes(b"left by a copy")
    assert CrisisVote(CountingEmbedder(), tmp_path).recall()
    assert list(tmp_path.glob("*.npz")) == [kept]
    assert (tmp_path / "model.json").exists()


def test_a_damaged_file_is_learnt_anew(tmp_path: Path):
    CrisisVote(CountingEmbedder(), tmp_path).prepare()
    next(tmp_path.glob("*.npz")).write_bytes(b"PK broken")
    vote = CrisisVote(CountingEmbedder(), tmp_path)
    vote.prepare()
    assert vote.similarity() is not None


def test_a_model_that_fails_leaves_the_phrases_alone(tmp_path: Path):
    vote = CrisisVote(BrokenEmbedder(), tmp_path)
    vote.prepare()
    assert vote.similarity() is None


def test_a_vote_that_fails_later_abstains():
    def fail(_: str) -> float:
        raise RuntimeError("the model is gone")

    assert careful(fail)("anything") < 0


def test_a_folder_that_cannot_be_written_only_means_learning_anew(tmp_path: Path):
    vote = CrisisVote(CountingEmbedder(), tmp_path / "missing")
    vote.prepare()
    assert vote.similarity() is not None


def test_a_model_that_counts_words_has_no_vote(tmp_path: Path):
    embedder = CountingEmbedder()
    embedder.name = COUNTS_WORDS + "512"
    vote = CrisisVote(embedder, tmp_path)
    vote.prepare()
    assert vote.similarity() is None
    assert embedder.texts == 0
