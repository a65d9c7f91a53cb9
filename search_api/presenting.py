"""What was found, put into the shape of the wire."""

from collections.abc import Callable, Sequence
from dataclasses import asdict

from index.citations import cite_passage
from index.highlighting import find_matches
from index.schema import Answer, Citation, Hit, Interpretation, PageResult, Quote, SearchOutcome
from index.searcher import Searcher
from ingest.schema import Passage
from search_api.schema import (
    AmbiguityOut,
    AnswerOut,
    CitationOut,
    CrisisOut,
    ExpansionOut,
    InterpretationOut,
    PassageOut,
    ReferenceOut,
    ResultOut,
    SearchResponse,
)
