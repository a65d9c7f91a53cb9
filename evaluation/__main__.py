"""`python -m evaluation KIND PATH... [--json]`: every claim of this project as a command that prints a figure."""

import json
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from evaluation.history import append_run, last_run

Measure = Callable[..., Mapping[str, Any]]
KINDS = {
    "retrieval": "evaluation.retrieval:measure_retrieval",
    "abstention": "evaluation.abstention:measure_abstention",
    "misspelling": "evaluation.misspelling:measure_misspelling",
    "wordings": "evaluation.wordings:measure_wordings",
    "typing": "evaluation.typing_stability:measure_typing",
    "significance": "evaluation.significance:measure_significance",
    "staff": "evaluation.staff:measure_staff",
    "extraction": "evaluation.extraction:measure_extraction",
    "fuzz": "evaluation.fuzz:measure_fuzz",
    "ingest-scale": "evaluation.ingest_scale:measure_ingest_scale",
    "answers": "evaluation.answers:measure_answers",
    "landing": "evaluation.landing:measure_landing",
    "crisis": "evaluation.safety:measure_crisis",
    "privacy": "evaluation.safety:measure_privacy",
    "gaps": "evaluation.gaps:measure_gaps",
    "gap-year": "evaluation.gap_year:measure_gap_year",
    "gap-speed": "evaluation.gap_speed:measure_gap_speed",
    "speed": "evaluation.speed:measure_speed",
    "load": "evaluation.load:measure_load",
    "robustness": "evaluation.robustness:measure_robustness",
    "fuzz-queries": "evaluation.fuzz_queries:measure_fuzz",
    "keystrokes": "evaluation.keystrokes:measure_keystrokes",
    "sample": "evaluation.sample_counts:measure_sample",
}
"""Kind -> the function that measures one path of it."""

HALVES = ("dev", "report", "hard", "hard-dev", "hard-report")

SEEN = 5e-5
"""A smaller change does not show in four decimals."""

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command(help=f"Measure each PATH and print one figure a column. KIND is one of: {', '.join(KINDS)}.")
def measure(
    kind: Annotated[str, typer.Argument(metavar="KIND")],
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Data sets; one that is not there is skipped with a message.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one object, keyed by folder name.")] = False,
    detail: Annotated[bool, typer.Option("--detail", help="Also the peers, ablations or single kinds that this measure knows.")] = False,
    half: Annotated[
        str,
        typer.Option(
            help="Only the rows of this half (dev or report) of a set that is split; the sample clinic also has hard-dev and hard-report."
        ),
    ] = "",
) -> None:
    """Measure data sets."""
    if half and half not in HALVES:
        raise typer.BadParameter(f"There is no half '{half}'; there are: {', '.join(HALVES)}.")
    run = load_measure(kind)
    present = [path for path in paths if path.exists()]
    for path in paths:
        if path not in present:
            sys.stderr.write(f"skipped: there is no {path}\n")
    options = {name: value for name, value in (("detail", detail), ("half", half)) if value}
    figures = {path.resolve().name: dict(run(path, **options)) for path in present}
    if as_json:
        sys.stdout.write(json.dumps(figures) + "\n")
    else:
        print_figures(kind, figures, before={name: last_run(kind, half, name) for name in figures})
    append_run(kind, half, figures, day=datetime.now(UTC).date())
    raise typer.Exit(0 if present else 1)


def load_measure(kind: str) -> Measure:
    """The function that measures this kind; its libraries are imported now and not before."""
    if kind not in KINDS:
        raise typer.BadParameter(f"There is no kind '{kind}'; there are: {', '.join(KINDS)}.")
    module, _, name = KINDS[kind].partition(":")
    function: Measure = getattr(import_module(module), name)
    return function


def print_figures(kind: str, figures: Mapping[str, Mapping[str, Any]], *, before: Mapping[str, Mapping[str, Any]]) -> None:
    """A table: a row per figure, a column per data set; behind a figure the change since the last run, if there is one."""
    table = Table("", *figures, title=kind)
    flat = {name: _flat(column) for name, column in figures.items()}
    old = {name: _flat(column) for name, column in before.items()}
    for row in dict.fromkeys(row for column in flat.values() for row in column):
        table.add_row(row, *(_readable(flat[name].get(row, ""), old.get(name, {}).get(row)) for name in figures))
    Console().print(table)


def _flat(figures: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in figures.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{prefix}{name} · ")
        else:
            flat[prefix + name] = value
    return flat


def _readable(value: object, before: object = None) -> str:
    if not isinstance(value, float):
        return str(value)
    moved = isinstance(before, float) and abs(value - before) >= SEEN
    return f"{value:.4f} ({value - before:+.4f})" if moved and isinstance(before, float) else f"{value:.4f}"


if __name__ == "__main__":
    app()
