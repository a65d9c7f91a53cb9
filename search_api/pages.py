"""The pages that people see, rendered on the server; everything that comes from a visitor or a site is escaped."""

from collections.abc import Iterator

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from search_api.clinic import Clinic
from search_api.schema import PassageOut, SearchResponse


def split_marked(passage: PassageOut) -> Iterator[tuple[str, bool]]:
    """The text of a passage in pieces, each with whether it is one of the highlighted words."""
    position = 0
    for start, end in passage.highlights:
        yield passage.text[position:start], False
        yield passage.text[start:end], True
        position = end
    yield passage.text[position:], False


_environment = Environment(
    loader=PackageLoader("search_api"),
    autoescape=select_autoescape(default=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.filters["marked"] = split_marked


def render_search_page(clinic: Clinic, *, query: str = "", response: SearchResponse | None = None, error: str = "") -> str:
    """The search page: the form alone, with results, or with what was wrong with the query."""
    return _environment.get_template("search.html").render(clinic=clinic, query=query, response=response, error=error)
