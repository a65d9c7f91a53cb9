from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from gaps.radar import WEEKS, compared_with, covered_share, make_radar
from gaps.schema import LoggedQuestion
from index.schema import Interpretation, SearchOutcome

TODAY = date(2026, 11, 23)
WEEK = timedelta(days=7)


def finds_nothing(question):
    return SearchOutcome(Interpretation(question), "not_covered", 0.05, (), 0)


def embed(texts):
    vectors = np.zeros((len(texts), 26), dtype=np.float32)
    for row, text in enumerate(texts):
        vectors[row, ord(text[0]) - ord("a")] = 1.0
    return vectors


def asked(text, count=10, day=TODAY, band="low"):
    return LoggedQuestion(text, day, band, count)


def broken(site):
    return site.page(
        "/ipt/", "# Interpersonal Psychotherapy", "It helps.[1] It lasts.[2]", "## References", "1. Smith. Title. Journal. 2020."
    )


@pytest.fixture
def context(site):
    return replace(broken(site).context(), search=finds_nothing)


def test_without_a_log_the_inventory_is_crossed_with_the_sites_topics(context):
    radar = make_radar(context)
    assert "What is Interpersonal Psychotherapy?" in {gap.subject for gap in radar.report.gaps if gap.check == "empty_cell"}
    assert (radar.questions, radar.weeks) == ((), ())


def test_without_a_search_there_are_the_checks_alone(site):
    radar = make_radar(broken(site).context(), questions=[asked("tinnitus")], embed=embed)
    assert radar.question_matrix is None
    assert {gap.check for gap in radar.report.gaps} >= {"missing_reference"}


def test_what_is_asked_and_not_covered_is_a_gap_with_its_demand(context):
    radar = make_radar(context, questions=[asked("tinnitus")], embed=embed)
    gap = next(gap for gap in radar.report.gaps if gap.check == "unanswered_question")
    assert (gap.subject, gap.demand) == ("tinnitus", 10.0)
    assert [(one.leader, one.cause, one.band, one.weeks[-1]) for one in radar.questions] == [("tinnitus", "not covered", "low", 10)]


def test_a_group_of_questions_keeps_its_name_from_run_to_run(context):
    first = make_radar(context, questions=[asked("tinnitus", 9), asked("tinnitus help", 5)], embed=embed)
    later = replace(context, today=TODAY + WEEK)
    second = make_radar(later, questions=[asked("tinnitus", 9), asked("tinnitus help", 50)], embed=embed, previous=first)
    assert [one.leader for one in second.questions] == ["tinnitus"]
    assert second.report.closed == ()


def test_a_name_that_the_log_has_forgotten_is_not_used_again(context):
    first = make_radar(context, questions=[asked("tinnitus")], embed=embed)
    second = make_radar(context, questions=[asked("tinnitus help")], embed=embed, previous=first)
    assert [one.leader for one in second.questions] == ["tinnitus help"]


def test_weeks_begin_with_the_first_question_and_end_today(context):
    rows = [asked("tinnitus", 3, TODAY - 2 * WEEK, "high"), asked("tinnitus", 4), asked("tinnitus", 9, TODAY - timedelta(days=999))]
    weeks = make_radar(context, questions=rows, embed=embed).weeks
    assert [(week.asked, week.unanswered) for week in weeks] == [(3, 0), (0, 0), (4, 4)]
    assert weeks[-1].first_day == TODAY - timedelta(days=6)


def test_one_question_a_million_times_is_one_line(context):
    rows = [asked("tinnitus", 250_000, TODAY - day * timedelta(days=1)) for day in range(4)]
    radar = make_radar(context, questions=rows, embed=embed)
    assert [(one.volume, len(one.weeks)) for one in radar.questions] == [(1_000_000, WEEKS)]


def test_a_run_is_compared_with_the_last_one_of_an_earlier_day(context):
    first = make_radar(context)
    week_later = replace(context, today=TODAY + WEEK)
    second = make_radar(week_later, questions=[asked("tinnitus")], embed=embed, previous=first)
    again = make_radar(week_later, questions=[asked("tinnitus")], embed=embed, previous=second)
    assert [gap.subject for gap in again.report.opened] == ["tinnitus"]
    assert (again.report.previous_day, [run.day for run in again.history]) == (TODAY, [TODAY, TODAY + WEEK])


def test_on_the_first_day_a_run_is_compared_with_the_first_one(context):
    first = make_radar(context)
    second = make_radar(context, questions=[asked("tinnitus")], embed=embed, previous=first)
    third = make_radar(context, questions=[asked("tinnitus")], embed=embed, previous=second)
    assert [gap.subject for gap in third.report.opened] == ["tinnitus"]
    assert compared_with(None, TODAY) is None


def test_the_covered_share_counts_what_is_asked_more_often_for_more(context):
    matrix = make_radar(context).question_matrix
    covered = replace(matrix, cells=tuple(replace(cell, confidence=1.0, support="a section") for cell in matrix.cells))
    assert (covered_share(matrix), covered_share(covered), covered_share(replace(matrix, cells=()))) == (0.0, 1.0, 0.0)
