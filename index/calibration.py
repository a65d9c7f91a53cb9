"""How sure a search is: a logistic model of the evidence, learned per site at build without any labels.

Queries that the site answers are made from its own headings and sentences. Queries that it does not answer are the same ones, asked of the
site without the pages on that topic, and a bundled list of questions that no clinic answers.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from random import Random

import numpy as np
from numpy.typing import NDArray

from index.confidence import Evidence, gather_evidence
from index.lexical import find_terms, headline
from index.ranker import Ranker
from index.schema import FloatVector, Verdict
from index.vocabulary import Vocabulary
from ingest.schema import Article, Passage

SAMPLED_ARTICLES = 100
HEADINGS_EACH = 2
SENTENCE_SHARE = 0.5
"""Articles of which a sentence is asked for too. With all of them headings count too little (AUROC .895), with none a third of the
questions that the site answers in other words than a heading's are refused."""
TEMPLATES = ("{}", "what is {}", "do you treat {}", "help with {}", "symptoms of {}", "treatments for {}", "information about {}")
"""How visitors ask about a topic: a bare name, or one of the common forms of MedQuAD and of clinics' question logs."""
FRAGMENT_WORDS = 5
"""Words of a sentence that make a query: what someone remembers of it."""
OFF_TOPIC_REFUSED = 0.95
"""Share of the bundled questions from outside that fall below the band `related`."""
RIDGE = 1.0
"""Pull of the weights towards `PRIOR`, in units of observations: a site of one page keeps the prior."""
STEPS = 60
"""Newton's method, no step longer than 1 so that it cannot overshoot, on two features: it stands still long before."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """From evidence to a confidence in [0, 1] and to one of three bands. The defaults were learned on 174 pages on mental health."""

    intercept: float = -2.7
    cosine: float = 3.2
    headline: float = 2.5
    related_from: float = 0.15
    answered_from: float = 0.5
    tail: float = 0.35
    """Pages below this share of the best page's score are not listed, whatever k is."""

    def confidence(self, evidence: Evidence) -> float:
        """The probability that the site answers a query with this evidence."""
        return float(_sigmoid(self.intercept + self.cosine * evidence.cosine + self.headline * evidence.headline))

    def judge(self, confidence: float) -> Verdict:
        """The band in which a confidence falls."""
        if confidence >= self.answered_from:
            return "answered"
        return "related" if confidence >= self.related_from else "not_covered"


PRIOR = Calibration()
Embed = Callable[[str], FloatVector]


def calibrate(
    articles: Sequence[Article], passages: Sequence[Passage], ranker: Ranker, vocabulary: Vocabulary, embed: Embed
) -> Calibration:
    """The calibration of one site; the same site gives the same one."""
    off_topic = [_evidence(query, ranker, vocabulary, embed) for query in read_off_topic()]
    in_domain = list(_synthetic_evidence(articles, passages, ranker, vocabulary, embed))
    evidence = [*((one, False) for one in off_topic), *in_domain]
    fitted = fit_calibration([one for one, _ in evidence], [answered for _, answered in evidence])
    return replace(fitted, related_from=_related_from(fitted, off_topic))


def _related_from(fitted: Calibration, off_topic: Sequence[Evidence]) -> float:
    """The confidence that nearly no question from outside reaches."""
    reached = float(np.quantile([fitted.confidence(one) for one in off_topic], OFF_TOPIC_REFUSED))
    return min(reached, fitted.answered_from)


def _evidence(query: str, ranker: Ranker, vocabulary: Vocabulary, embed: Embed) -> Evidence:
    reading = vocabulary.interpret(query, correct=False)
    scores = ranker.score(reading, embed(reading.text))
    return gather_evidence(reading, scores, ranker.lexical, np.ones(ranker.passages, dtype=bool))


def fit_calibration(evidence: Sequence[Evidence], answered: Sequence[bool]) -> Calibration:
    """The logistic model that explains which evidence was that of an answered query, both classes weighing the same."""
    features = np.array([[1.0, one.cosine, one.headline] for one in evidence])
    labels = np.array(answered, dtype=float)
    if not 0 < labels.sum() < len(labels):
        return PRIOR
    balance = np.where(labels == 1, 0.5 / labels.mean(), 0.5 / (1 - labels.mean()))
    prior = np.array([PRIOR.intercept, PRIOR.cosine, PRIOR.headline])
    weights = prior.copy()
    for _ in range(STEPS):
        expected = _sigmoid(features @ weights)
        gradient = features.T @ (balance * (labels - expected)) - RIDGE * (weights - prior)
        curvature = (features.T * (balance * expected * (1 - expected))) @ features + RIDGE * np.eye(3)
        step = np.linalg.solve(curvature, gradient)
        weights = weights + step / max(1.0, float(np.linalg.norm(step)))
    return Calibration(intercept=float(weights[0]), cosine=float(max(weights[1], 0)), headline=float(max(weights[2], 0)))


def _sigmoid(value: NDArray[np.float64] | float) -> NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(-np.clip(value, -30, 30))))


def _synthetic_evidence(
    articles: Sequence[Article], passages: Sequence[Passage], ranker: Ranker, vocabulary: Vocabulary, embed: Embed
) -> Iterator[tuple[Evidence, bool]]:
    everything = np.ones(len(passages), dtype=bool)
    headlines = [frozenset(find_terms(headline(passage))) for passage in passages]
    for article, query in synthetic_queries(articles):
        reading = vocabulary.interpret(query, correct=False)
        scores = ranker.score(reading, embed(reading.text))
        yield gather_evidence(reading, scores, ranker.lexical, everything), True
        elsewhere = ~_on_topic(article, passages, headlines)
        if elsewhere.any():
            yield gather_evidence(reading, scores, ranker.lexical, elsewhere), False


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
