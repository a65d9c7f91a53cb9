from dataclasses import replace
from pathlib import Path

import pytest

from index.lexicon import PinnedPage, SearchRules
from index.schema import SearchOutcome
from index.searcher import Searcher
from search_api.schema import SearchRequest
from search_api.searching import keep_close, run_search
from tests.conftest import BASE

FOREIGN = "cheap flights tomorrow therapy"


@pytest.fixture(scope="module")
def searcher(small_index: Path) -> Searcher:
    return Searcher.open(small_index)


def with_cosines(searcher: Searcher, *cosines: float) -> SearchOutcome:
    """An outcome of as many pages, whose best passages have these cosines."""
    outcome = searcher.search("therapy", cut_tail=False)
    pages = [replace(page, hits=(replace(page.hits[0], cosine=cosine),)) for page, cosine in zip(outcome.results, cosines, strict=False)]
    assert len(pages) == len(cosines)
    return replace(outcome, results=tuple(pages), total=len(pages))


def test_of_what_a_site_does_not_cover_only_pages_that_are_near_are_kept_and_counted_anew(searcher: Searcher):
    least = searcher.manifest.calibration.close_from
    outcome = with_cosines(searcher, least - 0.1, least + 0.1, least)
    kept = keep_close(outcome, searcher)
    assert [page.url for page in kept.results] == [page.url for page in outcome.results[1:]]
    assert [page.rank for page in kept.results] == [1, 2]
    assert kept.total == 2


def test_a_pinned_page_stays_however_far_it_is(small_index: Path):
    searcher = Searcher.open(small_index, rules=SearchRules(pinned=(PinnedPage("therapy", f"{BASE}/fees/", "asked for"),)))
    outcome = with_cosines(searcher, -1.0, -1.0)
    assert [page.url for page in keep_close(outcome, searcher).results] == [f"{BASE}/fees/"]


def test_visitors_see_no_arbitrary_topics_and_staff_see_all_that_was_found(searcher: Searcher):
    request = SearchRequest(q="zebra crossing paint")
    seen = {audience: run_search(searcher, request, audience=audience) for audience in ("visitor", "staff")}
    assert seen["visitor"].verdict == seen["staff"].verdict == "not_covered"
    assert seen["visitor"].results == []
    assert len(seen["staff"].results) > 0


def test_a_brief_response_tells_the_best_passage_of_each_page_and_counts_the_others(searcher: Searcher):
    request = SearchRequest(q="interpersonal psychotherapy PTSD")
    brief, whole = run_search(searcher, request, brief=True), run_search(searcher, request)
    assert [page.passage for page in brief.results] == [page.passage for page in whole.results]
    assert [page.left_out for page in brief.results] == [len(page.more) for page in whole.results]
    assert sum(page.left_out for page in brief.results) > 0
    assert brief.answer == whole.answer
    assert "left_out" not in brief.model_dump_json()
