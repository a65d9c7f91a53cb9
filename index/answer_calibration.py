"""Where the bar for answers stands on a site: placed at build, without labels, by questions that the site cannot answer.

They are made from the site itself: its headings and sentences, asked of it without the pages on that topic (`index.calibration`).
"""

from collections.abc import Iterator

import numpy as np

from index.answer_bar import AnswerBar, usual_bar, weigh_answer
from index.calibration import synthetic_queries
from index.lexical import find_terms
from index.searcher import Searcher
from index.sentence_scoring import score_candidates
from ingest.schema import Article

REFUSED = 0.65
"""Share of these questions that the bar refuses: not more, because other pages answer many of them after all. On the sample clinic's
development half .6, .65 and .7 call .83, .82 and .75 of the answerable questions answered and .05, .02 and .02 of the others; of the hard
ones .70, .67 and .61, and .23, .18 and .16; of medical ones .98, .98 and .94, and .36, .36 and .18, which are asked in the words of the
pages that are left. A false answer harms more than a missing one, below which the pages stand all the same."""


def place_answer_bar(searcher: Searcher) -> AnswerBar:
    """The bar of one site; a site of one topic, of which none can be left out, gets the usual one."""
    evidence = list(_held_out_evidence(searcher))
    return AnswerBar(float(np.quantile(evidence, REFUSED))) if evidence else usual_bar(has_reader=searcher.reader is not None)


def _held_out_evidence(searcher: Searcher) -> Iterator[float]:
    """What speaks for answers to questions whose pages are left out."""
    articles = list(searcher.articles.values())
    for article, query in synthetic_queries(articles):
        elsewhere = searcher.without(_on_topic(article, articles))
        outcome = elsewhere.search(query, k=3, verbatim=True)
        if outcome.results:
            similarities, matches, reads = searcher.measure_sentences(query, verbatim=True)
            candidates = score_candidates(outcome, searcher.articles, similarities, matches)
            yield weigh_answer(outcome.confidence, candidates, reads)


def _on_topic(article: Article, articles: list[Article]) -> frozenset[str]:
    """The article and every other with a section that has all of its title in title and headings."""
    topic = frozenset(find_terms(article.title))
    return frozenset((article.url, *(other.url for other in articles if topic and _has_section_on(topic, other))))


def _has_section_on(topic: frozenset[str], article: Article) -> bool:
    return any(topic <= frozenset(find_terms(" ".join((article.title, *section.heading_path)))) for section in article.sections)
