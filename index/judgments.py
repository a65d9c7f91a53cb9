"""Judgments in BEIR's layout (https://arxiv.org/abs/2104.08663): corpus.jsonl, queries.jsonl, qrels/test.tsv, read and written."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from index.errors import SearchIndexError

CORPUS, QUERIES, QRELS = "corpus.jsonl", "queries.jsonl", "qrels/test.tsv"
HEADER = "query-id\tcorpus-id\tscore"


class BadJudgments(SearchIndexError):
    """A file of judgments is missing or is not what it should be."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a corpus."""

    document_id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query; `relevant` maps documents (or, for a site, `url#anchor`) to grades, higher is better; `answerable` is None if unknown."""

    query_id: str
    text: str
    relevant: Mapping[str, int] = field(default_factory=dict)
    answerable: bool | None = None


def read_corpus(folder: Path) -> list[Document]:
    """The documents of a BEIR folder. Raises `BadJudgments`."""
    return [Document(str(row["_id"]), str(row.get("title", "")), str(row["text"])) for row in _read_rows(folder / CORPUS)]


def read_queries(folder: Path) -> list[JudgedQuery]:
    """The queries of a BEIR folder with their grades (none where there are no qrels). Raises `BadJudgments`."""
    grades = read_grades(folder / QRELS) if (folder / QRELS).is_file() else {}
    return [
        JudgedQuery(str(row["_id"]), str(row["text"]), grades.get(str(row["_id"]), {}), row.get("answerable"))
        for row in _read_rows(folder / QUERIES)
    ]


def read_grades(path: Path) -> dict[str, dict[str, int]]:
    """Grades by query, then by document. Raises `BadJudgments` with the line that is wrong."""
    grades: dict[str, dict[str, int]] = {}
    for number, line in enumerate(_read_lines(path), 1):
        if number == 1 and line == HEADER:
            continue
        parts = line.split("\t")
        if len(parts) != 3 or not parts[2].lstrip("-").isdecimal():
            raise BadJudgments(f"{path}:{number} should be: query-id, tab, corpus-id, tab, a whole number.")
        grades.setdefault(parts[0], {})[parts[1]] = int(parts[2])
    return grades


def write_queries(folder: Path, queries: Iterable[JudgedQuery]) -> None:
    """Writes queries and their grades, in the order given, as `read_queries` reads them."""
    queries = list(queries)
    (folder / QRELS).parent.mkdir(parents=True, exist_ok=True)
    (folder / QUERIES).write_text("".join(json.dumps(_query_row(query), ensure_ascii=False) + "\n" for query in queries), "utf-8")
    lines = [f"{query.query_id}\t{target}\t{grade}\n" for query in queries for target, grade in query.relevant.items()]
    (folder / QRELS).write_text("".join([HEADER + "\n", *lines]), "utf-8")


def write_corpus(folder: Path, documents: Iterable[Document]) -> None:
    """Writes documents as `read_corpus` reads them."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = ({"_id": one.document_id, "title": one.title, "text": one.text} for one in documents)
    (folder / CORPUS).write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


def _query_row(query: JudgedQuery) -> dict[str, Any]:
    row: dict[str, Any] = {"_id": query.query_id, "text": query.text}
    return row if query.answerable is None else row | {"answerable": query.answerable}


def _read_rows(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(_read_lines(path), 1):
        try:
            row = json.loads(line)
            yield {"_id": row["_id"], "text": row["text"], **row}
        except (ValueError, KeyError, TypeError) as error:
            raise BadJudgments(f'{path}:{number} should be a JSON object with "_id" and "text".') from error


def _read_lines(path: Path) -> list[str]:
    try:
        return [line for line in path.read_text("utf-8").split("\n") if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise BadJudgments(f"{path} is missing or is not UTF-8 text; a BEIR folder holds {CORPUS}, {QUERIES} and {QRELS}.") from error
