"""Answers in the site's own words: the sentences of the best passage that the question asks for, or none.

A first pass: the sentences of the first result that hold most of the question's words, weighted by how rare they are.
"""

from collections.abc import Mapping, Sequence

from index.citations import cite_span, find_section
from index.highlighting import asked_terms
from index.lexical import find_terms
from index.schema import Answer, Hit, Quote, SearchOutcome
from ingest.schema import Article, Passage, Sentence

MAX_SENTENCES = 2
"""A quote of at most this many neighbouring sentences: what fits above the results on a phone."""


def compose_answer(outcome: SearchOutcome, articles: Mapping[str, Article]) -> Answer:
    """The quote that answers a question, byte for byte from its article; no quote unless the search calls the question answered."""
    question = outcome.interpretation.query
    if outcome.verdict != "answered" or not outcome.results:
        return Answer(question, outcome.verdict)
    hit = outcome.results[0].hits[0]
    quote = _quote_passage(hit, articles[hit.passage.url], asked_terms(outcome.interpretation))
    return Answer(question, "answered", (quote,)) if quote else Answer(question, "related")


def is_verbatim(quote: Quote, article: Article) -> bool:
    """Whether the quote equals the article's text at its place: no other quote is ever shown."""
    return article.text[quote.start : quote.end] == quote.text


def _quote_passage(hit: Hit, article: Article, terms: frozenset[str]) -> Quote | None:
    sentences = _quotable_sentences(article, hit.passage)
    if not sentences:
        return None
    best = max(range(len(sentences)), key=lambda at: (_overlap(article, sentences[at], terms), -at))
    chosen = _with_neighbour(sentences, best)
    start, end = chosen[0].start, chosen[-1].end
    quote = Quote(article.text[start:end], start, end, hit.passage.passage_id, cite_span(article, start, end))
    return quote if is_verbatim(quote, article) else None


def _quotable_sentences(article: Article, passage: Passage) -> list[Sentence]:
    section = find_section(article, passage.start)
    return [s for s in section.sentences if passage.start <= s.start and s.end <= passage.end] if section else []


def _with_neighbour(sentences: Sequence[Sentence], best: int) -> list[Sentence]:
    """The best sentence with the one before it, which it may lean on, or the one after it, of the same block."""
    if len(sentences) == 1 or MAX_SENTENCES < 2:
        return [sentences[best]]
    other = best - 1 if best else 1
    pair = [sentences[min(best, other)], sentences[max(best, other)]]
    return pair if pair[0].block == pair[1].block else [sentences[best]]


def _overlap(article: Article, sentence: Sentence, terms: frozenset[str]) -> int:
    return len(terms.intersection(find_terms(article.text[sentence.start : sentence.end])))
