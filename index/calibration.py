"""How sure a search is: one score of the evidence, its bands placed per site at build without any labels.

Queries about what a site does not cover are made from it: its own headings and sentences, asked of the site without the pages on that topic
(below what most of them reach nothing is called answered), and a bundled list of questions that no clinic answers (below what nearly all of
them reach nothing is called related).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from math import exp, log1p
from random import Random

import numpy as np
from numpy.typing import NDArray

from index.confidence import Evidence, gather_evidence
from index.lexical import find_terms, headline
from index.ranker import Ranker
from index.schema import QuestionVectors, Verdict
from index.vocabulary import Vocabulary
from ingest.schema import Article, Passage

SAMPLED_ARTICLES = 100
HEADINGS_EACH = 2
SENTENCE_SHARE = 0.5
"""Articles of which a sentence is asked for too: not every question has the words of a heading."""
TEMPLATES = ("{}", "what is {}", "do you treat {}", "help with {}", "symptoms of {}", "treatments for {}", "information about {}")
"""How visitors ask about a topic: a bare name, or one of the common forms of MedQuAD and of clinics' question logs."""
FRAGMENT_WORDS = 5
"""Words of a sentence that make a query: what someone remembers of it."""
OFF_TOPIC_REFUSED = 0.9
"""Share of the bundled questions from outside that fall below the band `related`. On the development half of the sample clinic .9 and .95
call 1 % and 3 % of the answerable queries "not covered", the worse mistake, and 49 % and 73 % of the others, most of them near misses.
The cosine with the topic that as many do not reach tells whether a page is near to what is not covered: of the questions so called
before questions were adapted it found one for 10 of 11 near misses, 1 of 10 that are out of scope and 1 of 49 of the bundled ones."""
HELD_OUT_REFUSED = 0.5
"""Share of the questions on held-out topics that fall below `answered`: not more, because other pages answer many of them after all. On the
development half of the sample clinic .5, .6 and .75 call .84, .80 and .68 of the answerable queries answered and .07, .07 and .02 of the
others (.5 on the reporting half: .74 and .18); on medical questions 1.0, 1.0 and .94, and .39, .29 and .14 (most of these ask of topics
that other pages treat after all). No quantile suits every site: this is the weakest part of the calibration."""
LEAST_RELATED = 0.1
"""Width of the band `related`: what questions from outside reach is never called answered, however little a small site reaches itself."""
LEAD_WEIGHT, HEADLINE_WEIGHT, MISSING_WEIGHT = 1.0, 0.25, -0.3
"""What the other evidence counts beside a cosine of 1. AUROC on the development half of the sample clinic and on medical questions: .918
and .842 for the cosine alone, .920 and .855 with the lead, .934 and .900 with the headline, .954 and .905 with the missing words. Chosen
before questions were adapted, when a logistic regression on the one set said 1.1, .5, -.5 and had .914 on the other: rounded, and smaller
where the two sets disagreed. Weights learned per site from its own headings refused nine lay questions in ten: a heading is named in full
by itself."""
LENGTH_WEIGHT, USUAL_WORDS, MOST_WORDS = 0.2, 3, 8
"""A long question is less near to the passage that answers it than a name is to its page: its logarithm of words counts, from three on for
it. AUROC .954 -> .959 on the development half and .905 -> .917 on medical questions; with .1 .959 and .913, with .3 .957 and .923."""
STEEPNESS = 8.0
"""A score .1 above the border of `answered` is a confidence of .69; a logistic fit on the two sets gives 10.4 and 8.4."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """From evidence to a confidence in [0, 1] and to one of three bands. The defaults are those of 174 pages on mental health."""

    border: float = 0.74
    """The score of the evidence at which the confidence is .5."""
    related_from: float = 0.15
    answered_from: float = 0.5
    tail: float = 0.35
    """Pages below this share of the best page's score are not listed, whatever k is."""
    close_from: float = 0.3
    """The cosine of its best passage from which a page is near to a question that the site does not cover."""

    def confidence(self, evidence: Evidence) -> float:
        """How sure it is that the site answers a query with this evidence; it grows with all evidence."""
        return self.confidence_of(score_evidence(evidence))

    def confidence_of(self, score: float) -> float:
        """The confidence at a score of the evidence."""
        return 1 / (1 + exp(-STEEPNESS * (score - self.border)))

    def judge(self, confidence: float) -> Verdict:
        """The band in which a confidence falls."""
        if confidence >= self.answered_from:
            return "answered"
        return "related" if confidence >= self.related_from else "not_covered"


Read = Callable[[str], QuestionVectors]


def score_evidence(evidence: Evidence) -> float:
    """One number, mostly between 0 and 2."""
    others = LEAD_WEIGHT * evidence.lead + HEADLINE_WEIGHT * evidence.headline + MISSING_WEIGHT * evidence.missing
    length = log1p(min(evidence.words, MOST_WORDS)) - log1p(USUAL_WORDS)
    return evidence.cosine + others + LENGTH_WEIGHT * length


def calibrate(articles: Sequence[Article], passages: Sequence[Passage], ranker: Ranker, vocabulary: Vocabulary, read: Read) -> Calibration:
    """The calibration of one site; the same site gives the same one."""
    off_topic = [_evidence(query, ranker, vocabulary, read) for query in read_off_topic()]
    return place_bands(list(_held_out_evidence(articles, passages, ranker, vocabulary, read)), off_topic)


def place_bands(held_out: Sequence[Evidence], off_topic: Sequence[Evidence]) -> Calibration:
    """The bands that refuse most of these queries; a site of one topic, of which none can be held out, keeps the default border."""
    foreign = _quantile(off_topic, OFF_TOPIC_REFUSED)
    border = _quantile(held_out, HELD_OUT_REFUSED) if held_out else Calibration().border
    placed = Calibration(border=max(border, foreign + LEAST_RELATED))
    close_from = float(np.quantile([one.topic for one in off_topic], OFF_TOPIC_REFUSED))
    return replace(placed, related_from=placed.confidence_of(foreign), close_from=close_from)


def _quantile(evidence: Sequence[Evidence], share: float) -> float:
    return float(np.quantile([score_evidence(one) for one in evidence], share))


def _evidence(query: str, ranker: Ranker, vocabulary: Vocabulary, read: Read) -> Evidence:
    reading = vocabulary.interpret(query, correct=False)
    scores = ranker.score(reading, read(reading.text))
    return gather_evidence(reading, scores, ranker.lexical, np.ones(ranker.passages, dtype=bool))


def _held_out_evidence(
    articles: Sequence[Article], passages: Sequence[Passage], ranker: Ranker, vocabulary: Vocabulary, read: Read
) -> Iterator[Evidence]:
    """What speaks for queries on topics whose pages are left out."""
    headlines = [frozenset(find_terms(headline(passage))) for passage in passages]
    for article, query in synthetic_queries(articles):
        elsewhere = ~_on_topic(article, passages, headlines)
        if elsewhere.any():
            reading = vocabulary.interpret(query, correct=False)
            yield gather_evidence(reading, ranker.score(reading, read(reading.text), elsewhere), ranker.lexical, elsewhere)


def _on_topic(article: Article, passages: Sequence[Passage], headlines: Sequence[frozenset[str]]) -> NDArray[np.bool_]:
    """Which passages are the article's own, or have all of its title in their headline."""
    topic = frozenset(find_terms(article.title))
    return np.array([one.url == article.url or bool(topic and topic <= words) for one, words in zip(passages, headlines, strict=True)])


def synthetic_queries(articles: Sequence[Article]) -> Iterator[tuple[Article, str]]:
    """Queries that the articles answer, each with its article: headings in the forms of questions, and words of sentences."""
    random = Random(len(articles))
    filled = [article for article in articles if any(section.sentences for section in article.sections)]
    for article in random.sample(filled, min(SAMPLED_ARTICLES, len(filled))):
        headings = dict.fromkeys((article.title, *(section.heading_path[-1] for section in article.sections if section.heading_path)))
        for heading in list(filter(None, headings))[:HEADINGS_EACH]:
            yield article, random.choice(TEMPLATES).format(heading)
        if random.random() < SENTENCE_SHARE:
            yield article, _fragment(article, random)


def _fragment(article: Article, random: Random) -> str:
    """A few words in a row of one of the article's sentences."""
    sentence = random.choice([one for section in article.sections for one in section.sentences])
    words = article.text[sentence.start : sentence.end].split()
    start = random.randrange(max(len(words) - FRAGMENT_WORDS, 0) + 1)
    return " ".join(words[start : start + FRAGMENT_WORDS])


def read_off_topic() -> list[str]:
    """Questions that no mental-health clinic answers: everyday matters and other branches of medicine."""
    return files("index").joinpath("off_topic.tsv").read_text("utf-8").splitlines()
