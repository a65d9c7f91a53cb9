"""The staff's search: one form of filters, and a result list with all that is known of each hit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field

from gaps.spreadsheet import write_csv
from index.judgments import JudgedQuery, target_of
from index.searcher import Searcher
from search_api.pages import PAGES_A_STEP, section_label
from search_api.schema import MAX_PAGES, CrisisOut, SearchRequest, SearchResponse
from search_api.texts import known_languages, read_texts

Choice = tuple[str, str]
"""The value of an option and its label."""

COLUMNS = (
    "rank",
    "score",
    "title",
    "url",
    "place",
    "section",
    "language",
    "type",
    "reviewed",
    "grade",
    "passage",
    "references",
    "missing references",
    "citation",
)


class PageChoice(BaseModel):
    """Which words and which pages a form of the desk keeps to; "" leaves all."""

    model_config = ConfigDict(extra="ignore")

    q: Annotated[str, Field(max_length=1000)] = ""
    section: str = ""
    language: str = ""
    page_type: str = ""


class DeskQuery(PageChoice):
    """The search form of the staff's desk. It travels in the address, so that a search can be kept, linked and gone back to."""

    show: Annotated[int, Field(ge=1, le=MAX_PAGES)] = PAGES_A_STEP
    verbatim: bool = False

    def address(self, path: str = "/staff", **changes: object) -> str:
        """The address of this search, or of one that differs from it by the changes."""
        values = self.model_dump() | changes
        kept = {name: value for name, value in values.items() if value not in ("", False, PAGES_A_STEP)}
        return f"{path}?{urlencode(kept)}"

    def fields(self) -> Mapping[str, object]:
        """What a form must carry along to come back to this search."""
        return {name: value for name, value in self.model_dump().items() if value not in ("", False)}

    def request(self) -> SearchRequest:
        """The search that it asks for."""
        return SearchRequest(k=self.show, explain=True, **self.model_dump(exclude={"show"}))


@dataclass(frozen=True, slots=True)
class Filters:
    """What results can be kept to."""

    sections: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    page_types: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class StaffResults:
    """What the staff's search shows: the `confidence` in [0, 1] behind the verdict, and the grades given so far, by passage id."""

    response: SearchResponse
    confidence: float
    crisis: CrisisOut | None
    judged: JudgedQuery | None = None
    grades: Mapping[str, int] = field(default_factory=dict)


def list_filters(searcher: Searcher) -> Filters:
    """The filters of a site, in alphabetical order of what people read."""
    articles = searcher.articles.values()
    return Filters(
        sections=_choices((one.site_section, section_label(one.site_section)) for one in articles),
        languages=_choices((code := one.metadata.language.partition("-")[0].lower(), language_name(code)) for one in articles),
        page_types=_choices((one.metadata.page_type, type_label(one.metadata.page_type)) for one in articles),
    )


def language_name(code: str) -> str:
    """The language in its own words, the code itself if no file knows it."""
    return read_texts(code).name if code in known_languages() else code


def type_label(page_type: str) -> str:
    """A type of schema.org in words: `MedicalWebPage` is "Medical web page"."""
    words = "".join(f" {char.lower()}" if char.isupper() else char for char in page_type).strip()
    return words[:1].upper() + words[1:]


def grades_of(searcher: Searcher, response: SearchResponse, judged: JudgedQuery | None) -> dict[str, int]:
    """The grades that staff gave to the sections of these passages, by passage id."""
    if judged is None:
        return {}
    shown = [passage for result in response.results for passage in (result.passage, *result.more)]
    targets = {one.passage_id: target_of(searcher.passage(one.passage_id)) for one in shown}
    return {passage_id: judged.relevant[target] for passage_id, target in targets.items() if target in judged.relevant}


def results_csv(searcher: Searcher, results: StaffResults) -> str:
    """The results as CSV, one page a line."""
    return write_csv([COLUMNS, *_rows(searcher, results)])


def _rows(searcher: Searcher, results: StaffResults) -> Iterable[tuple[object, ...]]:
    for one in results.response.results:
        metadata = searcher.articles[one.url].metadata
        references = one.passage.references
        yield (
            one.rank,
            one.score,
            one.title,
            one.passage.citation.url,
            " > ".join(one.passage.citation.heading_path),
            one.section,
            metadata.language,
            metadata.page_type,
            one.reviewed_on.isoformat() if one.reviewed_on else "",
            results.grades.get(one.passage.passage_id, ""),
            one.passage.text,
            "; ".join(f"[{ref.marker}] {ref.text}" for ref in references if ref.text),
            "; ".join(ref.marker for ref in references if not ref.text),
            one.passage.citation.copies.plain if hasattr(one.passage.citation, "copies") else "",
        )


def _choices(found: Iterable[Choice]) -> tuple[Choice, ...]:
    return tuple(sorted({choice for choice in found if choice[0]}, key=lambda choice: choice[1].casefold()))
