"""The sample clinic with its judgments: its pages through ingest and build as any site's, its queries with their targets and answers."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from index.builder import build_index
from index.embedders import DEFAULT_EMBEDDER, load_embedder
from index.judgments import QRELS, QUERIES, JudgedQuery, read_queries
from index.schema import Embedder
from index.searcher import Searcher
from ingest.pipeline import ingest_site

CACHE = Path("var/evaluation")
BUILT_ON = date(2000, 1, 1)
JUDGMENTS = "judgments"
HARD, HARD_FILE = "hard", "hard.jsonl"


@dataclass(frozen=True, slots=True)
class SiteQuery:
    """A judged query of the sample clinic; `answers` are sentences of the site that answer it, each one enough."""

    judged: JudgedQuery
    kind: str
    half: str
    answers: tuple[str, ...]


def is_judged_site(folder: Path) -> bool:
    """Whether the folder holds saved pages beside judgments, as `corpus/` does."""
    return (folder / "site").is_dir() and (folder / JUDGMENTS / QUERIES).is_file()


def open_judged_site(folder: Path, *, embedder: Embedder | None = None, cache: Path = CACHE) -> Searcher:
    """A searcher over the site of such a folder, ingested and built as any site."""
    chosen = embedder or load_embedder(DEFAULT_EMBEDDER)
    root = cache / f"{folder.resolve().name}-site-{chosen.digest[:8]}"
    build_index(ingest_site([str(folder / "site")]), root, embedder=chosen, created_on=BUILT_ON)
    return Searcher.open(root, load_embedder=lambda _name: chosen)


def read_site_queries(folder: Path, *, half: str = "") -> list[SiteQuery]:
    """The judged queries of such a folder, all or those of a half (dev or report).

    "hard", "hard-dev" and "hard-report" are the hard questions, or a half of those; they are among no others.
    """
    if half.partition("-")[0] == HARD:
        return _read_hard(folder / JUDGMENTS / HARD_FILE, half.partition("-")[2])
    lines = (folder / JUDGMENTS / QUERIES).read_text("utf-8").splitlines()
    rows = {row["_id"]: row for row in map(json.loads, filter(None, lines))}
    judged = (query for query in read_queries(folder / JUDGMENTS) if half in ("", rows[query.query_id]["half"]))
    return [_site_query(query, rows[query.query_id]) for query in judged]


def _site_query(query: JudgedQuery, row: dict[str, object]) -> SiteQuery:
    answers = row.get("answers") or []
    assert isinstance(answers, list)
    return SiteQuery(query, str(row["kind"]), str(row["half"]), tuple(map(str, answers)))


def _read_hard(file: Path, half: str) -> list[SiteQuery]:
    rows = [row for row in map(json.loads, file.read_text("utf-8").splitlines()) if half in ("", row["half"])]
    judged = (JudgedQuery(row["_id"], row["text"], dict.fromkeys(row["targets"], 2), row["answerable"]) for row in rows)
    return [_site_query(query, row) for query, row in zip(judged, rows, strict=True)]


def digest_of(folder: Path) -> str:
    """A digest of the site's pages and judgments: floors hold for this state of them and no other."""
    files = [*sorted((folder / "site").glob("*.html")), folder / JUDGMENTS / QUERIES, folder / JUDGMENTS / QRELS]
    return sha256(b"".join(_file_digest(file) for file in files)).hexdigest()[:16]


def _file_digest(file: Path) -> bytes:
    return sha256(file.name.encode() + file.read_bytes()).digest()


def kinds_of(queries: Sequence[SiteQuery]) -> list[str]:
    """The kinds of these queries, in order of appearance."""
    return list(dict.fromkeys(query.kind for query in queries))
