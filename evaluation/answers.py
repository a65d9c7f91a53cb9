"""Whether answers are the site's own words, the right ones, with the right literature behind them, and given only where there is one."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median
from time import perf_counter
from typing import Any
from urllib.parse import unquote, urldefrag

import numpy as np

from evaluation.abstention import auroc
from evaluation.beir_site import BUILT_ON, CACHE, document_article, tell
from evaluation.judged_site import open_judged_site, read_site_queries
from index.answer_bar import weigh_answer
from index.answering import compose_answer, is_verbatim
from index.builder import build_index
from index.citations import carried_markers, find_section
from index.embedders import DEFAULT_EMBEDDER, load_embedder
from index.judgments import Document, JudgedQuery, read_corpus, read_queries
from index.lexical import split_words
from index.schema import Answer, Embedder, Quote
from index.searcher import Searcher
from index.sentence_scoring import score_candidates
from index.text_fragments import place_url
from ingest.schema import Article, Site


@dataclass(frozen=True, slots=True)
class AnswerQuery:
    """A question; `answers` are texts of which each one answers it, `relevant` documents or sections (`url#anchor`) that hold an answer.

    `answerable` is None where nobody said.
    """

    text: str
    answers: tuple[str, ...]
    answerable: bool | None
    relevant: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Trial:
    """A question with the answer that was given, and the milliseconds that the search took and the answer after it.

    `evidence` is what the bar for answers judges.
    """

    query: AnswerQuery
    answer: Answer
    milliseconds: float
    search_milliseconds: float = 0.0
    evidence: float = 0.0


def measure_answers(
    path: Path, *, half: str = "", detail: bool = False, embedder: Embedder | None = None, cache: Path = CACHE
) -> dict[str, Any]:
    """Figures of the answers over `corpus/`, a BEIR folder, or a SQuAD-like file, each a share in [0, 1] unless it says otherwise.

    `exact`: quotes equal to the article's text at their place. `placed`: quotes whose link names the section that holds them, by words of
    theirs. `references_right`: quotes whose references are exactly those that their sentences carry and the article lists. `covered`:
    answerable questions with a gold answer among the quotes, `covered_of_answered` among those that were answered; `from_relevant`:
    answered questions with a quote from a section or document judged relevant. `answered_of_answerable`, `answered_of_unanswerable`,
    `precision`: the verdict; `evidence_auroc`: how well what the bar judges tells the two apart; `answered`: of all questions.
    `sentences`: mean number quoted. `milliseconds`: median added to a search of `search_milliseconds`. What a
    data set has no judgments for is left out.
    """
    chosen = embedder or load_embedder(DEFAULT_EMBEDDER)
    searcher, queries = _open(path, half, chosen, cache)
    trials = [_try(searcher, query) for query in queries]
    figures = summarise_trials(trials, searcher.articles)
    return figures | ({"missed": [trial.query.text for trial in trials if not is_covered(trial)]} if detail else {})


def summarise_trials(trials: Sequence[Trial], articles: Mapping[str, Article]) -> dict[str, Any]:
    """The figures of `measure_answers` from single trials."""
    return _quote_figures(trials, articles) | _gold_figures(trials) | _verdict_figures(trials) | _cost_figures(trials, articles)


def _quote_figures(trials: Sequence[Trial], articles: Mapping[str, Article]) -> dict[str, Any]:
    quotes = [(quote, articles[_page_of(quote)]) for trial in trials for quote in trial.answer.quotes]
    return {
        "questions": len(trials),
        "quotes": len(quotes),
        "exact": _share([is_verbatim(quote, article) for quote, article in quotes]),
        "placed": _share([place_is_right(quote, article) for quote, article in quotes]),
        "references_right": _share([references_are_right(quote, article) for quote, article in quotes]),
    }


def _gold_figures(trials: Sequence[Trial]) -> dict[str, Any]:
    golden = [trial for trial in trials if trial.query.answers and trial.query.answerable is not False]
    judged = [trial for trial in trials if trial.query.relevant and trial.answer.quotes]
    figures: dict[str, Any] = {}
    if golden:
        figures["covered"] = _share([is_covered(trial) for trial in golden])
        figures["covered_of_answered"] = _share([is_covered(trial) for trial in golden if trial.answer.quotes])
    if judged:
        figures["from_relevant"] = _share([is_from_relevant(trial) for trial in judged])
    return figures


def _verdict_figures(trials: Sequence[Trial]) -> dict[str, Any]:
    kinds = {kind: [bool(trial.answer.quotes) for trial in trials if trial.query.answerable is kind] for kind in (True, False)}
    figures: dict[str, Any] = {"answered": _share([bool(trial.answer.quotes) for trial in trials])}
    if kinds[True]:
        figures["answered_of_answerable"] = _share(kinds[True])
    if kinds[False]:
        figures["answered_of_unanswerable"] = _share(kinds[False])
    if all(kinds.values()):
        figures["precision"] = sum(kinds[True]) / max(sum(kinds[True]) + sum(kinds[False]), 1)
        judged = [trial for trial in trials if trial.query.answerable is not None]
        evidence, answerable = np.array([one.evidence for one in judged]), np.array([one.query.answerable for one in judged])
        figures["evidence_auroc"] = auroc(evidence, answerable)
    return figures


def _cost_figures(trials: Sequence[Trial], articles: Mapping[str, Article]) -> dict[str, Any]:
    quoted = [sum(_count_sentences(quote, articles[_page_of(quote)]) for quote in trial.answer.quotes) for trial in trials]
    return {
        "sentences": mean(count for count in quoted if count) if any(quoted) else 0.0,
        "milliseconds": median(trial.milliseconds for trial in trials) if trials else 0.0,
        "search_milliseconds": median(trial.search_milliseconds for trial in trials) if trials else 0.0,
    }


def is_covered(trial: Trial) -> bool:
    """Whether a gold answer stands in the quotes, word for word but for punctuation and case."""
    quoted = " ".join(split_words(" ".join(quote.text for quote in trial.answer.quotes)))
    return any(f" {' '.join(split_words(answer))} " in f" {quoted} " for answer in trial.query.answers)


def is_from_relevant(trial: Trial) -> bool:
    """Whether a quote stands in a document or section that was judged relevant."""
    places = {place for quote in trial.answer.quotes for place in (unquote(quote.citation.url), _page_of(quote))}
    return not places.isdisjoint(trial.query.relevant)


def place_is_right(quote: Quote, article: Article) -> bool:
    """Whether a quote's link names the section that holds it, and its text fragment begins and ends with words of the quote."""
    section = find_section(article, quote.start)
    if section is None or quote.citation.url != place_url(article.url, section.anchor):
        return False
    directive = quote.citation.fragment_url.partition(":~:text=")[2]
    parts = [unquote(part) for part in directive.split(",") if not part.startswith("-") and not part.endswith("-")]
    return bool(parts) and all(part in quote.text for part in parts) and quote.citation.heading_path == section.heading_path


def references_are_right(quote: Quote, article: Article) -> bool:
    """Whether a quote has the listed references of its sentences, all of them and no other."""
    expected = [article.reference_for(marker) for marker in carried_markers(article, quote.start, quote.end)]
    return list(quote.citation.references) == [reference for reference in expected if reference]


def _share(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0


def _page_of(quote: Quote) -> str:
    return urldefrag(quote.citation.url).url


def _count_sentences(quote: Quote, article: Article) -> int:
    return sum(quote.start <= one.start and one.end <= quote.end for section in article.sections for one in section.sentences)


def _try(searcher: Searcher, query: AnswerQuery) -> Trial:
    started = perf_counter()
    outcome = searcher.search(query.text)
    found = perf_counter()
    measures, bar = searcher.measure_sentences(query.text), searcher.manifest.answer_bar
    answer = compose_answer(outcome, searcher.articles, *measures, bar=bar)
    answered = perf_counter()
    similarities, matches, reads = measures
    evidence = weigh_answer(outcome.confidence, score_candidates(outcome, searcher.articles, similarities, matches), reads)
    return Trial(query, answer, (answered - found) * 1000, (found - started) * 1000, evidence)


def _open(path: Path, half: str, embedder: Embedder, cache: Path) -> tuple[Searcher, list[AnswerQuery]]:
    if (path / "judgments").is_dir():
        rows = read_site_queries(path, half=half)
        queries = [AnswerQuery(row.judged.text, row.answers, row.judged.answerable, _helpful(row.judged)) for row in rows]
        return open_judged_site(path, embedder=embedder, cache=cache), queries
    documents, queries = _read_squad(path) if path.is_file() else _read_beir(path)
    root = cache / f"answers-{path.stem}-{embedder.digest[:8]}"
    site = Site(tuple(document_article(document) for document in documents), (), (), ())
    build_index(site, root, embedder=embedder, created_on=BUILT_ON, report=tell)
    return Searcher.open(root, load_embedder=lambda _name: embedder), queries


def _helpful(query: JudgedQuery) -> frozenset[str]:
    return frozenset(place for place, grade in query.relevant.items() if grade > 0)


def _read_beir(folder: Path) -> tuple[list[Document], list[AnswerQuery]]:
    """The documents and queries of a BEIR folder; the documents that are judged relevant stand for the answers."""
    documents = read_corpus(folder)
    return documents, [AnswerQuery(query.text, (), query.answerable, _helpful(query)) for query in read_queries(folder)]


def _read_squad(file: Path) -> tuple[list[Document], list[AnswerQuery]]:
    """The contexts and questions of a file in the form of SQuAD 2.0 (https://rajpurkar.github.io/SQuAD-explorer/)."""
    documents: list[Document] = []
    queries: list[AnswerQuery] = []
    for number, entry in enumerate(json.loads(file.read_text("utf-8"))["data"]):
        for place, paragraph in enumerate(entry["paragraphs"]):
            documents.append(Document(f"{number}_{place}", entry.get("title", ""), paragraph["context"]))
            queries.extend(_squad_query(question) for question in paragraph["qas"])
    return documents, queries


def _squad_query(question: Mapping[str, Any]) -> AnswerQuery:
    answers = tuple(answer["text"] for answer in question.get("answers", ()))
    return AnswerQuery(question["question"], answers, not question.get("is_impossible", not answers))
