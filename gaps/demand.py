"""What people ask and the site does not answer well, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from gaps.checks.overdue_review import is_overdue
from gaps.clusters import Cluster
from gaps.context import CheckContext, Search
from gaps.places import passage_place, shorten
from gaps.question_words import subject_terms
from gaps.schema import HIGH_CONFIDENCE, LOW_CONFIDENCE, Gap
from index.lexical import find_terms
from index.schema import PageResult, SearchOutcome

Cause = Literal["not covered", "thin", "wording", "stale", "competing"]

THIN_WORDS = 60
"""A passage shorter than this is a sentence or two: it touches the question."""
NEARLY_BEST = 0.95
"""A second page with this share of the best page's score is as good an answer."""
FEWEST_ASKED = 5
"""A question asked less often in the whole log is nobody's priority."""
EVEN_CHANCE = 0.5
SMALL_CHANGE = 0.1
SHARE_FOR_WORDING = 0.25
"""If a quarter of the askings found a confident answer, the site has it: other wordings miss it."""
CHECK = "unanswered_question"
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
        place=passage_place(nearest.hits[0].passage) if nearest else "",
        reason=f"{demand.cause.capitalize()}: asked {cluster.volume} times, {recent} in the last four weeks ({_say_change(change)}).",
        evidence=shorten("; ".join(cluster.wordings[:5])),
        advice=ADVICE[demand.cause] + (f" Nearest page: “{nearest.title}”." if nearest else ""),
        pages=tuple(page.url for page in demand.nearest),
        demand=float(recent),
        site_wide=True,
        check=CHECK,
    )


def _say_change(change: float) -> str:
    """The change of the last four weeks from the four before, in words."""
    if abs(change) < SMALL_CHANGE:
        return "about as before"
    return f"{change + 1:.1f} times as often as before" if change >= 1 else f"{change:+.0%}"


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
    1. The search finds nothing near, or is not sure of passages that do not name the subject of the question. If a good part of the askings
       did find an answer, other wordings miss it: wording; else: not covered.
    2. It finds something and is not sure. A good part of the askings found it: wording. The passage is short, or the chance less than
       even: thin.
    3. It is sure, of a page that is overdue: stale; of two pages about equally well: competing. Else the question is answered by now.
    """
    found_share = sum(question.count for question in cluster.questions if question.band == "high") / cluster.volume
    unsure = outcome.confidence < LOW_CONFIDENCE or (outcome.confidence < HIGH_CONFIDENCE and not _names_subject(outcome))
    if not outcome.results or outcome.verdict == "not_covered" or unsure:
        return "wording" if found_share >= SHARE_FOR_WORDING else "not covered"
    if outcome.confidence < HIGH_CONFIDENCE:
        if found_share >= SHARE_FOR_WORDING:
            return "wording"
        return "thin" if outcome.confidence < EVEN_CHANCE or _is_thin(outcome.results[0]) else None
    if _is_stale(context, outcome.results[0]):
        return "stale"
    return "competing" if _compete(outcome.results) else None


def _names_subject(outcome: SearchOutcome) -> bool:
    """Whether a passage among those found, with its title and headings, holds all words of the question's subject."""
    wanted = subject_terms(outcome.interpretation.corrected or outcome.interpretation.query)
    passages = (hit.passage for page in outcome.results for hit in page.hits)
    return any(wanted <= set(find_terms(" ".join((passage.title, *passage.heading_path, passage.text)))) for passage in passages)


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
