import time
from pathlib import Path

from search_api.gap_runner import GapRunner


def wait_for(runner: GapRunner) -> None:
    deadline = time.monotonic() + 60
    while runner.running_since() and time.monotonic() < deadline:
        time.sleep(0.1)


def test_before_the_first_run_nothing_runs_and_nothing_failed(tmp_path: Path):
    runner = GapRunner(tmp_path, None)
    assert (runner.running_since(), runner.failure()) == (None, "")


def test_the_command_is_the_one_for_a_terminal(tmp_path: Path):
    assert GapRunner(Path("var/index"), Path("clinic.toml")).command == "clinic-search gaps --index var/index --site clinic.toml"


def test_a_run_that_fails_says_why(tmp_path: Path):
    runner = GapRunner(tmp_path / "index", None)
    runner.start()
    wait_for(runner)
    assert "There is no index in" in runner.failure()


def test_a_second_run_is_not_begun_beside_the_first(tmp_path: Path):
    runner = GapRunner(tmp_path / "index", None)
    runner.start()
    began = runner.running_since()
    runner.start()
    assert began is not None
    assert runner.running_since() in (began, None)
    wait_for(runner)


def test_a_run_that_is_stopped_has_ended(tmp_path: Path):
    runner = GapRunner(tmp_path / "index", None)
    runner.stop()
    runner.start()
    runner.stop()
    assert runner.running_since() is None
