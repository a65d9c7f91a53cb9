"""What was found, put into the shape of the wire."""

from collections.abc import Iterable, Mapping

from index.citations import cite_passage
from index.highlighting import asked_terms, find_matches
from index.schema import Answer, Citation, Interpretation, PageResult, SearchOutcome
from ingest.schema import Article, Reference
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

Terms = frozenset[str]


def present_search(
    outcome: SearchOutcome, answer: Answer, articles: Mapping[str, Article], *, crisis: CrisisOut | None, took_ms: float
) -> SearchResponse:
    """The response to a search."""
    terms = asked_terms(outcome.interpretation)
    return SearchResponse(
        query=outcome.interpretation.query,
        interpretation=_present_interpretation(outcome.interpretation),
        verdict=answer.verdict,
        answer=_present_answer(answer, terms),
        results=[_present_result(result, articles[result.url], terms) for result in outcome.results],
        total=outcome.total,
        crisis=crisis,
        took_ms=round(took_ms, 2),
    )


def _present_interpretation(interpretation: Interpretation) -> InterpretationOut:
    return InterpretationOut(
        corrected=interpretation.corrected,
        expanded=[ExpansionOut(abbreviation=one.abbreviation, meaning=one.meaning) for one in interpretation.expanded],
        ambiguous=[AmbiguityOut(abbreviation=one.abbreviation, meanings=list(one.meanings)) for one in interpretation.ambiguous],
    )


def _present_answer(answer: Answer, terms: Terms) -> AnswerOut | None:
    if not answer.quotes:
        return None
    return AnswerOut(quotes=[_present_passage(quote.passage_id, quote.text, quote.citation, terms) for quote in answer.quotes])


def _present_result(result: PageResult, article: Article, terms: Terms) -> ResultOut:
    first, *more = (
        _present_passage(hit.passage.passage_id, hit.passage.text, cite_passage(article, hit.passage), terms) for hit in result.hits
    )
    return ResultOut(
        rank=result.rank,
        score=round(result.score, 4),
        title=result.title,
        url=result.url,
        section=result.site_section,
        reviewed_on=result.reviewed_on,
        passage=first,
        more=more,
    )


def _present_passage(passage_id: str, text: str, citation: Citation, terms: Terms) -> PassageOut:
    return PassageOut(
        passage_id=passage_id,
        text=text,
        highlights=find_matches(text, terms),
        citation=CitationOut(
            title=citation.title, heading_path=list(citation.heading_path), url=citation.url, fragment_url=citation.fragment_url
        ),
        references=_present_references(citation.references),
    )


def _present_references(references: Iterable[Reference]) -> list[ReferenceOut]:
    return [ReferenceOut(marker=one.marker, text=one.text, url=one.url, doi=one.doi, pmid=one.pmid) for one in references]
