import logging
import sqlite3
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest
from fastapi.testclient import TestClient

from gaps.question_log import append_question, read_questions
from gaps.schema import LoggedQuestion
from search_api.app import create_app
from search_api.question_writer import QuestionWriter, question_log_of
from search_api.settings import Settings

TODAY = date(2026, 11, 23)


class Writer:
    """A writer over a file of its own, with what it lost."""

    def __init__(self, file: Path, *, keep_days: int = 30) -> None:
        self.file, self.lost, self.today = file, 0, TODAY
        self.writer = QuestionWriter(file, scrub=self.scrub, keep_days=keep_days, today=lambda: self.today, on_loss=self.lose)

    def scrub(self, text: str) -> str:
        if "trap" in text:
            raise ValueError(text)
        return text.replace("Ana", "[person]")

    def lose(self) -> None:
        self.lost += 1

    def write(self, *texts: str) -> None:
        self.writer.start()
        for text in texts:
            self.writer.put(text, 0.9)
        self.writer.close()

    def questions(self) -> list[LoggedQuestion]:
        return read_questions(self.file, distinct_days=1)


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    return Writer(tmp_path / "questions.db")


def test_questions_reach_the_log_scrubbed_with_day_and_band_only(writer: Writer):
    writer.write("is Ana there", "fees", "fees")
    assert writer.questions() == [LoggedQuestion("fees", TODAY, "high", 2), LoggedQuestion("is [person] there", TODAY, "high")]
    assert writer.lost == 0


def test_a_question_that_the_scrubber_chokes_on_is_lost_and_the_log_says_no_word_of_it(writer: Writer, caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.DEBUG):
        writer.write("trap with Ana")
    assert (writer.questions(), writer.lost) == ([], 1)
    assert "Ana" not in caplog.text
    assert "ValueError" in caplog.text


def test_the_thread_lives_on_after_a_loss(writer: Writer):
    writer.write("trap")
    writer.write("fees")
    assert [question.text for question in writer.questions()] == ["fees"]


def test_old_questions_are_deleted_also_when_none_is_asked(writer: Writer):
    append_question(writer.file, "a year old", scrub=str, day=date(2025, 11, 1), confidence=0.5)
    append_question(writer.file, "last week", scrub=str, day=date(2026, 11, 16), confidence=0.5)
    writer.write()
    assert [question.text for question in writer.questions()] == ["last week"]
    assert b"a year old" not in writer.file.read_bytes()


def test_more_than_can_wait_is_lost_and_nobody_waits_for_it(writer: Writer):
    for number in range(1010):
        writer.writer.put(f"question {number}", 0.5)
    assert writer.lost == 10


def test_each_index_has_a_log_of_its_own_beside_it(tmp_path: Path):
    assert question_log_of(tmp_path / "index") == tmp_path / "index-questions.db"
    assert question_log_of(tmp_path / "other") != question_log_of(tmp_path / "index")


@pytest.fixture
def index(small_index: Path, tmp_path: Path) -> Path:
    return copytree(small_index, tmp_path / "index")


def served(index: Path, clinic: str = "") -> TestClient:
    site = index.with_name("clinic.toml")
    site.write_text(clinic, "utf-8")
    return TestClient(create_app(Settings(index=index, access=index / "tokens.json", site=site)))


def logged(index: Path) -> list[str]:
    return [question.text for question in read_questions(question_log_of(index), distinct_days=1)]


def test_a_committed_search_is_logged_whichever_way_it_comes(index: Path):
    with served(index) as client:
        client.post("/api/search", json={"q": "fees by post"})
        client.get("/api/search", params={"q": "fees by get"})
        client.post("/", data={"q": "fees by form"})
        client.get("/", params={"q": "fees by link"})
    assert logged(index) == ["fees by form", "fees by get", "fees by link", "fees by post"]


def test_letters_typed_on_the_way_and_further_pages_are_not_logged(index: Path):
    with served(index) as client:
        client.post("/api/search", json={"q": "fe"}, headers={"search-live": "1"})
        client.post("/", data={"q": "fee"}, headers={"search-live": "1"})
        client.post("/api/suggest", json={"q": "fees"})
        client.get("/", params={"q": "fees"}, headers={"sec-purpose": "prefetch;prerender"})
        client.post("/api/search", json={"q": "fees", "offset": 1})
    assert logged(index) == []


def test_a_question_that_tells_of_a_crisis_leaves_no_trace(index: Path):
    with served(index) as client:
        assert client.post("/api/search", json={"q": "I want to kill myself tonight"}).status_code == 200
        metrics = client.app.state.metrics.registry  # type: ignore[attr-defined]
        assert [sample for family in metrics.collect() if "searches" in family.name for sample in family.samples] == []
    assert not question_log_of(index).exists()


def test_a_clinic_can_turn_the_log_off(index: Path):
    with served(index, "[log]\nkeep = false\n") as client:
        assert client.post("/api/search", json={"q": "fees"}).status_code == 200
    assert not question_log_of(index).exists()


def test_personal_data_never_reaches_the_disk(index: Path):
    with served(index) as client:
        client.post("/api/search", json={"q": "write to maria.gonzalez@example.org about fees"})
    assert b"maria.gonzalez" not in question_log_of(index).read_bytes()
    assert len(logged(index)) == 1


@pytest.fixture
def locked(index: Path) -> Iterator[Path]:
    """The index's log, held by another process for longer than any search takes."""
    log = question_log_of(index)
    append_question(log, "before", scrub=str, day=TODAY, confidence=0.5)
    with sqlite3.connect(log, isolation_level=None) as database:
        database.execute("BEGIN EXCLUSIVE")
        yield log
        database.execute("ROLLBACK")
    database.close()


def test_a_locked_log_neither_fails_nor_delays_a_search(index: Path, locked: Path):
    client = served(index)
    client.app.state.recorder._writer.start()  # type: ignore[attr-defined]
    answers = [client.post("/api/search", json={"q": "fees"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert max(answer.elapsed.total_seconds() for answer in answers) < 2
    assert any(thread.name == "question-log" for thread in threading.enumerate())


@pytest.mark.parametrize(
    "spoil", [lambda log: log.mkdir(), lambda log: log.write_bytes(b"no database" * 100), lambda log: log.symlink_to("/dev/full")]
)
def test_a_log_that_cannot_be_written_fails_no_search_and_is_counted(index: Path, spoil):
    spoil(question_log_of(index))
    with served(index) as client:
        assert client.post("/api/search", json={"q": "fees"}).status_code == 200
        metrics = client.app.state.metrics.registry  # type: ignore[attr-defined]
    assert metrics.get_sample_value("clinic_search_questions_not_logged_total") == 1
