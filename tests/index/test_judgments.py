from pathlib import Path

import pytest

from index.judgments import BadJudgments, Document, JudgedQuery, read_corpus, read_grades, read_queries, write_corpus, write_queries


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
