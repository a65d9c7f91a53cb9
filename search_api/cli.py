"""The command line: `clinic-search ingest | build | serve | search | ask | forget | rollback`.

Results go to standard output, with `--json` as one object on one line in the shape of the API; progress and messages go to standard error.
"""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from gaps.errors import GapsError
from index.errors import BadQuery, SearchIndexError
from ingest.errors import IngestError
from search_api import judge_commands, token_commands
from search_api.clinic import CLINIC_FILE, Clinic, read_clinic
from search_api.errors import ServiceError
from search_api.progress import progress_report
from search_api.settings import Settings

if TYPE_CHECKING:
    from search_api.schema import SearchResponse

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Search a clinic's own articles: read the site, build the index, ask it.\n\n"
    "A first session:\n\n"
    "  clinic-search ingest saved-pages/ --out var/site\n\n"
    "  clinic-search build --from var/site\n\n"
    '  clinic-search search "IPT for PTSD"\n\n'
    "  clinic-search serve",
)
app.add_typer(token_commands.app, name="token")
app.add_typer(judge_commands.app, name="judge")
messages = Console(stderr=True, highlight=False)

IndexRoot = Annotated[Path, typer.Option("--index", help="Folder that holds the index generations.")]
SiteFile = Annotated[Path | None, typer.Option("--site", help="The clinic's own file, clinic.toml.", exists=True, dir_okay=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object, in the shape of the API.")]
DEFAULT_INDEX = Path("var/index")
DISK_FULL = (errno.ENOSPC, errno.EDQUOT)
"""How the system says that a disk, or a user's share of it, is full."""


@app.command()
def ingest(
    locations: Annotated[list[str], typer.Argument(help="Folders of saved pages, single files or web addresses.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the articles and the strip report.")],
    site: SiteFile = None,
    source: Annotated[str, typer.Option(help="Read the locations with this source instead of choosing one by their form.")] = "",
    accept_smaller: Annotated[
        bool, typer.Option("--accept-smaller", help="Accept a crawl that brings much less than the last one.")
    ] = False,
) -> None:
    """Read pages, learn and strip the site's template, and write the articles."""
    from ingest.ledger import summarise_ledger
    from ingest.pipeline import ingest_site
    from ingest.site_files import write_site
    from ingest.strip_report import write_strip_report

    clinic = read_clinic(site) if site else Clinic()
    with progress_report(messages) as report:
        overrides = clinic.template_overrides()
        result = ingest_site(
            locations, source=source, overrides=overrides, report=report, memory=out / "memory", accept_smaller=accept_smaller
        )
    write_site(result, out)
    if site:
        (out / CLINIC_FILE).write_bytes(site.read_bytes())
    write_strip_report(result.stripped_pages, out / "strip-report")
    messages.print(escape(summarise_ledger(result.ledger)))
    messages.print(f"{len(result.articles)} articles written to {out}. What was stripped and why: {out / 'strip-report' / 'index.html'}")


@app.command()
def build(
    origin: Annotated[Path, typer.Option("--from", help="Folder that `ingest` wrote.")],
    index: IndexRoot = DEFAULT_INDEX,
    site: SiteFile = None,
    embedder: Annotated[str, typer.Option(help="A file of index/embedders/.")] = "onnx_cpu",
    model: Annotated[str, typer.Option(help="Model for that embedder: a folder or a name.")] = "",
    store: Annotated[str, typer.Option(help="A file of index/stores/.")] = "faiss_store",
) -> None:
    """Split articles into passages, embed them, and let the new index answer."""
    from index.builder import build_index
    from index.embedders import load_embedder
    from ingest.site_files import read_site
    from search_api.crisis_vote import CrisisVote, vote_folder

    ingested = read_site(origin)
    chosen = load_embedder(embedder, model or (str(Settings().model) if embedder == "onnx_cpu" else ""))
    with progress_report(messages) as report:
        folder = build_index(
            ingested,
            index,
            embedder=chosen,
            store=store,
            created_on=datetime.now(UTC).date(),
            extra_files=_clinic_copy(site or origin / CLINIC_FILE),
            report=report,
        )
    CrisisVote(chosen, vote_folder(Settings())).prepare()
    messages.print(f"Index generation {folder.name} answers from {index}.")


@app.command()
def serve(
    index: IndexRoot = DEFAULT_INDEX,
    site: SiteFile = None,
    host: Annotated[str, typer.Option(help="Address to listen on; anything but 127.0.0.1 lets other machines in.")] = "",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 0,
    help_without_index: Annotated[
        bool, typer.Option("--help-without-index", help="Start even if no index can be used: people in a crisis are helped, others wait.")
    ] = False,
) -> None:
    """Serve the search page and the API.

    A missing or damaged index stops the start, with the command that repairs it. An index that breaks while it is served does not stop the
    server: the last good one answers on, and the crisis panel needs none.
    """
    from search_api.server import run_server

    settings = Settings()
    changes = {"index": index, "site": site or settings.site, "host": host or settings.host, "port": port or settings.port}
    changes["help_without_index"] = help_without_index or settings.help_without_index
    run_server(settings.model_copy(update=changes), announce=messages.print)


@app.command()
def search(
    query: str,
    index: IndexRoot = DEFAULT_INDEX,
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="Pages to show.")] = 10,
    as_json: AsJson = False,
) -> None:
    """Search from the terminal."""
    from search_api.terminal import print_results

    response = _answer(query, index, k)
    _print(response.model_dump_json(by_alias=True)) if as_json else print_results(response, Console(highlight=False))


@app.command()
def ask(query: str, index: IndexRoot = DEFAULT_INDEX, as_json: AsJson = False) -> None:
    """Ask a question and read the site's own words, or that it does not say."""
    from search_api.terminal import print_answer

    response = _answer(query, index, 3)
    _print(response.model_dump_json(by_alias=True)) if as_json else print_answer(response, Console(highlight=False))


@app.command()
def gaps(
    index: IndexRoot = DEFAULT_INDEX,
    site: SiteFile = None,
    form: Annotated[str, typer.Option("--format", help="table, csv, markdown, json or digest.")] = "table",
    as_json: AsJson = False,
    digest: Annotated[
        bool, typer.Option("--digest", help="Print what to mail: this week's five, what was closed and what is new.")
    ] = False,
    fail_on: Annotated[str, typer.Option(help="Exit with status 1 if a gap is at least this bad, for CI: error, warning or notice.")] = "",
    network: Annotated[
        bool, typer.Option("--network", help="Also ask the web whether links to other sites still work, and Crossref about retractions.")
    ] = False,
    today: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day on which dates are judged.")] = None,
) -> None:
    """List what editors should write, fix or merge next, and what was closed since the last run.

    The run is kept in the index's folder, where the editors' pages (/editor) find it: run it every Monday, for example with cron.
    """
    from gaps.schema import SEVERITIES
    from search_api.dependencies import LiveIndex
    from search_api.gap_commands import FORMATS, exit_status, print_report, report_gaps

    form = "json" if as_json else "digest" if digest else form
    if form not in ("table", *FORMATS):
        raise typer.BadParameter(f"'{form}' is no format; there are: table, {', '.join(FORMATS)}.", param_hint="--format")
    if fail_on and fail_on not in SEVERITIES:
        raise typer.BadParameter(f"'{fail_on}' is no severity; there are: {', '.join(SEVERITIES)}.", param_hint="--fail-on")
    searcher = LiveIndex(index, Settings().model, site).searcher()
    report = report_gaps(searcher, index, today=today.date() if today else None, site=site, network=network, announce=messages.print)
    print_report(report, form, Console(highlight=False))
    raise typer.Exit(exit_status(report, fail_on or None))


@app.command()
def forget(
    urls: Annotated[list[str], typer.Argument(help="Addresses of pages, as search results show them.")],
    index: IndexRoot = DEFAULT_INDEX,
    undo: Annotated[bool, typer.Option("--undo", help="Let pages that were forgotten come back with the next build.")] = False,
) -> None:
    """Take pages out of what is found, at once: a running server follows, and later builds leave them out too."""
    from index.forgetting import forget_pages, remember_pages

    folder = (remember_pages if undo else forget_pages)(index, urls)
    said = (
        "come back with the next build"
        if undo
        else "are not found any longer; `clinic-search forget --undo` or `rollback` brings them back"
    )
    messages.print(escape(f"{', '.join(urls)}: {said}. Index generation {folder.name} answers."))


@app.command()
def rollback(index: IndexRoot = DEFAULT_INDEX) -> None:
    """Let the index generation before the current one answer again; a running server follows."""
    from index.generations import roll_back

    messages.print(f"Index generation {roll_back(index).name} answers again.")


def _answer(query: str, index: Path, k: int) -> "SearchResponse":
    from search_api.asking import ask_index
    from search_api.schema import MAX_SENT_CHARACTERS

    if not query.strip():
        raise BadQuery("The query is empty; type a few words.")
    return ask_index(
        query[:MAX_SENT_CHARACTERS], index, k=k, settings=Settings(), locale=os.environ.get("LC_ALL") or os.environ.get("LANG", "")
    )


def _clinic_copy(file: Path) -> dict[str, bytes]:
    """The clinic's file as it goes into the generation, once it is known to be readable."""
    if not file.exists():
        return {}
    read_clinic(file)
    return {CLINIC_FILE: file.read_bytes()}


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Errors that the person at the keyboard can act on, as one sentence; status 1."""
    try:
        yield
    except (IngestError, SearchIndexError, GapsError, ServiceError, BadQuery) as error:
        messages.print(f"[bold red]Error:[/] {escape(str(error))}", soft_wrap=True)
        sys.exit(1)
    except OSError as error:
        if error.errno not in DISK_FULL:
            raise
        messages.print(
            "[bold red]Error:[/] The disk is full. Nothing was changed: what answered before still does. Free space, then try again."
        )
        sys.exit(1)


def main() -> None:
    """The console script."""
    with _plain_errors():
        app()
