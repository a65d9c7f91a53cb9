from random import Random

import pytest
import torch

from evaluation.reader_lesson import MARGIN, NEAREST, OWN, SIBLINGS, STRANGERS, Batch, ReaderLesson, reading_loss
from evaluation.reader_network import EVIDENCE, ReaderNetwork
from evaluation.reader_texts import read_passages, read_questions
from evaluation.training_set import TrainingPassage, TrainingQuestion, TrainingSet
from index.embedders.hashing import HashingEmbedder

EMBEDDER = HashingEmbedder(32)
PASSAGES = tuple(
    TrainingPassage(f"Article {number // 2} > Part {number}", tuple(f"Word{number}x{n} stands in sentence {n}." for n in range(8)), "p")
    for number in range(14)
)
ASKED = (TrainingQuestion("which word0x3 stands", 0, frozenset({3}), "plain"), TrainingQuestion("why word0x9", 0, frozenset(), "near"))


@pytest.fixture(scope="module")
def lesson() -> ReaderLesson:
    data = TrainingSet(PASSAGES, ASKED)
    passages = read_passages(EMBEDDER, PASSAGES)
    return ReaderLesson(data, passages, read_questions(EMBEDDER, data, passages.index, Random(1)))


def test_a_question_is_read_with_its_section_its_article_and_strangers(lesson: ReaderLesson):
    chosen = [lesson.choose(0) for _ in range(50)]
    (whole,) = {len(sentences) for sentences, right in chosen if right}
    assert whole == 8 + SIBLINGS + STRANGERS
    for sentences, right in chosen:
        if right:
            assert sentences[:8] == list(range(8))[:OWN]
            assert right == {3}
            assert all(8 <= one < 16 for one in sentences[8 : 8 + SIBLINGS])
            assert all(one >= 16 for one in sentences[8 + SIBLINGS :])


def test_some_questions_are_read_as_if_their_topic_were_not_there(lesson: ReaderLesson):
    absent = [sentences for sentences, right in (lesson.choose(0) for _ in range(100)) if not right]
    assert 10 < len(absent) < 60
    assert all(one >= 16 for sentences in absent for one in sentences)


def test_a_near_miss_has_no_right_sentence(lesson: ReaderLesson):
    assert all(not right for _, right in (lesson.choose(1) for _ in range(20)))
    assert lesson.choose_exam(1)[1] == set()


def test_strangers_are_less_near_than_what_answers(lesson: ReaderLesson):
    questions = EMBEDDER.embed_question(ASKED[0].text)
    texts = [f"{one.topic}: {sentence}" for one in PASSAGES for sentence in one.sentences]
    cosines = EMBEDDER.embed_passages(texts) @ questions
    strangers = lesson.choose_exam(0)[0][8:]
    assert len(strangers) == STRANGERS <= NEAREST
    near = [float(cosines[one]) for one in strangers if cosines[one] <= cosines[3] - MARGIN]
    assert len(near) == len(strangers)


def test_where_nothing_is_strange_enough_the_own_section_is_read_alone():
    data = TrainingSet(PASSAGES[:1], ASKED)
    passages = read_passages(EMBEDDER, data.passages)
    alone = ReaderLesson(data, passages, read_questions(EMBEDDER, data, passages.index, Random(1)))
    assert alone.choose(0) == alone.choose_exam(0) == (list(range(8)), {3})


def test_a_batch_says_what_is_real_and_what_answers(lesson: ReaderLesson):
    batch = lesson.batch([0, 1], [([3, 4, 5], {3}), ([0], set())])
    assert batch.real.tolist() == [[True] * 3, [True, False, False]]
    assert batch.right.tolist() == [[True, False, False], [False] * 3]
    question, _, sentences, headings, cosines = batch.inputs
    assert (question.shape[0], sentences.shape[:2], headings.shape[:2], cosines.shape) == (2, (2, 3), (2, 3), (2, 3, EVIDENCE))


class Fixed(ReaderNetwork):
    """Says what it is told to."""

    def __init__(self, *logits: list[float]) -> None:
        super().__init__(4)
        self.logits = torch.tensor(logits)

    def forward(self, *_: torch.Tensor) -> torch.Tensor:
        return self.logits


def test_the_loss_falls_when_the_right_sentence_and_none_are_told():
    real, right = torch.tensor([[True, True], [True, False]]), torch.tensor([[True, False], [False, False]])
    batch = Batch((), real, right)
    good, bad = (float(reading_loss(Fixed(*logits), batch)) for logits in (([6.0, -6.0], [-6.0, 9.0]), ([-6.0, 6.0], [6.0, 9.0])))
    assert 0 <= good < 0.05 < 5 < bad
