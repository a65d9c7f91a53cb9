"""Results as a person reads them in a terminal."""

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.text import Text

from search_api.schema import CrisisOut, PassageOut, RephrasedAnswerOut, ResultOut, SearchResponse

HEADLINES = {
    "answered": "",
    "related": "None of the pages answers this directly; these come close.",
    "not_covered": "The site does not say.",
}
REPHRASED = "In plainer words, written by a computer from the quotes below. If the two differ, the quotes count."


def print_help(crisis: CrisisOut | None, console: Console) -> None:
    """The crisis panel before anything else, or the quiet line, or nothing."""
    if crisis is None:
        return
    if crisis.class_ != "crisis":
        console.print(escape(crisis.panel.support_line) + "\n")
        return
    console.print(escape(crisis.panel.heading), style="bold")
    console.print(escape(crisis.panel.message))
    for line in crisis.panel.lines:
        console.print(f"  {escape(line.label)}: [bold]{escape(line.action)}[/]")
    console.print()


def print_results(response: SearchResponse, console: Console) -> None:
    """Help where it is called for, the answer, then the pages."""
    print_help(response.crisis, console)
    if response.answer:
        _print_quotes(response, console)
        console.print()
    elif HEADLINES[response.verdict] and not in_crisis(response):
        console.print(HEADLINES[response.verdict], style="bold")
    for result in response.results:
        _print_result(result, console)


def print_answer(response: SearchResponse, console: Console) -> None:
    """Help where it is called for, then the quotes with their sources or that there is none; in a crisis the pages instead."""
    if in_crisis(response):
        print_results(response, console)
        return
    print_help(response.crisis, console)
    _print_quotes(response, console)


def in_crisis(response: SearchResponse) -> bool:
    """Whether somebody may be in danger now."""
    return response.crisis is not None and response.crisis.class_ == "crisis"


def _print_quotes(response: SearchResponse, console: Console) -> None:
    if not response.answer:
        console.print(HEADLINES[response.verdict] or "The site does not say.", style="bold")
    if isinstance(response.answer, RephrasedAnswerOut):
        console.print(REPHRASED, style="italic")
        console.print(Padding(escape(" ".join(one.text for one in response.answer.rephrased)), (0, 0, 1, 2)))
    for quote in response.answer.quotes if response.answer else ():
        console.print(Padding(_marked(quote), (0, 0, 0, 2)))
        console.print(f"  — {escape(_place(quote))}\n    {escape(quote.citation.fragment_url)}", style="dim", soft_wrap=True)
        _print_references(quote, console)


def _print_result(result: ResultOut, console: Console) -> None:
    console.print(f"[bold]{result.rank}. {escape(_place(result.passage))}[/]  [dim]{result.score:.3f}[/]")
    console.print(f"   {escape(result.passage.citation.url)}", style="dim", soft_wrap=True)
    console.print(Padding(_marked(result.passage), (0, 0, 0, 3)))
    _print_references(result.passage, console)
    if result.more:
        console.print(f"   {len(result.more)} more on this page", style="dim")
    console.print()


def _print_references(passage: PassageOut, console: Console) -> None:
    for reference in passage.references:
        console.print(f"   [{reference.marker}] {reference.text}", style="dim", markup=False, soft_wrap=True)


def _place(passage: PassageOut) -> str:
    return " > ".join((passage.citation.title, *passage.citation.heading_path))


def _marked(passage: PassageOut) -> Text:
    text = Text(passage.text)
    for start, end in passage.highlights:
        text.stylize("bold yellow", start, end)
    return text
