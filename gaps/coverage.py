"""Demand against coverage: what people ask, and how sure the search is that the site answers it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from gaps.checks.overdue_review import is_overdue
from gaps.clusters import Cluster
from gaps.context import CheckContext, Search
from gaps.places import shorten
from gaps.schema import HIGH_CONFIDENCE, LOW_CONFIDENCE, Band, Gap, band_of
from gaps.topics import Topic, question_types
from index.schema import PageResult, SearchOutcome

Cause = Literal["not covered", "thin", "wording", "stale", "competing"]

THIN_WORDS = 60
"""A passage shorter than this is a sentence or two: it touches the question."""
NEARLY_BEST = 0.95
"""A second page with this share of the best page's score is as good an answer."""
FEWEST_ASKED = 5
"""A question asked less often in the whole log is nobody's priority."""
EVEN_CHANCE = 0.5
SHARE_FOR_WORDING = 0.25
"""If a quarter of the askings found a confident answer, the site has it: other wordings miss it."""
CHECK = "unanswered_question"
CELL_CHECK = "empty_cell"
ADVICE: dict[Cause, str] = {
    "not covered": "Write a page, or a section of the nearest page, that answers it.",
    "thin": "The site touches the question in a few words: write the section out.",
    "wording": "The site has the answer under other words: use the visitors' words in the heading or the first sentence.",
    "stale": "The page that answers it is overdue for review: have it reviewed.",
    "competing": "Several pages answer it about equally well: make one the answer and let the others link to it.",
}


@dataclass(frozen=True, slots=True)
class Demand:
    """A question that people ask and the site does not answer well: the cluster, the cause, the confidence and the nearest pages."""

    cluster: Cluster
    cause: Cause
    confidence: float
    nearest: tuple[PageResult, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One question about one topic: the calibrated confidence in [0, 1] that the site answers it, and the passage behind it."""

    topic: Topic
    column: str
    question: str
    weight: float
    confidence: float
    url: str
    title: str
    passage: str

    @property
    def band(self) -> Band:
        """Covered (high), weak (medium) or empty (low)."""
        return band_of(self.confidence)


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


def find_demand(context: CheckContext, clusters: Sequence[Cluster]) -> list[Demand]:
    """What is asked and not answered well, the most asked without an answer first. Needs a search; without one there is nothing to tell."""
    if context.search is None:
        return []
    found = [demand for cluster in clusters if (demand := _judge(context, context.search, cluster))]
    return sorted(found, key=lambda demand: (-demand.cluster.volume * (1 - demand.confidence), demand.cluster.leader))


def describe_demand(context: CheckContext, demand: Demand) -> Gap:
    """The gap that an editor reads."""
    cluster = demand.cluster
    nearest = demand.nearest[0] if demand.nearest else None
    recent, change = cluster.recent(context.today), cluster.trend(context.today)
    return Gap(
        severity="error" if demand.cause == "not covered" and demand.confidence < LOW_CONFIDENCE else "warning",
        subject=shorten(cluster.leader, 120),
        place=_place(nearest) if nearest else "",
        reason=f"{demand.cause.capitalize()}: asked {cluster.volume} times, {recent} in the last four weeks ({change:+.0%}).",
        evidence=shorten("; ".join(cluster.wordings[:5])),
        advice=ADVICE[demand.cause] + (f" Nearest page: “{nearest.title}”." if nearest else ""),
        pages=tuple(page.url for page in demand.nearest),
        demand=float(recent),
        site_wide=True,
        check=CHECK,
    )


def make_question_matrix(search: Search, topics: Sequence[Topic]) -> CoverageMatrix:
    """Topics crossed with what people ask of them (the built-in inventory)."""
    types = question_types()
    cells = [
        _fill(search, topic, one.name, one.ask[topic.kind].format(topic=topic.name), float(one.weight))
        for topic in topics
        for one in types
        if topic.kind in one.ask
    ]
    return CoverageMatrix(tuple(one.name for one in types), tuple(topics), tuple(cells))


def make_treatment_matrix(search: Search, topics: Sequence[Topic]) -> CoverageMatrix:
    """Conditions crossed with therapies: whether this helps with that."""
    conditions = [topic for topic in topics if topic.kind == "condition"]
    therapies = [topic for topic in topics if topic.kind == "therapy"]
    cells = [_fill(search, one, other.name, f"Does {other.name} help with {one.name}?", 1.0) for one in conditions for other in therapies]
    return CoverageMatrix(tuple(other.name for other in therapies), tuple(conditions), tuple(cells))


def weakest_cells(matrix: CoverageMatrix, *, count: int) -> list[Cell]:
    """Empty and weak cells, those first that people most likely ask and the site least likely answers."""
    weak = [cell for cell in matrix.cells if cell.band != "high"]
    return sorted(weak, key=lambda cell: (-cell.weight * (1 - cell.confidence), cell.question))[:count]


def describe_cells(matrix: CoverageMatrix, *, count: int) -> Iterator[Gap]:
    """The gaps of the weakest cells, for a site whose visitors have not told yet what they ask."""
    for cell in weakest_cells(matrix, count=count):
        yield Gap(
            severity="notice",
            subject=cell.question,
            place=cell.url or cell.topic.url,
            reason=f"The site answers this with a confidence of {cell.confidence:.0%}; people ask it of most topics.",
            evidence=shorten(cell.passage),
            advice="Answer it in a section of its own on the topic's page.",
            pages=tuple(filter(None, (cell.topic.url, cell.url)))[:1],
            site_wide=True,
            check=CELL_CHECK,
        )


def _fill(search: Search, topic: Topic, column: str, question: str, weight: float) -> Cell:
    outcome = search(question)
    best = outcome.results[0] if outcome.results else None
    return Cell(
        topic=topic,
        column=column,
        question=question,
        weight=weight,
        confidence=outcome.confidence if best else 0.0,
        url=_place(best) if best else "",
        title=best.title if best else "",
        passage=best.hits[0].passage.text if best else "",
    )


def _place(page: PageResult) -> str:
    passage = page.hits[0].passage
    return f"{passage.url}#{passage.anchor}" if passage.anchor else passage.url


def _judge(context: CheckContext, search: Search, cluster: Cluster) -> Demand | None:
    """What is wrong with how a cluster is answered; None if nothing is, or if it is hardly asked."""
    if cluster.volume < FEWEST_ASKED:
        return None
    outcome = search(cluster.leader)
    cause = _find_cause(context, cluster, outcome)
    return Demand(cluster, cause, outcome.confidence, outcome.results[:3]) if cause else None


def _find_cause(context: CheckContext, cluster: Cluster, outcome: SearchOutcome) -> Cause | None:
    """Why a question goes unanswered; None if it is answered.

    Decided in this order:
    1. The search finds nothing near. If a good part of the askings did find an answer, other wordings miss it: wording; else: not covered.
    2. It finds something and is not sure. A good part of the askings found it: wording. The passage is short, or the chance less than
       even: thin.
    3. It is sure, of a page that is overdue: stale; of two pages about equally well: competing. Else the question is answered by now.
    """
    found_share = sum(question.count for question in cluster.questions if question.band == "high") / cluster.volume
    if not outcome.results or outcome.verdict == "not_covered" or outcome.confidence < LOW_CONFIDENCE:
        return "wording" if found_share >= SHARE_FOR_WORDING else "not covered"
    if outcome.confidence < HIGH_CONFIDENCE:
        if found_share >= SHARE_FOR_WORDING:
            return "wording"
        return "thin" if outcome.confidence < EVEN_CHANCE or _is_thin(outcome.results[0]) else None
    if _is_stale(context, outcome.results[0]):
        return "stale"
    return "competing" if _compete(outcome.results) else None


def _is_thin(page: PageResult) -> bool:
    return sum(len(hit.passage.text.split()) for hit in page.hits) < THIN_WORDS


def _is_stale(context: CheckContext, page: PageResult) -> bool:
    return page.reviewed_on is not None and is_overdue(page.reviewed_on, context.today, context.settings.review_months)


def _compete(pages: Sequence[PageResult]) -> bool:
    """Whether a second page is as good an answer as the first, and both are about the same thing by their titles."""
    if len(pages) < 2:
        return False
    first, second = pages[0], pages[1]
    return second.score >= NEARLY_BEST * first.score and bool({*first.title.lower().split()} & {*second.title.lower().split()})
