from pathlib import Path

import pytest

from evaluation.judged_site import read_site_queries

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.mark.parametrize("half", ["dev", "report"])
def test_a_half_of_the_hard_questions_is_read_with_answers_and_targets(half: str):
    queries = read_site_queries(CORPUS, half=f"hard-{half}")
    assert len(queries) == 180
    assert {query.half for query in queries} == {half}
    assert all(bool(query.answers) == bool(query.judged.relevant) == query.judged.answerable for query in queries)


def test_the_hard_questions_are_among_no_others():
    hard, others = (read_site_queries(CORPUS, half=half) for half in ("hard", ""))
    assert (len(hard), len(others)) == (360, 320)
    assert {query.judged.query_id for query in hard}.isdisjoint(query.judged.query_id for query in others)
