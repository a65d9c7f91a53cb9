from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.judgments import (
    ANSWERS,
    HELPS,
    QUERIES,
    BadJudgments,
    Document,
    JudgedQuery,
    judge_answerable,
    judge_target,
    judgments_of,
    read_corpus,
    read_grades,
    read_queries,
    read_staff_judgments,
    write_corpus,
    write_queries,
)

IPT = "https://c.example/ipt/#ptsd"


def test_what_is_written_is_read_again(tmp_path: Path):
    queries = [JudgedQuery("1", "IPT für PTSD", {"https://c.example/ipt#ptsd": 2}), JudgedQuery("2", "pizza", {}, answerable=False)]
    documents = [Document("d", "Title", "Text\nmore")]
    write_queries(tmp_path, queries)
    write_corpus(tmp_path, documents)
    assert read_queries(tmp_path) == queries
    assert read_corpus(tmp_path) == documents


def test_a_bad_line_is_named(tmp_path: Path):
    path = tmp_path / "test.tsv"
    path.write_text("query-id\tcorpus-id\tscore\nq\td\tvery\n")
    with pytest.raises(BadJudgments, match=r"test.tsv:2"):
        read_grades(path)


def test_a_missing_file_is_named(tmp_path: Path):
    with pytest.raises(BadJudgments, match=r"corpus.jsonl"):
        read_corpus(tmp_path)


def test_judgments_lie_beside_the_index_so_that_a_new_one_keeps_them(tmp_path: Path):
    assert judgments_of(tmp_path / "index") == tmp_path / "index-judgments"


def test_the_same_words_in_another_case_are_the_same_query(tmp_path: Path):
    judge_target(tmp_path, "IPT for  PTSD", IPT, ANSWERS)
    judge_target(tmp_path, "ipt for ptsd", "https://c.example/emdr/", HELPS)
    (query,) = read_staff_judgments(tmp_path)
    assert (query.text, query.relevant, query.answerable) == ("IPT for PTSD", {IPT: 2, "https://c.example/emdr/": 1}, True)


def test_a_judgment_can_be_taken_back(tmp_path: Path):
    judge_target(tmp_path, "IPT", IPT, HELPS)
    judge_target(tmp_path, "IPT", IPT, None)
    assert read_staff_judgments(tmp_path) == []


def test_a_question_that_the_site_does_not_answer_is_kept_without_grades(tmp_path: Path):
    judge_answerable(tmp_path, "xylophones", False)
    assert [(query.text, query.answerable) for query in read_staff_judgments(tmp_path)] == [("xylophones", False)]


def test_judgments_given_at_once_are_all_kept(tmp_path: Path):
    with ThreadPoolExecutor(8) as people:
        list(people.map(lambda number: judge_target(tmp_path, f"question {number % 4}", f"https://c.example/{number}", HELPS), range(32)))
    assert sum(len(query.relevant) for query in read_staff_judgments(tmp_path)) == 32


def test_damaged_judgments_are_left_as_they_are(tmp_path: Path):
    (tmp_path / QUERIES).write_text("{half a line")
    with pytest.raises(BadJudgments, match=r"queries.jsonl:1"):
        judge_target(tmp_path, "IPT", IPT, ANSWERS)
    assert (tmp_path / QUERIES).read_text() == "{half a line"
