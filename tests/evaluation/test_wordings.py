import json
from pathlib import Path

import pytest

from evaluation.wordings import measure_wordings
from index.embedders.hashing import load
from index.judgments import read_queries

WORDINGS = Path(__file__).parents[2] / "corpus" / "wordings"
DOCUMENTS = {"one": "Panic attacks pass within half an hour.", "two": "A first visit costs ninety dollars."}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "set"
    (folder / "qrels").mkdir(parents=True)
    rows = [{"_id": name, "title": name, "text": text} for name, text in DOCUMENTS.items()]
    queries = [{"_id": "plain-1", "text": "panic attacks half an hour"}, {"_id": "lay-1", "text": "a first visit costs"}]
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    (folder / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)), "utf-8")
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nplain-1\tone\t1\nlay-1\tone\t1\n", "utf-8")
    return folder


def test_each_wording_has_its_own_figure(folder: Path, tmp_path: Path):
    figures = measure_wordings(folder, embedder=load(), cache=tmp_path / "cache")
    assert figures["plain"] == 1.0
    assert figures["lay"] < 1.0  # these words are the other document's


def test_detail_tells_what_the_vocabulary_brings(folder: Path, tmp_path: Path):
    figures = measure_wordings(folder, detail=True, embedder=load(), cache=tmp_path / "cache")
    assert figures["vocabulary off"].keys() == {"plain", "lay"}


def test_every_query_of_the_bundled_set_aims_at_a_document_with_its_answer():
    documents = {row["_id"]: row for row in map(json.loads, (WORDINGS / "corpus.jsonl").read_text("utf-8").splitlines())}
    queries = read_queries(WORDINGS)
    assert len(queries) == 6 * len(documents)
    assert {target for query in queries for target in query.relevant} == documents.keys()
    assert [name for name, row in documents.items() if not all(answer in row["text"] for answer in row["metadata"]["answers"])] == []
