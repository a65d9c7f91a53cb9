"""How well a person in crisis is recognised and personal data removed, on labelled files.

`python -m evaluation crisis FILE [--half report]` and `python -m evaluation privacy FILE [--half report]`.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.embedders import DEFAULT_EMBEDDER, load_embedder
from index.errors import SearchIndexError
from safety.crisis import detect_crisis
from safety.privacy import find_personal_data, scrub
from safety.schema import Similarity, Span
from search_api.crisis_vote import CrisisVote
from search_api.settings import DEFAULT_MODEL

CLASSES = ("crisis", "support", "none")
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text with the spans of personal data that a labeller marked."""

    text: str
    spans: tuple[tuple[int, int, str], ...]


def measure_crisis(path: Path, *, half: str = "", model: Path = DEFAULT_MODEL) -> dict[str, object]:
    """Shares of a crisis test set, as the served search decides: by the phrases and, with an exported model, the embedding vote.

    What `measure_verdicts` gives; `phrases_alone` are the two figures of the wire contract without the vote, where there is one.
    """
    similarity = load_vote(model)
    figures = measure_verdicts(path, half=half, similarity=similarity)
    alone = measure_verdicts(path, half=half) if similarity else figures
    return figures | {"phrases_alone": {name: alone[name] for name in ("recall", "false_alarms")}, "vote": similarity is not None}


def load_vote(model: Path) -> Similarity | None:
    """The served search's embedding vote of that exported model, learnt now if it never was; None without the model."""
    try:
        vote = CrisisVote(load_embedder(DEFAULT_EMBEDDER, str(model)), model)
    except SearchIndexError:
        return None
    vote.prepare()
    return vote.similarity()


def measure_verdicts(path: Path, *, half: str = "", similarity: Similarity | None = None) -> dict[str, object]:
    """Shares of a crisis test set, all in [0, 1]: `recall` and `false_alarms` are the wire contract's, the rest is detail.

    `recall`: crisis rows called crisis. `false_alarms`: none rows called crisis or support. `support_recall`: support rows called support.
    `support_as_crisis`: support rows called crisis. `confusion` counts rows by label and verdict; `rows` by label. `recall_by_kind` is
    there if the file has a column kind, `recall_by_language` if it has a column language. `half` takes only the rows with that value in the
    column half. Raises `ValueError` for a file without the columns text and label or with another label.
    """
    rows = _read_rows(path, ("text", "label"), half)
    unknown = {row["label"] for row in rows} - set(CLASSES)
    if unknown:
        raise ValueError(f"{path.name} has the labels {', '.join(sorted(unknown))}; they should be among {', '.join(CLASSES)}.")
    verdicts = [detect_crisis(row["text"], similarity=similarity).class_ for row in rows]
    counts = Counter[tuple[str, str]](zip((row["label"] for row in rows), verdicts, strict=True))
    total = Counter(row["label"] for row in rows)
    return {
        "recall": _share(counts["crisis", "crisis"], total["crisis"]),
        "false_alarms": _share(total["none"] - counts["none", "none"], total["none"]),
        "support_recall": _share(counts["support", "support"], total["support"]),
        "support_as_crisis": _share(counts["support", "crisis"], total["support"]),
        "confusion": {label: {verdict: counts[label, verdict] for verdict in CLASSES} for label in CLASSES},
        "rows": dict(total),
        **{f"recall_by_{column}": _recall_by(column, rows, verdicts) for column in ("language", "kind") if rows and column in rows[0]},
    }


def measure_privacy(path: Path, *, half: str = "") -> dict[str, object]:
    """Shares of a personal-data test set, all in [0, 1]: `recall` and `clean_touched` are the wire contract's, the rest is detail.

    `recall`: labelled characters removed. `clean_touched`: rows without spans that `scrub` changed. `rows_fully_removed`: rows with spans
    of which no labelled character is left. `overreach`: characters removed that no label covers, of all characters of rows with spans.
    `recall_by_kind`: by the labels' types. Raises `ValueError` for a file without the columns text and spans.
    """
    rows = [_read_spans(row, path) for row in _read_rows(path, ("text", "spans"), half)]
    labelled = [row for row in rows if row.spans]
    clean = [row for row in rows if not row.spans]
    found = [_characters(find_personal_data(row.text)) for row in labelled]
    marked = [{place for start, end, _ in row.spans for place in range(start, end)} for row in labelled]
    return {
        "recall": _share(sum(len(mark & find) for mark, find in zip(marked, found, strict=True)), sum(map(len, marked))),
        "clean_touched": _share(sum(scrub(row.text) != row.text for row in clean), len(clean)),
        "rows_fully_removed": _share(sum(mark <= find for mark, find in zip(marked, found, strict=True)), len(labelled)),
        "overreach": _share(
            sum(len(find - mark) for mark, find in zip(marked, found, strict=True)), sum(len(row.text) for row in labelled)
        ),
        "recall_by_kind": _characters_by_kind(labelled, found),
        "rows": {"with_spans": len(labelled), "clean": len(clean)},
    }


def _read_rows(path: Path, columns: Sequence[str], half: str) -> list[Row]:
    """Rows of a tab-separated file by its header; a field may stand in double quotes, doubled inside, or plain."""
    lines = path.read_text("utf-8-sig").splitlines()
    names = [_unquote(name).strip() for name in lines[0].split("\t")] if lines else []
    missing = [column for column in (*columns, *(["half"] if half else [])) if column not in names]
    if missing:
        raise ValueError(f"{path.name} lacks the columns {', '.join(missing)}; its first line should name {', '.join(columns)}.")
    rows = [dict(zip(names, map(_unquote, line.split("\t")), strict=False)) for line in lines[1:] if line.strip()]
    return [row for row in rows if not half or row.get("half") == half]


def _unquote(field: str) -> str:
    inner = field[1:-1].replace('""', "")
    quoted = len(field) > 1 and field[0] == field[-1] == '"' and '"' not in inner
    return field[1:-1].replace('""', '"') if quoted else field


def _read_spans(row: Row, path: Path) -> LabelledText:
    try:
        spans = tuple((int(start), int(end), str(kind)) for start, end, kind in json.loads(row["spans"] or "[]"))
    except (ValueError, TypeError) as error:
        raise ValueError(f"{path.name}: the spans '{row['spans']}' should be JSON such as [[0, 12, \"phone\"]].") from error
    return LabelledText(row["text"], spans)


def _recall_by(column: str, rows: Sequence[Row], verdicts: Sequence[str]) -> dict[str, float]:
    """Share of rows whose verdict is their label, by label and value of the column."""
    right = Counter[str]()
    total = Counter[str]()
    for row, verdict in zip(rows, verdicts, strict=True):
        name = f"{row['label']}/{row.get(column, '')}"
        total[name] += 1
        right[name] += row["label"] == verdict
    return {name: _share(right[name], total[name]) for name in sorted(total)}


def _characters_by_kind(rows: Sequence[LabelledText], found: Sequence[set[int]]) -> dict[str, float]:
    right = Counter[str]()
    total = Counter[str]()
    for row, places in zip(rows, found, strict=True):
        for start, end, kind in row.spans:
            total[kind] += end - start
            right[kind] += len(places & set(range(start, end)))
    return {kind: _share(right[kind], total[kind]) for kind in sorted(total)}


def _characters(spans: Iterable[Span]) -> set[int]:
    return {place for span in spans for place in range(span.start, span.end)}


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
