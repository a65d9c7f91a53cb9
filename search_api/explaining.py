"""Why a page stands where it stands among the results, on the wire: for staff who ask."""

from index.schema import Explanation, SearchOutcome
from index.searcher import Searcher
from search_api.schema import ExplanationOut, SearchRequest, SearchResponse


def add_explanations(response: SearchResponse, request: SearchRequest, outcome: SearchOutcome, searcher: Searcher) -> SearchResponse:
    """The response with `explain` at every result."""
    results = [
        result.model_copy(update={"explain": present_explanation(searcher.explain(request.q, page.hits[0], verbatim=request.verbatim))})
        for result, page in zip(response.results, outcome.results, strict=True)
    ]
    return response.model_copy(update={"results": results})


def present_explanation(explanation: Explanation) -> ExplanationOut:
    """An explanation on the wire, the terms that weigh most first."""
    return ExplanationOut(
        window_cosine=round(explanation.window_cosine, 4),
        passage_cosine=round(explanation.passage_cosine, 4),
        late=round(explanation.late, 4),
        lexical=round(explanation.lexical, 4),
        terms={term: round(value, 4) for term, value in sorted(explanation.terms.items(), key=lambda entry: -entry[1])},
        lexical_share=round(explanation.lexical_share, 4),
        boosts={name: round(value, 4) for name, value in explanation.boosts.items() if value},
    )
