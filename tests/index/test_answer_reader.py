import numpy as np
import pytest

from index.answer_reader import SENTENCE_TOKENS, ReadableSentence, bundled_reader, question_tokens, reader_for
from index.embedders import DEFAULT_EMBEDDER, load_embedder
from index.embedders.onnx_cpu import OnnxEmbedder
from index.late_interaction import PassageTokens, keep_tokens
from index.schema import QuestionVectors


@pytest.fixture(scope="module")
def embedder() -> OnnxEmbedder:
    embedder = load_embedder(DEFAULT_EMBEDDER)
    assert isinstance(embedder, OnnxEmbedder)
    return embedder


def tokens_of(embedder: OnnxEmbedder, heading: str, text: str) -> tuple[PassageTokens, PassageTokens]:
    read = keep_tokens(next(iter(embedder.read_passages([f"{heading}\n{text}"]))))
    below = read.starts > len(heading)
    parts = (PassageTokens(read.vectors[own], read.token_ids[own], read.starts[own]) for own in (below, ~below))
    sentence, title = parts
    return sentence, title


def readable(embedder: OnnxEmbedder, question: QuestionVectors, text: str, heading: str = "Lithium > Monitoring") -> ReadableSentence:
    (vector,) = embedder.embed_passages([f"{heading}: {text}"])
    return ReadableSentence(*tokens_of(embedder, heading, text), (float(vector @ question.whole), float(vector @ question.asked)))


def read(embedder: OnnxEmbedder, question: str, *texts: str) -> np.ndarray:
    asked = embedder.read_question(question)
    rarity = np.full(len(asked.token_ids), 1 / len(asked.token_ids), np.float32)
    return bundled_reader().read(asked, rarity, [readable(embedder, asked, text) for text in texts])


def test_the_bundled_reader_reads_the_bundled_model(embedder: OnnxEmbedder):
    assert reader_for(embedder.token_basis) is bundled_reader()
    assert reader_for("hashing:512") is None


def test_a_sentence_that_answers_stands_above_one_that_is_only_about_it(embedder: OnnxEmbedder):
    answers = "The level in the blood is measured every week at first, and every three months once it is steady."
    others = ("Lithium has been used since 1949.", "The kidneys and the thyroid are tested before treatment starts.")
    logits = read(embedder, "How often is the lithium level in my blood checked?", answers, *others)
    assert logits[0] > logits[1:].max() + 1


def test_a_question_that_no_sentence_answers_reads_lower_than_one_that_is_answered(embedder: OnnxEmbedder):
    text = "The level in the blood is measured every week at first, and every three months once it is steady."
    (asked,), (missed,) = (
        read(embedder, question, text) for question in ("How often is the level measured?", "How much does measuring the level cost?")
    )
    assert asked > missed + 1


def test_a_sentence_reads_the_same_whatever_is_read_beside_it(embedder: OnnxEmbedder):
    long = "word " * (2 * SENTENCE_TOKENS)
    (alone,) = read(embedder, "how long does it take", "It takes 16 weeks.")
    assert read(embedder, "how long does it take", long, "It takes 16 weeks.")[1] == pytest.approx(alone, abs=1e-3)


def test_nothing_to_read_is_read_as_nothing(embedder: OnnxEmbedder):
    question = embedder.read_question("how long")
    assert question_tokens(question).shape == (2, 2 * question.tokens.shape[1])
    assert bundled_reader().read(question, np.ones(2, np.float32) / 2, []).shape == (0,)
    nothing = embedder.read_question("")
    empty = PassageTokens(np.zeros((0, question.tokens.shape[1]), np.int8), np.zeros(0, np.int32), np.zeros(0, np.int32))
    sentence = ReadableSentence(empty, empty, (0.0, 0.0))
    assert bundled_reader().read(nothing, np.zeros(0, np.float32), [sentence]).tolist() == [0.0]
    assert np.isfinite(bundled_reader().read(question, np.ones(2, np.float32) / 2, [sentence])).all()
