"""Judgments in BEIR's layout (https://arxiv.org/abs/2104.08663): corpus.jsonl, queries.jsonl, qrels/test.tsv, read and written."""

import fcntl
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

from index.errors import SearchIndexError
from index.lexical import fold
from ingest.durable_files import write_durably
from ingest.schema import Passage

CORPUS, QUERIES, QRELS = "corpus.jsonl", "queries.jsonl", "qrels/test.tsv"
HEADER = "query-id\tcorpus-id\tscore"
ANSWERS, HELPS, NO_USE = 2, 1, 0
"""The grades that people give, as `corpus/judgments/README.md` words them."""


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


def judgments_of(index: Path) -> Path:
    """Where staff's judgments on an index are kept: beside its folder, so that a new generation keeps them."""
    root = index.resolve()
    return root.with_name(f"{root.name}-judgments")


def target_of(passage: Passage) -> str:
    """How judgments name the section that holds a passage, so that a better chunker keeps them: address and anchor, accents as they are."""
    return f"{urldefrag(passage.url).url}#{passage.anchor}".removesuffix("#")


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
    """Writes queries and their grades, in the order given, as `read_queries` reads them; a file is replaced whole or not at all."""
    queries = list(queries)
    (folder / QRELS).parent.mkdir(parents=True, exist_ok=True)
    rows = "".join(json.dumps(_query_row(query), ensure_ascii=False) + "\n" for query in queries)
    lines = [f"{query.query_id}\t{target}\t{grade}\n" for query in queries for target, grade in query.relevant.items()]
    write_durably(folder / QUERIES, rows.encode())
    write_durably(folder / QRELS, "".join([HEADER + "\n", *lines]).encode())


def read_staff_judgments(folder: Path) -> list[JudgedQuery]:
    """What staff have judged so far, the first query first; nothing if nobody has. Raises `BadJudgments`."""
    return read_queries(folder) if (folder / QUERIES).is_file() else []


def judge_target(folder: Path, query: str, target: str, grade: int | None) -> JudgedQuery:
    """The query with its grades once this target has this one: 2 answers, 1 helps, 0 is of no use, None takes a judgment back.

    Raises:
        BadJudgments: the files cannot be read; they are left as they are.
    """

    def change(judged: JudgedQuery) -> JudgedQuery:
        others = {name: value for name, value in judged.relevant.items() if name != target}
        relevant = others if grade is None else others | {target: grade}
        return replace(judged, relevant=relevant, answerable=True if ANSWERS in relevant.values() else _still_unanswered(judged))

    return _change_query(folder, query, change)


def judge_answerable(folder: Path, query: str, answerable: bool | None) -> JudgedQuery:
    """The query once it is known whether the site answers it; None takes that back. Raises `BadJudgments`."""
    return _change_query(folder, query, lambda judged: replace(judged, answerable=answerable))


def query_id_of(text: str) -> str:
    """The same id for the same words, whatever their case and spacing."""
    return sha256(" ".join(fold(text).split()).encode()).hexdigest()[:12]


def _change_query(folder: Path, text: str, change: Callable[[JudgedQuery], JudgedQuery]) -> JudgedQuery:
    with _only_judge(folder):
        queries = {query.query_id: query for query in read_staff_judgments(folder)}
        query_id = query_id_of(text)
        judged = change(queries.get(query_id, JudgedQuery(query_id, " ".join(text.split()))))
        queries[query_id] = judged
        write_queries(folder, [query for query in queries.values() if query.relevant or query.answerable is not None])
    return judged


def _still_unanswered(judged: JudgedQuery) -> bool | None:
    """False if somebody said that nothing answers the query; that something did is known only as long as a grade says so."""
    return False if judged.answerable is False else None


@contextmanager
def _only_judge(folder: Path) -> Iterator[None]:
    """Nobody else changes the files meanwhile, so that no judgment is lost."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


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
