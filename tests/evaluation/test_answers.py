import json
from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.answers import AnswerQuery, Trial, is_covered, measure_answers, place_is_right, references_are_right, summarise_trials
from index.citations import cite_span
from index.embedders import load_embedder
from index.schema import Answer, Quote
from ingest.articles import assemble_article
from ingest.schema import Article, Block, StrippedPage

CORPUS = Path(__file__).parents[2] / "corpus"
URL = "https://clinic.example/ipt/"
ARTICLE = assemble_article(
    StrippedPage(
        URL,
        (
            Block("IPT", "heading", 1),
            Block("Length", "heading", 2, "length"),
            Block("IPT takes 16 weeks.1 Rooms are warm."),
            Block("Cost", "heading", 2, "cost"),
            Block("It costs $165."),
            Block("References", "heading", 2),
            Block("Weissman MM. 2018.", "list_item"),
        ),
        (),
    )
)


def quote_of(words: str, article: Article = ARTICLE) -> Quote:
    start = article.text.index(words)
    return Quote(words, start, start + len(words), "id", cite_span(article, start, start + len(words)))


def trial(*quotes: Quote, answerable: bool | None = True, gold: str = "", relevant: str = "", evidence: float = 0.0) -> Trial:
    query = AnswerQuery("q", (gold,) if gold else (), answerable, frozenset({relevant} if relevant else ()))
    return Trial(query, Answer("q", "answered" if quotes else "related", quotes), 2.0, 8.0, evidence)


def figures(*trials: Trial) -> dict[str, object]:
    return summarise_trials(trials, {URL: ARTICLE})


def test_a_gold_answer_counts_as_covered_whatever_its_punctuation_and_case():
    assert is_covered(trial(quote_of("IPT takes 16 weeks."), gold="ipt takes 16 weeks"))
    assert not is_covered(trial(quote_of("Rooms are warm."), gold="IPT takes 16 weeks."))


def test_each_figure_is_the_share_that_it_says():
    right, wrong = trial(quote_of("IPT takes 16 weeks."), gold="16 weeks"), trial(quote_of("Rooms are warm."), gold="16 weeks")
    found = figures(right, wrong, trial(gold="16 weeks"), trial(answerable=False), trial(quote_of("It costs $165."), answerable=False))
    assert (found["covered"], found["covered_of_answered"]) == (pytest.approx(1 / 3), 0.5)
    assert (found["answered_of_answerable"], found["answered_of_unanswerable"]) == (pytest.approx(2 / 3), 0.5)
    assert found["precision"] == pytest.approx(2 / 3)
    assert (found["milliseconds"], found["search_milliseconds"], found["sentences"]) == (2.0, 8.0, 1)


def test_evidence_is_judged_by_how_often_an_answerable_question_has_more():
    found = figures(trial(evidence=0.9), trial(evidence=0.3), trial(answerable=False, evidence=0.5), trial(answerable=None, evidence=2.0))
    assert found["evidence_auroc"] == 0.5


def test_a_quote_from_a_section_that_was_judged_relevant_counts():
    assert figures(trial(quote_of("IPT takes 16 weeks."), relevant=f"{URL}#length"))["from_relevant"] == 1.0
    assert figures(trial(quote_of("IPT takes 16 weeks."), relevant=f"{URL}#cost"))["from_relevant"] == 0.0
    assert figures(trial(quote_of("IPT takes 16 weeks."), relevant=URL))["from_relevant"] == 1.0


def test_what_nobody_judged_is_left_out():
    assert not {"covered", "from_relevant", "answered_of_unanswerable", "precision", "evidence_auroc"} & set(
        figures(trial(answerable=None))
    )


def test_a_quote_that_differs_from_the_article_by_a_letter_is_not_exact():
    changed = replace(quote_of("IPT takes 16 weeks."), text="IPT takes 12 weeks.")
    assert figures(trial(changed))["exact"] == 0.0


def test_a_quote_is_placed_only_where_it_stands():
    quote = quote_of("IPT takes 16 weeks.")
    assert place_is_right(quote, ARTICLE)
    assert not place_is_right(replace(quote, citation=quote_of("It costs $165.").citation), ARTICLE)


def test_a_reference_more_or_less_is_wrong():
    quote = quote_of("IPT takes 16 weeks.")
    assert references_are_right(quote, ARTICLE)
    assert not references_are_right(replace(quote, citation=replace(quote.citation, references=())), ARTICLE)
    assert not references_are_right(replace(quote_of("Rooms are warm."), citation=quote.citation), ARTICLE)


def test_a_file_in_the_form_of_squad_is_read_with_its_unanswerable_questions(tmp_path: Path):
    questions = [
        {
            "question": "How long does interpersonal psychotherapy take?",
            "id": "1",
            "is_impossible": False,
            "answers": [{"text": "16 weeks"}],
        },
        {"question": "xylophone repair", "id": "2", "is_impossible": True, "answers": []},
    ]
    context = "Interpersonal psychotherapy takes 16 weeks. It is given once a week."
    entry = {"title": "Interpersonal psychotherapy", "paragraphs": [{"context": context, "qas": questions}]}
    (tmp_path / "small.json").write_text(json.dumps({"data": [entry]}), "utf-8")
    found = measure_answers(tmp_path / "small.json", embedder=load_embedder("hashing"), cache=tmp_path / "cache")
    assert found["questions"] == 2
    assert {"covered", "answered_of_unanswerable", "precision"} <= set(found)


def test_every_quote_of_the_sample_clinic_is_exact_placed_and_has_its_references(tmp_path: Path):
    found = measure_answers(CORPUS, embedder=load_embedder("hashing"), cache=tmp_path)
    assert found["quotes"] > 50
    assert (found["exact"], found["placed"], found["references_right"]) == (1.0, 1.0, 1.0)
