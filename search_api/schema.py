"""The wire: what `/api/search` takes and gives. Offsets are code points, ends exclusive."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, SerializeAsAny

MAX_QUERY_CHARACTERS = 10_000
"""Longer than any question that somebody types or pastes; the model reads the first few hundred words anyway."""
MAX_PAGES = 100
"""Results a request may ask for at once; further ones are reached through `offset`."""

MAX_SENT_CHARACTERS = 256 * 1024
"""No request holds more. A longer text than a query may be is read for a crisis all the same; unless it tells of one it is refused."""

Count = Annotated[int, Field(ge=1, le=MAX_PAGES)]
Offset = Annotated[int, Field(ge=0, le=1_000_000)]


def is_absent(value: object) -> bool:
    """Whether a field that only staff see is left out."""
    return value is None


class _Wire(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SearchRequest(_Wire):
    """A search: `k` counts pages; `verbatim` leaves the spelling as typed; `explain` counts for staff only."""

    q: Annotated[str, Field(min_length=1, max_length=MAX_SENT_CHARACTERS)]
    k: Count = 10
    offset: Offset = 0
    section: str = ""
    language: str = ""
    page_type: str = ""
    explain: bool = False
    verbatim: bool = False


class SuggestRequest(_Wire):
    """What has been typed so far."""

    q: Annotated[str, Field(max_length=MAX_QUERY_CHARACTERS)]
    k: Annotated[int, Field(ge=1, le=20)] = 6


class SuggestResponse(_Wire):
    """Topics of the site that continue it, in an order that does not change while one types on."""

    query: str
    suggestions: list[str]


class ReferenceOut(_Wire):
    """Literature that an article cites."""

    marker: str
    text: str
    url: str
    doi: str
    pmid: str


class StaffReferenceOut(ReferenceOut):
    """The same for staff: a `missing` one stands in no list and has no text; so many `claims` of the article carry it."""

    status: Literal["listed", "missing"]
    claims: int


class CitationOut(_Wire):
    """Where on the site a passage stands, and when its page was reviewed and published."""

    title: str
    heading_path: list[str]
    url: str
    fragment_url: str
    reviewed_on: date | None = None
    published_on: date | None = None


class CopiesOut(_Wire):
    """A citation ready to be pasted; `html` is escaped."""

    plain: str
    html: str
    apa: str


class StaffCitationOut(CitationOut):
    """The same for staff."""

    copies: CopiesOut


class PassageOut(_Wire):
    """A verbatim span of an article; `highlights` are the words of it that the question asked for."""

    passage_id: str
    text: str
    highlights: list[tuple[int, int]]
    citation: SerializeAsAny[CitationOut]
    references: list[SerializeAsAny[ReferenceOut]]


class ExplanationOut(_Wire):
    """Why a page's best passage stands where it stands.

    Cosines in [-1, 1] of the best window, of the whole passage, and of single words (`late`); BM25 in all (`lexical`) and by term; the
    weight in [0, 1] that words have against meaning; and what was added to the fused score.
    """

    window_cosine: float
    passage_cosine: float
    late: float
    lexical: float
    terms: dict[str, float]
    lexical_share: float
    boosts: dict[str, float]


class ResultOut(_Wire):
    """A page: its best passage, and its other ones in `more`; for staff who ask for it, why it stands here.

    `left_out` counts further passages that a page of results tells later; it never goes over the wire.
    """

    rank: int
    score: float
    title: str
    url: str
    section: str
    reviewed_on: date | None
    passage: PassageOut
    more: list[PassageOut]
    left_out: int = Field(default=0, exclude=True)
    explain: ExplanationOut | None = Field(default=None, exclude_if=is_absent)


class AnswerOut(_Wire):
    """The site's own words on the question."""

    quotes: list[PassageOut]


class RephrasedOut(_Wire):
    """A sentence in a language model's words that the quote of this number (from 0) supports."""

    text: str
    quote: int


class RephrasedAnswerOut(AnswerOut):
    """The same where the clinic has set a language model and it said nothing else than the quotes."""

    rephrased: list[RephrasedOut]


class ExpansionOut(_Wire):
    """An abbreviation and the meaning that was searched for with it."""

    abbreviation: str
    meaning: str


class AmbiguityOut(_Wire):
    """An abbreviation and what it may mean, likeliest first."""

    abbreviation: str
    meanings: list[str]


class InterpretationOut(_Wire):
    """How the question was read; `corrected` is "" if nothing was mended."""

    corrected: str
    expanded: list[ExpansionOut]
    ambiguous: list[AmbiguityOut]


class PanelLineOut(_Wire):
    """One way to reach a person; `href` does it with one tap (`tel:`, `sms:`, `https:`)."""

    label: str
    action: str
    href: str


class PanelOut(_Wire):
    """What is shown to a person in crisis; of it, only `support_line` where the question is merely about one."""

    heading: str
    message: str
    support_line: str
    lines: list[PanelLineOut]


class CrisisOut(_Wire):
    """Present if the question tells of a crisis (or, quieter, is about one)."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    class_: Literal["crisis", "support"] = Field(alias="class")
    panel: PanelOut


class SearchResponse(_Wire):
    """The answer to a search."""

    query: str
    interpretation: InterpretationOut
    verdict: Literal["answered", "related", "not_covered"]
    answer: SerializeAsAny[AnswerOut] | None
    results: list[ResultOut]
    total: int
    crisis: CrisisOut | None
    took_ms: float


class ErrorOut(_Wire):
    """What was wrong and what would be right; help beside it for words of a crisis."""

    error: str
    crisis: CrisisOut | None = Field(default=None, exclude_if=is_absent)
