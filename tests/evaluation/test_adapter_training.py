from pathlib import Path

import numpy as np
import pytest

from evaluation.adapter_training import main
from index.embedders.sentence_transformer import model_folder, weights_digest
from index.question_adapter import read_adapter


def test_an_adapter_is_learnt_and_says_for_which_model(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    rows = Path("corpus/training/mood.jsonl").read_text("utf-8").splitlines()[:8]
    (tmp_path / "part.jsonl").write_text("\n".join(rows), "utf-8")
    out = tmp_path / "adapter.npz"
    assert main([str(tmp_path), "--out", str(out), "--epochs", "1", "--passages", "3", "--hold-out", "4", "--rank", "2"]) == 0
    adapter = read_adapter(out.read_bytes())
    assert adapter.model == weights_digest(model_folder())
    assert len(adapter.layers) == 36
    assert all(factors.down.shape[0] == 2 and np.abs(factors.up).max() > 0 for factors in adapter.layers.values())
    told = capsys.readouterr().err
    assert "before: plain" in told
    assert "epoch 1: plain" in told


def test_a_folder_without_rows_ends_with_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main([str(tmp_path), "--out", str(tmp_path / "adapter.npz")]) == 1
    assert "no rows" in capsys.readouterr().err
    assert not (tmp_path / "adapter.npz").exists()
