from random import Random

import numpy as np

from evaluation.reader_texts import read_passages, read_questions
from evaluation.training_set import TrainingPassage, TrainingQuestion, TrainingSet
from index.embedders.hashing import HashingEmbedder

EMBEDDER = HashingEmbedder(16)
PASSAGES = (TrainingPassage("Sleep > At night", ("Go to bed late.", "Rooms are dark."), "p"), TrainingPassage("Grief", ("It hurts.",), "p"))


def filled(tokens: np.ndarray) -> list[int]:
    return (tokens != 0).any(-1).sum(-1).tolist()


def test_a_sentence_has_its_own_tokens_and_no_others():
    read = read_passages(EMBEDDER, PASSAGES)
    assert filled(read.tokens) == [4, 3, 2]
    assert filled(read.headings) == [3, 1]
    assert read.owner.tolist() == [0, 0, 1]
    alone = next(iter(EMBEDDER.read_passages(["Rooms are dark."]))).tokens
    np.testing.assert_allclose(read.tokens[1, :3], alone, atol=1e-3)


def test_a_sentence_vector_is_that_of_the_sentence_under_its_heading():
    read = read_passages(EMBEDDER, PASSAGES)
    np.testing.assert_allclose(read.vectors[2], EMBEDDER.embed_passages(["Grief: It hurts."])[0])


def test_a_question_is_read_as_it_is_and_as_it_is_asked():
    data = TrainingSet(PASSAGES, (TrainingQuestion("when to bed", 0, frozenset({0}), "plain"),))
    index = read_passages(EMBEDDER, PASSAGES).index
    read = read_questions(EMBEDDER, data, index, Random(1))
    assert filled(read.tokens) == [3]
    np.testing.assert_array_equal(read.tokens[0, :, :16], read.tokens[0, :, 16:])
    np.testing.assert_allclose(read.rarity.sum(), 1, atol=1e-3)
    assert read.vectors.shape == (1, 2, 16)
