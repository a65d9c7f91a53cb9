from pathlib import Path

import numpy as np
import pytest

from evaluation.reader_training import ReadingRecipe, main, train_reader
from evaluation.training_set import TrainingSet, read_training_set
from index.answer_reader import AnswerReader
from index.embedders.hashing import HashingEmbedder

EMBEDDER = HashingEmbedder(32)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> TrainingSet:
    folder = tmp_path_factory.mktemp("training")
    for name in ("mood", "articles/mood"):
        rows = Path(f"corpus/training/{name}.jsonl").read_text("utf-8").splitlines()[:15]
        (folder / name.replace("/", "-")).with_suffix(".jsonl").write_text("\n".join(rows), "utf-8")
    return read_training_set(folder)


def test_a_reader_is_learnt_and_reads(data: TrainingSet):
    told: list[str] = []
    recipe = ReadingRecipe(epochs=2, questions=32, hold_out=4)
    reader = AnswerReader(train_reader(data, recipe, embedder=EMBEDDER, report=told.append))
    assert reader.space == EMBEDDER.token_basis
    assert [line.partition(":")[0] for line in told if line.startswith("epoch")] == ["epoch 1", "epoch 2"]
    assert "near misses" in told[-1]
    assert reader.read(EMBEDDER.read_question("sleep"), np.ones(1, np.float32), []).shape == (0,)


def test_sections_of_one_article_are_held_out_together(data: TrainingSet):
    learning, held = data.hold_out(4)
    assert held.passages
    assert {one.article for one in learning.passages}.isdisjoint(one.article for one in held.passages)


def test_sets_are_joined_with_their_own_passages(data: TrainingSet):
    twice = data.join(data)
    last, first = twice.questions[-1], data.questions[-1]
    assert (last.text, twice.passages[last.passage]) == (first.text, data.passages[first.passage])
    assert last.passage == first.passage + len(data.passages)


def test_a_folder_without_rows_ends_with_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main([str(tmp_path), "--out", str(tmp_path / "reader.onnx")]) == 1
    assert "no rows" in capsys.readouterr().err
    assert not (tmp_path / "reader.onnx").exists()
