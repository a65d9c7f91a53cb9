"""`clinic-search judge write | read`: staff grade what the search finds in a spreadsheet, and the grades come back as judgments.

The judgments are those of the staff's pages (`/staff/judgments`): kept beside the index, in BEIR's layout, under addresses that outlive a
new build. `python -m evaluation staff INDEX` measures the search by them.
"""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from search_api.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Grade what the search finds, in a spreadsheet.")
messages = Console(stderr=True, highlight=False)

IndexRoot = Annotated[Path, typer.Option("--index", help="Folder that holds the index generations.")]
DEFAULT_INDEX = Path("var/index")
SHEETS = (".xlsx", ".csv")


@app.command("write")
def write(
    out: Annotated[Path, typer.Option("--out", help="The sheet to write: .xlsx or .csv.")],
    questions: Annotated[list[str] | None, typer.Argument(help="Questions to be judged.")] = None,
    file: Annotated[Path | None, typer.Option("--questions", help="A text file with a question a line.", exists=True)] = None,
    index: IndexRoot = DEFAULT_INDEX,
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="Pages to judge for each question.")] = 10,
) -> None:
    """Write a sheet with what is found for each question; fill in 2 (answers), 1 (helps) or 0, and read it back.

    Without questions the sheet holds those that were judged before, with their grades.
    """
    from index.judgments import judgments_of, read_staff_judgments
    from ingest.durable_files import write_durably
    from search_api.dependencies import LiveIndex
    from search_api.judging_rows import list_rows
    from search_api.judging_sheet import write_sheet

    if out.suffix.lower() not in SHEETS:
        raise typer.BadParameter(f"'{out.name}' should end in {' or '.join(SHEETS)}.", param_hint="--out")
    judged = {one.query_id: one for one in read_staff_judgments(judgments_of(index))}
    asked = [*(questions or ()), *(_read_lines(file) if file else ())] or [one.text for one in judged.values()]
    if not asked:
        raise typer.BadParameter("Name a question, or a file of them with --questions.")
    searcher = LiveIndex(index, Settings().model, Settings().site).searcher()
    rows = list(list_rows(searcher, asked, judged, k=k))
    write_durably(out, write_sheet(rows, out.suffix.lower()))
    messages.print(
        f"{len(rows)} results of {len(asked)} questions written to {escape(str(out))}; then: clinic-search judge read {escape(out.name)}"
    )


@app.command("read")
def read(
    sheet: Annotated[Path, typer.Argument(help="A sheet with grades.", exists=True, dir_okay=False)], index: IndexRoot = DEFAULT_INDEX
) -> None:
    """Read the grades of a sheet; a row without a grade changes nothing, and a wrong cell keeps the whole sheet out."""
    from index.judgments import judgments_of
    from search_api.dependencies import LiveIndex
    from search_api.judging_rows import refuse_unknown, store_rows
    from search_api.judging_sheet import read_sheet

    rows = read_sheet(sheet)
    refuse_unknown(rows, LiveIndex(index, Settings().model, Settings().site).searcher(), sheet)
    folder = judgments_of(index)
    count = store_rows(rows, folder)
    messages.print(f"{count} grades kept in {escape(str(folder))}. What they say: python -m evaluation staff {escape(str(index))}")


def _read_lines(file: Path) -> list[str]:
    return [line.strip() for line in file.read_text("utf-8").splitlines() if line.strip()]
