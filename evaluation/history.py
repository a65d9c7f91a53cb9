"""What was measured before: one line for each run, so that a change of the ranking shows in its figures."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

HISTORY = Path("var/evaluation/history.jsonl")


def append_run(kind: str, half: str, figures: Mapping[str, Mapping[str, Any]], *, day: date, file: Path = HISTORY) -> None:
    """Adds the figures of a run, one line for each data set."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as lines:
        for name, measured in figures.items():
            row = {"day": day.isoformat(), "kind": kind, "set": name, "half": half, "figures": measured}
            lines.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")


def last_run(kind: str, half: str, name: str, *, file: Path = HISTORY) -> dict[str, Any]:
    """The figures of the last run over this data set; none if there was none, or if its line is damaged."""
    found: dict[str, Any] = {}
    for line in file.read_text("utf-8").splitlines() if file.is_file() else ():
        try:
            row = json.loads(line)
            found = row["figures"] if (row["kind"], row["half"], row["set"]) == (kind, half, name) else found
        except (ValueError, KeyError, TypeError):
            continue
    return found
