import json
from pathlib import Path

import pytest

from evaluation.training_set import TrainingSet, read_training_set, told_questions
from index.judgments import read_queries

FOLDERS = Path("corpus/training"), Path("corpus/training/articles")
ROW = {
    "topic": "Sleep",
    "passage": ["A diary is kept for two weeks.", "Naps are left out.", "The bed is for sleep."],
    "asked": [
        {"answer": [0], "plain": "How long is a diary kept?", "lay": "how many days do I write it down", "typed": "diary how long"},
        {"answer": [1, 2], "plain": "What is left out?", "lay": "can I doze on the sofa", "typed": "afternoon nap ok"},
    ],
    "keyword": "sleep diary",
    "es": "¿Cuánto tiempo se lleva el diario?",
    "es_lay": "¿puedo echar la siesta?",
    "near": ["Which diary is best?"],
}


def written(folder: Path, *rows: object) -> Path:
    (folder / "part.jsonl").write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return folder


def test_each_question_knows_its_passage_and_the_sentences_that_answer(tmp_path: Path):
    data = read_training_set(written(tmp_path, ROW, {**ROW, "topic": "Grief"}))
    assert [one.topic for one in data.passages] == ["Sleep", "Grief"]
    asked = {(one.passage, one.text): one.answers for one in data.questions}
    assert asked[1, "can I doze on the sofa"] == {1, 2}
    assert asked[0, "sleep diary"] == {0, 1, 2}
    assert asked[0, "¿puedo echar la siesta?"] == {1, 2}
    assert asked[0, "Which diary is best?"] == set()
    assert len(data.questions) == 2 * 10


def test_whole_topics_are_held_out_and_nothing_is_lost(tmp_path: Path):
    data = read_training_set(written(tmp_path, *({**ROW, "topic": f"Topic {number // 2}"} for number in range(8))))
    learning, held = data.hold_out(4)
    assert {one.topic for one in learning.passages}.isdisjoint(one.topic for one in held.passages)
    assert (len(learning.passages), len(held.passages)) == (6, 2)
    assert len(learning.questions) + len(held.questions) == len(data.questions)
    assert {one.passage for one in held.questions} == {0, 1}
    assert data.hold_out(0)[1] == TrainingSet((), ())


@pytest.mark.parametrize("wrong", [{}, {**ROW, "asked": [{**ROW["asked"][0], "answer": [7]}]}, {**ROW, "near": None}, "text"])
def test_a_row_that_is_none_is_named_by_its_line(tmp_path: Path, wrong: object):
    with pytest.raises(ValueError, match=r"part\.jsonl, line 2"):
        read_training_set(written(tmp_path, ROW, wrong))


def test_an_empty_folder_is_no_training_set(tmp_path: Path):
    with pytest.raises(ValueError, match="no rows"):
        read_training_set(tmp_path)


def test_questions_are_told_as_the_product_tells_them(tmp_path: Path):
    told = told_questions(read_training_set(written(tmp_path, ROW)))
    assert "how much time" in told["¿Cuánto tiempo se lleva el diario?"]
    assert told["sleep diary"] == "sleep diary"


@pytest.mark.parametrize(("folder", "least"), [(FOLDERS[0], 34_000), (FOLDERS[1], 13_000)])
def test_the_training_sets_of_the_project_can_be_read_and_hardly_repeat_a_question(folder: Path, least: int):
    data = read_training_set(folder)
    texts = [one.text for one in data.questions]
    assert len(texts) > least
    assert len(set(texts)) / len(texts) > 0.99
    assert {one.form for one in data.questions} == {"plain", "lay", "typed", "keyword", "spanish", "spanish_lay", "near"}


def test_nothing_is_learnt_from_what_is_measured_on():
    learnt = {one.text.casefold() for folder in FOLDERS for one in read_training_set(folder).questions}
    measured = [query.text.casefold() for folder in ("corpus/judgments", "corpus/wordings") for query in read_queries(Path(folder))]
    hard = [json.loads(line)["text"].casefold() for line in Path("corpus/judgments/hard.jsonl").read_text("utf-8").splitlines()]
    long = {text for text in (*measured, *hard) if len(text.split()) > 4}
    assert len(learnt & long) / len(long) < 0.01
