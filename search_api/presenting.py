"""What was found, put into the shape of the wire."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urldefrag

from index.citation_forms import write_citations
from index.citations import carried_references
from index.highlighting import find_matches, marked_terms
from index.schema import Answer, CarriedReference, Citation, Hit, Interpretation, PageResult, Quote, SearchOutcome
from ingest.schema import Article, Passage, Reference
from search_api.schema import (
    AmbiguityOut,
    AnswerOut,
    CitationOut,
    CopiesOut,
    CrisisOut,
    ExpansionOut,
    InterpretationOut,
    PassageOut,
    ReferenceOut,
    ResultOut,
    SearchResponse,
    StaffCitationOut,
    StaffReferenceOut,
)

Audience = Literal["visitor", "staff"]
"""Staff also see references that are missing, how many claims lean on each, and citations to copy."""
Cite = Callable[[Passage], Citation]
"""A passage -> where it stands: `Searcher.cite`."""
_NO_REFERENCE = Reference("", "")


def present_search(
    outcome: SearchOutcome,
    answer: Answer,
    articles: Mapping[str, Article],
    *,
    cite: Cite,
    crisis: CrisisOut | None,
    took_ms: float,
    audience: Audience = "visitor",
    brief: bool = False,
) -> SearchResponse:
    """The response to a search; a `brief` one counts further passages of a page (`left_out`) instead of telling them."""
    spans = _Spans(marked_terms(outcome.interpretation), articles, cite, audience)
    return SearchResponse(
        query=outcome.interpretation.query,
        interpretation=_present_interpretation(outcome.interpretation),
        verdict=answer.verdict,
        answer=AnswerOut(quotes=[spans.present_quote(quote) for quote in answer.quotes]) if answer.quotes else None,
        results=[_present_result(result, spans, brief) for result in outcome.results],
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


def _present_result(result: PageResult, spans: "_Spans", brief: bool) -> ResultOut:
    first, *more = map(spans.present_hit, result.hits[:1] if brief else result.hits)
    return ResultOut(
        rank=result.rank,
        score=round(result.score, 4),
        title=result.title,
        url=result.url,
        section=result.site_section,
        reviewed_on=result.reviewed_on,
        passage=first,
        more=more,
        left_out=len(result.hits) - 1 - len(more),
    )


@dataclass(frozen=True, slots=True)
class _Spans:
    """Quotes and passages as one audience sees them."""

    terms: frozenset[str]
    articles: Mapping[str, Article]
    cite: Cite
    audience: Audience

    def present_quote(self, quote: Quote) -> PassageOut:
        article = self.articles[urldefrag(quote.citation.url).url]
        return self._present(quote.passage_id, quote.text, quote.start, quote.end, quote.citation, article)

    def present_hit(self, hit: Hit) -> PassageOut:
        passage = hit.passage
        article = self.articles[passage.url]
        return self._present(passage.passage_id, passage.text, passage.start, passage.end, self.cite(passage), article)

    def _present(self, passage_id: str, text: str, start: int, end: int, citation: Citation, article: Article) -> PassageOut:
        staff = self.audience == "staff"
        return PassageOut(
            passage_id=passage_id,
            text=text,
            highlights=find_matches(text, self.terms),
            citation=_staff_citation(text, citation, article) if staff else _present_citation(citation),
            references=[_staff_reference(one) for one in carried_references(article, start, end)]
            if staff
            else [_present_reference(one) for one in citation.references],
        )


def _present_citation(citation: Citation) -> CitationOut:
    return CitationOut(
        title=citation.title,
        heading_path=list(citation.heading_path),
        url=citation.url,
        fragment_url=citation.fragment_url,
        reviewed_on=citation.reviewed_on,
        published_on=citation.published_on,
    )


def _staff_citation(text: str, citation: Citation, article: Article) -> StaffCitationOut:
    copies = CopiesOut(**write_citations(text, citation, article))
    return StaffCitationOut(**dict(_present_citation(citation)), copies=copies)


def _present_reference(reference: Reference) -> ReferenceOut:
    return ReferenceOut(marker=reference.marker, text=reference.text, url=reference.url, doi=reference.doi, pmid=reference.pmid)


def _staff_reference(carried: CarriedReference) -> StaffReferenceOut:
    shown = dict(_present_reference(carried.reference or _NO_REFERENCE)) | {"marker": carried.marker}
    return StaffReferenceOut(**shown, status=carried.status, claims=carried.claims)
