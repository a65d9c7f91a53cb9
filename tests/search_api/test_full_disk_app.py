"""A small disk that is really full, under the index and its question log: visitors are answered as if nothing were."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from gaps.question_log import read_questions
from index.builder import build_index
from index.embedders import load_embedder
from index.generations import current_generation, list_generations
from ingest.schema import Site
from ingest.site_files import write_site
from search_api.app import create_app
from search_api.question_writer import question_log_of
from search_api.settings import Settings

DISK_BYTES = 4 * 1024 * 1024


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of a few megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    try:
        mounting = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(folder)]
        subprocess.run(mounting, check=True, capture_output=True, timeout=20)
    except (OSError, subprocess.SubprocessError):
        pytest.skip("only root on Linux can mount a small disk here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True, timeout=20)


@pytest.fixture
def index(disk: Path, small_index: Path) -> Path:
    return Path(shutil.copytree(small_index, disk / "index"))


def fill(disk: Path) -> Path:
    """A file that takes all the space that is left."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(4096)):
            pass
    assert shutil.disk_usage(disk).free == 0
    return ballast


def serve(index: Path) -> TestClient:
    """A client on this machine, which no limit of requests counts."""
    return TestClient(create_app(Settings(index=index, access=index.parent / "tokens.json")), client=("127.0.0.1", 50000))


def ask(client: TestClient, question: str) -> int:
    return client.post("/api/search", json={"q": question}).status_code


def test_a_full_disk_fails_no_search_and_once_there_is_room_questions_are_kept_again(disk: Path, index: Path):
    ballast = fill(disk)
    with serve(index) as client:
        assert [ask(client, "fees") for _ in range(20)] == [200] * 20
        page = client.post("/", data={"q": "fees", "helpful": "yes"})
        assert page.status_code == 200
        assert "165 dollars" in page.text
    with serve(index) as client:
        ballast.unlink()
        assert ask(client, "sliding scale") == 200
    assert "sliding scale" in {question.text for question in read_questions(question_log_of(index), distinct_days=1)}


def test_a_disk_that_fills_up_while_questions_are_written_fails_no_search(disk: Path, index: Path):
    with serve(index) as client:
        assert ask(client, "fees") == 200
        fill(disk)
        answers = [ask(client, f"question {number} {'of many words ' * 20}") for number in range(100)]
        metrics = client.app.state.metrics.registry  # type: ignore[attr-defined]
    assert answers == [200] * 100
    assert metrics.get_sample_value("clinic_search_questions_not_logged_total") > 0


def test_a_build_on_a_full_disk_leaves_the_last_good_generation_answering(disk: Path, index: Path, small_site: Site):
    before, held = current_generation(index), list_generations(index)
    with serve(index) as client:
        fill(disk)
        with pytest.raises(OSError, match="No space left"):
            build_index(small_site, index, embedder=load_embedder("hashing", "512"), created_on=date(2026, 11, 24))
        assert (current_generation(index), list_generations(index)) == (before, held)
        assert not list(index.glob(".unfinished*"))
        assert ask(client, "fees") == 200
    assert ask(serve(index), "fees") == 200


def test_the_command_line_says_that_the_disk_is_full_and_that_nothing_was_lost(disk: Path, index: Path, small_site: Site, tmp_path: Path):
    write_site(small_site, tmp_path / "site")
    fill(disk)
    command = [sys.executable, "-m", "search_api", "build", "--from", str(tmp_path / "site"), "--index", str(index)]
    said = subprocess.run([*command, "--embedder", "hashing", "--model", "512"], capture_output=True, text=True, timeout=120, check=False)
    assert said.returncode == 1
    assert "The disk is full" in said.stderr
    assert "Traceback" not in said.stderr
