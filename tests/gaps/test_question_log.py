import sqlite3
from datetime import date, timedelta

import pytest

from gaps.errors import DamagedLog
from gaps.question_log import append_question, append_questions, count_withheld, forget_old_questions, read_questions
from gaps.schema import LoggedQuestion

DAY = date(2026, 11, 1)


def keep(text: str) -> str:
    return text


def ask(log, text, days, *, first=DAY, confidence=0.9):
    append_questions(log, [(text, first + timedelta(days=day), confidence) for day in range(days)], scrub=keep)


def test_only_what_the_scrubber_left_is_on_the_disk(tmp_path):
    log = tmp_path / "log.sqlite"
    append_question(log, "I am Jane Roe, what is IPT?", scrub=lambda text: text.replace("Jane Roe", "[name]"), day=DAY, confidence=0.9)
    assert b"Jane" not in log.read_bytes()
    assert b"[name]" in log.read_bytes()


def test_a_wording_asked_on_too_few_days_is_not_shown(tmp_path):
    log = tmp_path / "log.sqlite"
    ask(log, "what is ipt", 5)
    ask(log, "my neighbour at 12 Elm Street drinks", 4)
    assert {question.text for question in read_questions(log)} == {"what is ipt"}
    assert count_withheld(log) == 4


def test_many_askings_on_one_day_are_one_day(tmp_path):
    log = tmp_path / "log.sqlite"
    append_questions(log, [("what is ipt", DAY, 0.9)] * 1000, scrub=keep)
    assert read_questions(log) == []
    assert read_questions(log, distinct_days=1) == [LoggedQuestion("what is ipt", DAY, "high", 1000)]


def test_wordings_that_differ_in_case_and_punctuation_count_together(tmp_path):
    log = tmp_path / "log.sqlite"
    ask(log, "What is IPT?", 3)
    ask(log, "what is ipt", 2, first=DAY + timedelta(days=3))
    assert {question.text for question in read_questions(log)} == {"What is IPT?"}


def test_forgotten_questions_are_gone_from_the_file_itself(tmp_path):
    log = tmp_path / "log.sqlite"
    ask(log, "unforgettable words", 5)
    ask(log, "recent words", 5, first=DAY + timedelta(days=100))
    assert forget_old_questions(log, today=DAY + timedelta(days=120), keep_days=60) == 5
    assert b"unforgettable" not in log.read_bytes()
    assert {question.text for question in read_questions(log)} == {"recent words"}


def test_hostile_text_is_stored_as_text_on_one_line(tmp_path):
    log = tmp_path / "log.sqlite"
    ask(log, "'); DROP TABLE questions; --\n\x00 <b>", 5)
    assert {question.text for question in read_questions(log)} == {"'); DROP TABLE questions; -- <b>"}


@pytest.mark.parametrize("text", ["", "   ", "?!", "\x00"])
def test_a_question_without_a_word_is_not_logged(tmp_path, text):
    log = tmp_path / "log.sqlite"
    append_question(log, text, scrub=keep, day=DAY, confidence=0.5)
    assert count_withheld(log) == 0


def test_a_missing_log_is_empty(tmp_path):
    log = tmp_path / "none.sqlite"
    assert (read_questions(log), count_withheld(log), forget_old_questions(log, today=DAY)) == ([], 0, 0)
    assert not log.exists()


def test_a_file_that_is_no_log_is_refused(tmp_path):
    log = tmp_path / "log.sqlite"
    log.write_bytes(b"not a database" * 100)
    with pytest.raises(DamagedLog, match="move it away"):
        read_questions(log)


def test_the_table_has_no_column_for_who_asked_or_when_on_the_day(tmp_path):
    log = tmp_path / "log.sqlite"
    ask(log, "what is ipt", 1)
    database = sqlite3.connect(log)
    columns = [row[1] for row in database.execute("PRAGMA table_info(questions)")]
    database.close()
    assert columns == ["text", "day", "band", "count"]
