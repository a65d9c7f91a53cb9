from datetime import date

from gaps.chart_series import coverage_series, list_series
from gaps.coverage import Cell, CoverageMatrix
from gaps.radar import Radar, RunFigures, Week
from gaps.schema import GapReport
from gaps.topics import Topic

TODAY, BEFORE = date(2026, 11, 23), date(2026, 11, 16)
GRIEF, PANIC = Topic("Grief", "condition"), Topic("Panic", "condition")


def cell(topic, column, confidence):
    return Cell(topic, column, "?", 1.0, confidence, "a section", "", "", "")


MATRIX = CoverageMatrix(
    ("causes", "cost", "side effects"), (GRIEF, PANIC), (cell(GRIEF, "causes", 0.9), cell(PANIC, "causes", 0.1), cell(GRIEF, "cost", 0.5))
)


def test_coverage_counts_topics_for_each_question_that_is_asked_and_names_the_worst():
    series = coverage_series(MATRIX)
    assert series.labels == ("causes", "cost")
    assert series.values == {"covered": (1.0, 0.0), "weak": (0.0, 1.0), "empty": (1.0, 0.0)}
    assert series.words.endswith("Least answered is “cost”: 0 of 1 topics.")


def test_there_is_no_chart_of_a_log_that_is_empty_or_of_a_site_without_topics():
    assert [series.name for series in list_series(Radar(GapReport(TODAY, ()), {}, ()))] == ["gaps"]


def test_weeks_tell_how_many_questions_got_no_sure_answer():
    radar = Radar(GapReport(TODAY, ()), {}, (), weeks=(Week(BEFORE, 0, 0), Week(TODAY, 10, 4)))
    series = list_series(radar)[0]
    assert series.values == {"answered": (0.0, 6.0), "without a confident answer": (0.0, 4.0)}
    assert series.words.startswith("In the last seven days 10 questions were asked, 40% of them")


def test_runs_tell_what_was_opened_and_closed(make_gap):
    history = (RunFigures(BEFORE, {"error": 2}, 0, 0, None), RunFigures(TODAY, {"error": 1, "notice": 1}, 1, 1, 0.5))
    report = GapReport(TODAY, (make_gap(),), (make_gap(),), (make_gap(),), previous_day=BEFORE)
    series = list_series(Radar(report, {}, (), history=history))[-1]
    assert series.values == {"error": (2, 1), "warning": (0, 0), "notice": (0, 1), "opened": (0, 1), "closed": (0, 1)}
    assert series.words == "1 gap on 2026-11-23. Since 2026-11-16: 1 new, 1 closed."
