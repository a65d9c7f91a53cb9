from dataclasses import replace

import pytest

from gaps.errors import DamagedReport
from gaps.radar import make_radar
from gaps.radar_store import KEPT, last_run, load_radar, report_folder, save_radar
from gaps.schema import Silence


@pytest.fixture
def radar(site):
    site.page("/a/", "# Grief", "lorem ipsum dolor").page("/b/", "# Loss", "Text.[1]")
    return make_radar(site.context(silences=(Silence("placeholder_text", "a joke"),)))


def test_a_saved_run_is_read_back_as_it_was(tmp_path, radar):
    save_radar(radar, tmp_path / "new", {"gaps.csv": b"check\n"})
    assert load_radar(tmp_path / "new") == radar
    assert (last_run(tmp_path / "new") / "gaps.csv").read_bytes() == b"check\n"


def test_before_the_first_run_there_is_none(tmp_path):
    assert load_radar(report_folder(tmp_path)) is None


def test_a_run_that_breaks_off_leaves_the_last_one_and_the_next_one_clears_up(tmp_path, radar):
    save_radar(radar, tmp_path, {})
    with pytest.raises(TypeError):
        save_radar(replace(radar, withheld=7), tmp_path, {"a.csv": b"", "b.csv": None})
    assert load_radar(tmp_path) == radar
    save_radar(radar, tmp_path, {})
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".unfinished")] == []


def test_a_run_that_never_got_its_name_written_is_not_the_last_one(tmp_path, radar):
    first = save_radar(radar, tmp_path, {})
    (tmp_path / "000002-2026-11-23").mkdir()
    assert last_run(tmp_path) == first
    assert save_radar(radar, tmp_path, {}).name.startswith("000003-")


def test_old_runs_are_deleted(tmp_path, radar):
    runs = [save_radar(radar, tmp_path, {}) for _ in range(KEPT + 2)]
    assert [run.exists() for run in runs] == [False, False] + [True] * KEPT


@pytest.mark.parametrize("content", ["{half", "[]", ""])
def test_a_damaged_run_is_named_with_what_to_do(tmp_path, radar, content):
    (save_radar(radar, tmp_path, {}) / "radar.json").write_text(content)
    with pytest.raises(DamagedReport, match="delete"):
        load_radar(tmp_path)


@pytest.mark.parametrize("name", ["../elsewhere", "000009-2026-11-23", "", "\x00"])
def test_a_pointer_to_nowhere_is_no_run(tmp_path, name):
    (tmp_path / "LATEST").write_text(name)
    assert last_run(tmp_path) is None
