from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.embedders.hashing import HashingEmbedder
from index.embedders.onnx_cpu import batch_by_length, pad_tokens
from index.model_export import LOWEST_COSINE, lowest_cosine, main
from index.schema import FloatMatrix


class WrongInCompany(HashingEmbedder):
    """Right for single texts, wrong for padded ones: what the export with two inputs did."""

    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        return np.roll(super().embed_passages(texts), 1, axis=1)


def test_an_export_that_is_right_for_single_texts_only_is_noticed():
    right = HashingEmbedder(64)
    assert lowest_cosine(right, right) == pytest.approx(1)  # type: ignore[arg-type]
    assert lowest_cosine(right, WrongInCompany(64)) < LOWEST_COSINE  # type: ignore[arg-type]


def test_a_model_that_is_not_there_ends_with_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "model").mkdir()
    assert main(["--model", str(tmp_path / "model"), "--out", str(tmp_path / "out")]) == 1
    assert "holds no weights" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_batches_hold_every_row_once_and_pad_little():
    lengths = [3, 200, 5, 180, 4, 256, 7]
    batches = batch_by_length(lengths, tokens_per_batch=512)
    assert sorted(row for batch in batches for row in batch) == list(range(7))
    assert all(len(batch) * max(lengths[row] for row in batch) <= 512 for batch in batches)


def test_padding_is_masked():
    inputs = pad_tokens([[5, 6, 7], [8]])
    assert inputs["input_ids"].tolist() == [[5, 6, 7], [8, 0, 0]]
    assert inputs["attention_mask"].tolist() == [[1, 1, 1], [1, 0, 0]]
