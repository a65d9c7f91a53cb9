import shutil
from datetime import date
from pathlib import Path

import pytest

from index.errors import DamagedIndex, MissingIndex, SearchIndexError
from index.generations import (
    KEPT,
    Manifest,
    current_generation,
    list_generations,
    new_generation,
    read_manifest,
    repair_hint,
    roll_back,
    verify_generation,
    write_manifest,
)

MANIFEST = Manifest(
    embedder="hashing:8",
    model_digest="d",
    dimension=8,
    store="numpy_exact",
    created_on=date(2026, 1, 1),
    corpus_digest="c",
    articles=1,
    passages=1,
)


def publish(root: Path, content: str) -> Path:
    with new_generation(root) as folder:
        (folder / "file.txt").write_text(content)
        write_manifest(folder, MANIFEST)
    return current_generation(root)


def test_a_manifest_comes_back_with_a_checksum_of_every_file(tmp_path: Path):
    manifest = read_manifest(publish(tmp_path, "one"))
    assert list(manifest.files) == ["file.txt"]
    assert manifest.weights == MANIFEST.weights


def test_a_build_that_fails_leaves_the_last_generation_and_nothing_else(tmp_path: Path):
    first = publish(tmp_path, "one")
    with pytest.raises(OSError, match="disk full"):
        publish_half(tmp_path)
    assert current_generation(tmp_path) == first
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", first.name, "CURRENT"]


def publish_half(root: Path) -> None:
    with new_generation(root) as folder:
        (folder / "half.txt").write_text("half")
        raise OSError("disk full")


def test_what_a_killed_build_left_is_swept_away_by_the_next(tmp_path: Path):
    (tmp_path / ".unfinished-dead").mkdir()
    publish(tmp_path, "one")
    assert not list(tmp_path.glob(".unfinished*"))


def test_only_the_last_generations_are_kept(tmp_path: Path):
    published = [publish(tmp_path, str(number)) for number in range(KEPT + 2)]
    assert list_generations(tmp_path) == published[-KEPT:]


def test_rolling_back_lets_the_generation_before_answer(tmp_path: Path):
    first, second = publish(tmp_path, "one"), publish(tmp_path, "two")
    assert current_generation(tmp_path) == second
    assert roll_back(tmp_path) == first == current_generation(tmp_path)
    with pytest.raises(MissingIndex, match="go back"):
        roll_back(tmp_path)


def test_a_damaged_generation_is_not_rolled_back_to(tmp_path: Path):
    first, second = publish(tmp_path, "one"), publish(tmp_path, "two")
    (first / "file.txt").write_text("changed")
    with pytest.raises(DamagedIndex, match=r"file.txt"):
        roll_back(tmp_path)
    assert current_generation(tmp_path) == second


def test_the_repair_of_an_index_with_an_earlier_generation_may_be_to_go_back(tmp_path: Path):
    publish(tmp_path, "one")
    assert "rollback" not in repair_hint(tmp_path)
    publish(tmp_path, "two")
    assert f"clinic-search rollback --index {tmp_path}" in repair_hint(tmp_path)


@pytest.mark.parametrize("damage", ["changed", "removed"])
def test_a_changed_or_missing_file_is_told_with_the_repair(tmp_path: Path, damage: str):
    folder = publish(tmp_path, "one")
    if damage == "changed":
        (folder / "file.txt").write_text("other")
    else:
        (folder / "file.txt").unlink()
    with pytest.raises(DamagedIndex, match="clinic-search build --from DIR --index"):
        verify_generation(folder)


@pytest.mark.parametrize("content", ["", "../../etc", "000001-0123456789ab"])
def test_a_current_that_names_no_generation_is_told_with_the_repair(tmp_path: Path, content: str):
    publish(tmp_path, "one")
    (tmp_path / "CURRENT").write_text(content)
    with pytest.raises(MissingIndex, match="clinic-search build"):
        current_generation(tmp_path)


def test_a_folder_without_an_index_is_told_with_the_repair(tmp_path: Path):
    with pytest.raises(MissingIndex, match="clinic-search build"):
        current_generation(tmp_path / "nowhere")


def test_two_builds_at_once_are_refused(tmp_path: Path):
    with pytest.raises(SearchIndexError, match="Another build"), new_generation(tmp_path), new_generation(tmp_path):
        pass


def test_a_half_copied_generation_is_not_read(tmp_path: Path):
    folder = publish(tmp_path, "one")
    (folder / "manifest.json").write_bytes((folder / "manifest.json").read_bytes()[:50])
    with pytest.raises(DamagedIndex, match=r"manifest.json"):
        verify_generation(folder)
    shutil.rmtree(folder)
    with pytest.raises(MissingIndex):
        current_generation(tmp_path)
