from datetime import date

import numpy as np

from index.answer_bar import AnswerBar
from index.answering import compose_answer
from index.citations import cite_passage
from index.schema import Hit, Interpretation, PageResult, SearchOutcome
from index.sentence_vectors import SentenceCosines
from ingest.articles import assemble_article
from ingest.passages import split_passages
from ingest.schema import Block, Metadata, StrippedPage
from search_api.presenting import Audience, present_search

URL = "https://clinic.example/ipt/"
ARTICLE = assemble_article(
    StrippedPage(
        URL,
        (
            Block("IPT", "heading", 1),
            Block("IPT takes 16 weeks.1 It helps with alcohol.2 Many studies say so.1"),
            Block("References", "heading", 2),
            Block("Weissman MM. 2018.", "list_item"),
        ),
        (),
        Metadata(title="IPT", reviewed_on=date(2026, 3, 1), published_on=date(2024, 1, 2), site_name="Wrenfield"),
    )
)


def first_passage(audience: Audience) -> dict[str, object]:
    (passage,) = split_passages(ARTICLE, count_tokens=len)
    result = PageResult(1, 1.0, URL, "IPT", "", None, (Hit(1, passage, 1.0, 0.5),))
    outcome = SearchOutcome(Interpretation("alcohol"), "related", 0.4, (result,), 1)
    articles = {URL: ARTICLE}
    none = SentenceCosines(np.zeros(9, np.float32), np.zeros(9, np.float32))
    answer = compose_answer(outcome, articles, lambda _url: none, bar=AnswerBar(9.0))
    response = present_search(
        outcome, answer, articles, cite=lambda one: cite_passage(ARTICLE, one), crisis=None, took_ms=0, audience=audience
    )
    shown: dict[str, object] = response.model_dump(mode="json")["results"][0]["passage"]
    return shown


def test_staff_see_a_missing_reference_as_missing_and_how_many_claims_lean_on_each():
    assert [(one["marker"], one["status"], one["claims"], one["text"]) for one in first_passage("staff")["references"]] == [  # type: ignore[attr-defined]
        ("1", "listed", 2, "Weissman MM. 2018."),
        ("2", "missing", 1, ""),
    ]


def test_visitors_see_listed_references_only_and_nothing_meant_for_staff():
    shown = first_passage("visitor")
    assert shown["references"] == [{"marker": "1", "text": "Weissman MM. 2018.", "url": "", "doi": "", "pmid": ""}]
    assert "copies" not in shown["citation"]  # type: ignore[operator]


def test_a_citation_tells_when_its_page_was_reviewed_and_published():
    citation = first_passage("visitor")["citation"]
    assert (citation["reviewed_on"], citation["published_on"]) == ("2026-03-01", "2024-01-02")  # type: ignore[index]


def test_staff_get_citations_to_copy():
    assert set(first_passage("staff")["citation"]["copies"]) == {"plain", "html", "apa"}  # type: ignore[index]
