"""What a site answers: its topics crossed with what people ask of them, and its conditions with its therapies."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from gaps.context import Search
from gaps.places import passage_place, shorten
from gaps.schema import LOW_CONFIDENCE, Band, Gap, band_of
from gaps.topics import Topic, question_types
from index.lexical import find_terms
from index.schema import SearchOutcome
from ingest.schema import Passage

Support = Literal["a section", "a sentence", "in passing", "another question", "nothing"]

SUPPORT: dict[Support, float] = {"a section": 1.0, "a sentence": 0.8, "in passing": 0.55, "another question": 0.3, "nothing": 0.1}
"""What the best passage behind a cell is worth. The confidence says that the site has a page on the subject; only two of these say
that the page speaks of what is asked. A judgement, so set that full confidence gives covered, covered, weak, empty, empty."""
SUPPORT_WORDS: dict[Support, str] = {
    "a section": "A section of a page on the topic is about this.",
    "a sentence": "A page on the topic says something of this.",
    "in passing": "A page on something else says something of this.",
    "another question": "The pages on the topic do not speak of this.",
    "nothing": "No page found speaks of the topic and of this.",
}
MOST_CONDITIONS, MOST_THERAPIES = 24, 16
"""Rows and columns of the matrix of treatments: about as much as fits a screen, and 384 questions to the searcher."""
CELL_CHECK = "empty_cell"
HEAVY = 3.0
"""The weight of what nearly everybody asks (`inventory.toml`)."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One question about one topic, and the best passage behind it.

    `confidence` in [0, 1] is the searcher's, calibrated, that the site covers the question; `support` is what the passage is.
    """

    topic: Topic
    column: str
    question: str
    weight: float
    confidence: float
    support: Support
    url: str
    title: str
    passage: str

    @property
    def score(self) -> float:
        """The confidence times what the passage behind it is worth, in [0, 1]."""
        return self.confidence * SUPPORT[self.support]

    @property
    def band(self) -> Band:
        """Covered (high), weak (medium) or empty (low)."""
        return band_of(self.score)


@dataclass(frozen=True, slots=True)
class CoverageMatrix:
    """What the site answers: a row for each topic, a column for each question or treatment.

    There is no cell where the question makes no sense for the topic.
    """

    columns: tuple[str, ...]
    rows: tuple[Topic, ...]
    cells: tuple[Cell, ...]

    def cell(self, topic: Topic, column: str) -> Cell | None:
        """The cell of this topic and column, or None if that question is not asked of such a topic."""
        return next((cell for cell in self.cells if cell.topic == topic and cell.column == column), None)


def make_question_matrix(search: Search, topics: Sequence[Topic]) -> CoverageMatrix:
    """Topics crossed with what people ask of them (the built-in inventory)."""
    types = question_types()
    cells = [
        _fill(search, topic, one.name, one.ask[topic.kind].format(topic=topic.name), weight=float(one.weight), said=one.said)
        for topic in topics
        for one in types
        if topic.kind in one.ask
    ]
    return CoverageMatrix(tuple(one.name for one in types), tuple(topics), tuple(cells))


def make_treatment_matrix(search: Search, topics: Sequence[Topic]) -> CoverageMatrix:
    """Conditions crossed with therapies: whether this helps with that."""
    conditions = [topic for topic in topics if topic.kind == "condition"][:MOST_CONDITIONS]
    therapies = [topic for topic in topics if topic.kind == "therapy"][:MOST_THERAPIES]
    letters = {other: _letters_of(search, other) for other in therapies} if conditions else {}
    cells = [_cross(search, one, other, letters[other]) for one in conditions for other in therapies]
    return CoverageMatrix(tuple(other.name for other in therapies), tuple(conditions), tuple(cells))


def weakest_cells(matrix: CoverageMatrix, *, count: int) -> list[Cell]:
    """Empty and weak cells, those first that people most likely ask and the site least likely answers."""
    weak = [cell for cell in matrix.cells if cell.band != "high"]
    return sorted(weak, key=lambda cell: (-cell.weight * (1 - cell.score), not cell.topic.url, cell.question))[:count]


def describe_cells(matrix: CoverageMatrix, *, count: int) -> Iterator[Gap]:
    """The gaps of the weakest cells, for a site whose visitors have not told yet what they ask."""
    for cell in weakest_cells(matrix, count=count):
        yield Gap(
            severity="warning" if cell.weight >= HEAVY and cell.score < LOW_CONFIDENCE else "notice",
            subject=cell.question,
            place=cell.url or cell.topic.url,
            reason=f"People often ask this. {SUPPORT_WORDS[cell.support]} The search is {cell.confidence:.0%} sure that this answers it.",
            evidence=shorten(cell.passage),
            advice="Answer it in a section of its own on the topic's page.",
            pages=tuple(filter(None, (cell.topic.url, cell.url.partition("#")[0])))[:1],
            site_wide=True,
            check=CELL_CHECK,
        )


def _cross(search: Search, condition: Topic, therapy: Topic, letters: str) -> Cell:
    """Whether a therapy helps with a condition: a passage has to name both."""
    names = rf"\b{re.escape(therapy.name)}\b" + (rf"|\b{letters}\b" if letters else "")
    return _fill(
        search, condition, therapy.name, f"Does {therapy.name} help with {condition.name}?", weight=1.0, said=names, page=therapy.url
    )


def _letters_of(search: Search, therapy: Topic) -> str:
    """The abbreviation that the title of a therapy's own page gives it in brackets, "" if it gives none."""
    titles = (page.title for page in search(f"What is {therapy.name}?").results if therapy.url and page.url == therapy.url)
    found = re.search(r"\(([A-Z]{2,6})\)", next(titles, ""))
    return found[1] if found else ""


def _fill(search: Search, topic: Topic, column: str, question: str, *, weight: float, said: str, page: str = "") -> Cell:
    """The cell of a question that a text answers which is about the topic and holds words of `said`, or stands on `page`."""
    outcome = search(question)
    support, best = _find_support(outcome, topic, re.compile(rf"(?:{said})", re.IGNORECASE), page)
    return Cell(
        topic=topic,
        column=column,
        question=question,
        weight=weight,
        confidence=outcome.confidence if best else 0.0,
        support=support,
        url=passage_place(best) if best else "",
        title=best.title if best else "",
        passage=shorten(best.text) if best else "",
    )


def _find_support(outcome: SearchOutcome, topic: Topic, said: re.Pattern[str], page: str) -> tuple[Support, Passage | None]:
    """What the site has behind an answer: the best kind of passage among those found, the first of that kind."""
    passages = [hit.passage for result in outcome.results for hit in result.hits]
    judged = [(_judge(passage, topic, said, page), passage) for passage in passages]
    return max(judged, key=lambda one: SUPPORT[one[0]], default=("nothing", None))


def _judge(passage: Passage, topic: Topic, said: re.Pattern[str], page: str) -> Support:
    heading = passage.heading_path[-1] if passage.heading_path else passage.title
    own = bool(topic.url) and passage.url == topic.url
    named = _names(topic, " ".join((passage.title, *passage.heading_path)))
    in_heading = said.search(heading) is not None or (bool(page) and passage.url == page)
    in_text = in_heading or said.search(passage.text) is not None
    if own or named:
        return "a section" if in_heading else "a sentence" if in_text else "another question"
    return "in passing" if in_text and _names(topic, passage.text) else "nothing"


def _names(topic: Topic, text: str) -> bool:
    return set(find_terms(topic.name)) <= set(find_terms(text))
