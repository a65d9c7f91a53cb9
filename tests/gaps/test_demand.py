from dataclasses import replace
from datetime import date

import pytest

from gaps.clusters import Cluster
from gaps.demand import describe_demand, find_demand
from gaps.schema import LoggedQuestion
from index.schema import Hit, Interpretation, PageResult, SearchOutcome
from ingest.schema import Passage

DAY = date(2026, 11, 23)


def found(confidence, *, words=100, subject="tinnitus", titles=("Grief",), scores=(1.0,), reviewed=DAY):
    pages = []
    for rank, (title, score) in enumerate(zip(titles, scores, strict=True), 1):
        url = f"https://clinic.example/{rank}/"
        passage = Passage(" ".join([subject, *["word"] * (words - 1)]), 0, 5 * words, url, "part", title)
        pages.append(PageResult(rank, score, url, title, "", reviewed, (Hit(1, passage, score, 0.5),)))
    return SearchOutcome(
        Interpretation("what is tinnitus"), "answered" if confidence > 0.5 else "related", confidence, tuple(pages), len(pages)
    )


NOTHING = SearchOutcome(Interpretation("q"), "not_covered", 0.05, (), 0)


def cluster(low=10, high=0):
    return Cluster("what is tinnitus", (LoggedQuestion("what is tinnitus", DAY, "low", low), LoggedQuestion("tinnitus", DAY, "high", high)))


@pytest.mark.parametrize(
    ("outcome", "asked", "cause"),
    [
        (NOTHING, cluster(), "not covered"),
        (found(0.1), cluster(), "not covered"),
        (found(0.1), cluster(low=6, high=4), "wording"),
        (found(0.6, subject="ears"), cluster(), "not covered"),
        (found(0.6, subject="ears"), cluster(low=6, high=4), "wording"),
        (found(0.5, words=59), cluster(), "thin"),
        (found(0.49), cluster(), "thin"),
        (found(0.5), cluster(low=6, high=4), "wording"),
        (found(0.9, reviewed=date(2020, 1, 1)), cluster(), "stale"),
        (found(0.9, titles=("Grief", "On Grief"), scores=(1.0, 0.97)), cluster(), "competing"),
    ],
)
def test_the_cause_is_told_apart(site, outcome, asked, cause):
    context = replace(site.context(), search=lambda question: outcome)
    assert [demand.cause for demand in find_demand(context, [asked])] == [cause]


@pytest.mark.parametrize(("asked", "answer"), [(cluster(low=0, high=10), found(0.9)), (cluster(low=4), NOTHING), (cluster(), found(0.5))])
def test_what_is_answered_or_hardly_asked_is_no_gap(site, asked, answer):
    assert find_demand(replace(site.context(), search=lambda question: answer), [asked]) == []


def test_without_a_search_nothing_can_be_told(site):
    assert find_demand(site.context(), [cluster()]) == []


def test_the_gap_says_how_often_and_where_the_nearest_page_is(site):
    context = replace(site.context(), search=lambda question: found(0.2))
    gap = describe_demand(context, find_demand(context, [cluster()])[0])
    assert "asked 10 times, 10 in the last four weeks" in gap.reason
    assert (gap.severity, gap.demand, gap.place) == ("error", 10.0, "https://clinic.example/1/#part")
