from pathlib import Path

import pytest

from evaluation.load import Answered, collect_questions, measure_load, summarise


def test_figures_are_those_of_the_answers():
    answers = [Answered(200, number / 100) for number in range(101)] + [Answered(500, 9.0), Answered(0, 30.0)]
    figures = summarise(answers, 10.0)
    assert figures == {
        "requests": 103,
        "per_second": 10.3,
        "p50": pytest.approx(0.5),
        "p95": pytest.approx(0.95),
        "p99": pytest.approx(0.99),
        "errors": 2,
    }


def test_questions_are_the_headings_of_the_index_each_once(small_index: Path):
    questions = collect_questions(small_index)
    assert "Fees" in questions
    assert "Post-Traumatic Stress Disorder (PTSD)" in questions
    assert len(questions) == len(set(questions))


def test_a_small_load_is_answered_without_an_error(small_index: Path):
    figures = measure_load(small_index, requests=20, clients=4)
    assert (figures["requests"], figures["errors"]) == (20, 0)
    assert 0 < figures["p50"] <= figures["p95"] <= figures["p99"]


def test_a_run_ends_when_its_time_is_over_and_says_how_far_it_came(small_index: Path):
    said: list[str] = []
    figures = measure_load(small_index, requests=1_000_000, clients=2, seconds=6, tell=said.append)
    assert 0 < figures["requests"] < 1_000_000
    assert figures["requests"] / figures["per_second"] < 20
    assert "of 1000000 searches answered, 0 with an error" in said[1]
