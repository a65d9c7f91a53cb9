"""What is kept of a search: a count of its verdict and, in the question log, the scrubbed question. Only of one that somebody committed."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime

from fastapi import Request

from gaps.errors import GapsError
from gaps.helpful_votes import add_vote
from gaps.schema import band_of
from index.schema import SearchOutcome, Verdict
from search_api.metrics import Metrics
from search_api.question_writer import QuestionWriter
from search_api.searching import Record, forget

LIVE_HEADER = "search-live"
"""Sent by the page and the widget with every search that they make while somebody still types. It says of a search that it is not
meant yet, so the contract of /api/search stays as it is, and neither an address nor a form holds it."""


BRIEF = "brief"
"""What page and widget say in that header if they want the best passage of each page at once, and the further ones later or not at all."""

log = logging.getLogger("clinic_search")

Vote = Callable[[str, Verdict, bool], bool]
"""Counts whether what was shown (first page, verdict) was helpful, and tells whether it could be counted."""


class Recorder:
    """Counts searches, and keeps their questions if the clinic wants that."""

    def __init__(self, metrics: Metrics, writer: QuestionWriter | None) -> None:
        self._metrics = metrics
        self._writer = writer

    def record(self, outcome: SearchOutcome, verdict: Verdict) -> None:
        """Keeps what may be kept of a committed search."""
        self._metrics.count_search(verdict, band_of(outcome.confidence))
        if self._writer:
            self._writer.put(outcome.interpretation.query, outcome.confidence)


def get_vote(request: Request) -> Vote:
    """How this application counts what visitors found helpful."""

    def vote(page: str, verdict: Verdict, helpful: bool) -> bool:
        try:
            add_vote(request.app.state.helpful_votes, page, verdict, helpful=helpful, day=datetime.now(UTC).date())
        except GapsError as error:
            log.warning("A vote could not be counted. %s", error)
            return False
        return True

    return vote


def get_record(request: Request) -> Record:
    """How this request's search is recorded: not at all while somebody types, nor if a browser fetches a page before it is wanted."""
    if not is_meant(request):
        return forget
    recorder: Recorder = request.app.state.recorder
    return recorder.record


def is_meant(request: Request) -> bool:
    """Whether somebody sent this search, rather than a page while they type or a browser that guesses."""
    return not is_being_typed(request) and "prefetch" not in request.headers.get("sec-purpose", "")


def is_being_typed(request: Request) -> bool:
    """Whether the question may end in half a word, for whoever asks is still typing it."""
    return LIVE_HEADER in request.headers


def wants_brief(request: Request) -> bool:
    """Whether what somebody types is answered in brief."""
    return request.headers.get(LIVE_HEADER) == BRIEF
