"""How well each sentence of the pages that were found answers a question.

The weights are shares against 1 for the cosine. They were read off a softmax regression over the sentences of the sample clinic's
development half (114 queries) and rounded; each can be halved or doubled without moving the share of queries with an answering sentence
among the best three by more than .05.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from index.confidence import FORM_WORDS
from index.highlighting import asked_terms
from index.lexical import find_terms
from index.questions import QuestionKind, question_kind
from index.schema import FloatVector, Hit, SearchOutcome
from index.sentence_vectors import SentenceCosines
from ingest.schema import Article, Section, Sentence

PAGES_READ = 3
"""Pages whose passages are read for sentences; with five no further answer was found."""
PASSAGE_WEIGHT = 0.6
MATCH_WEIGHT = 0.5
"""For how well the sentence's words meet the question's (`index.late_interaction`): an answering one is among the best three for .77 of the
development queries, for .735 without; from .3 to 1 for .76 to .77. A pairwise logistic regression of all weights, cross-validated: .76."""
OVERLAP_WEIGHT = 0.15
"""For the share of the question's words that the sentence holds."""
OPENING_BONUS = 0.09
"""For the first sentence of a section, which tends to say what the rest explains: .59 of the answers among the best three, .56 without."""
FULL_LENGTH, LENGTH_WEIGHT = 15, 0.1
"""A sentence gains with its words up to this many: "Ask first." seldom answers, and has the vector of its headings."""
QUESTION_SHARE = 0.5
"""A sentence after a question (of an interview or a list of frequent ones) is as near as the mean of the two, if that is nearer."""
QUESTION_REACH = 2
AMOUNT_BONUS, FORM_BONUS = 0.2, 0.08
ROW_COST = 0.1
"""A row of a table says little without its head."""
LEANING_COST = 0.05
HEADED_OVERLAP = 0.3
"""What all words of a question in sentence, title and headings count beside a cosine of 1 when it is judged whether a site answers it."""
CANDIDATES_READ, MOST_READING = 8, 8.0
"""Sentences that are read once more, which takes a millisecond, and the logit beyond which none counts for more. The best logit of 5, 8, 12
and 20 sentences tells hard questions with an answer from near misses with an AUROC of .836, .846, .847 and .848 (of a first reader)."""
NEVER_QUOTED = frozenset({"summary", "caption", "other"})
"""The question of an accordion is no answer; nor is a caption or a label."""

LEANS_BACK = re.compile(
    r"(?:this|that|these|those|it|its|they|their|them|he|she|his|her|such|both|however|but|also|instead|then|so|therefore|and|or|yes|no"
    r"|in contrast|in addition|as a result|for example|for this|another|others?|the (?:latter|former|(?:last|first|other) (?:two|three))"
    r"|(?:one|two|some|many|most|each|none|all) of (?:these|those|them)"
    r"|esto|esta|este|estos|estas|ellos|ellas|adem[aá]s|pero|sin embargo|s[ií])\b",
    re.IGNORECASE,
)
"""A sentence that begins so leans on the one before it."""
_AMOUNT = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|sixteen|twenty|hundred|half|weeks?|months?|years?|minutes?|hours?"
    r"|dos|tres|cuatro|seis|ocho|diez|semanas?|meses|a[nñ]os?|minutos?|horas?)\b",
    re.IGNORECASE,
)
_DEFINITION = re.compile(r"^\W*(?:[\w'’()-]+\W+){1,9}?(?:is|are|means|refers to|es|son)\s+(?:an?|the|one|when|un|una|el|la)\b")
_YES_OR_NO = re.compile(r"^(?:yes|no|s[ií])\b|\b(?:not|never|cannot|n't|can|may|nunca|puede)\b", re.IGNORECASE)

Similarities = Callable[[str], SentenceCosines]
"""The address of an article -> cosines of the question with its sentences, in reading order."""

Matches = Callable[[str, Sequence[tuple[int, int]]], FloatVector]
"""The id of a passage and spans of its article within it -> how well each meets the question word by word, in [-1, 1]."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a passage that was found. `score` orders; `support` tells how far the sentence itself speaks for an answer."""

    article: Article
    section: Section
    sentence: Sentence
    passage_id: str
    score: float = 0.0
    support: float = 0.0
    cosines: tuple[float, float] = (0.0, 0.0)
    """With what the question is about, and with what it asks."""

    @property
    def text(self) -> str:
        """Its words."""
        return self.article.text[self.sentence.start : self.sentence.end]

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from every other sentence of the site."""
        return self.article.url, self.sentence.start


Reads = Callable[[Sequence[Candidate]], FloatVector]
"""Candidates -> for each the logit that it answers, 0 standing for "none does" (`index.answer_reader`)."""


@dataclass(frozen=True, slots=True)
class _Question:
    """What sentences are compared with."""

    terms: frozenset[str]
    topic: frozenset[str]
    """The terms without those of how one asks."""
    kind: QuestionKind


def share_of(terms: frozenset[str], found: frozenset[str]) -> float:
    """The share of the terms that are among these."""
    return len(terms & found) / len(terms) if terms else 0.0


def score_candidates(
    outcome: SearchOutcome, articles: Mapping[str, Article], similarities: Similarities, matches: Matches | None = None
) -> list[Candidate]:
    """The sentences that may be quoted, best first: those of the best pages' passages, questions left out."""
    terms = asked_terms(outcome.interpretation)
    question = _Question(terms, terms - FORM_WORDS or terms, question_kind(outcome.interpretation.query))
    scored = (
        candidate
        for result in outcome.results[:PAGES_READ]
        for candidate in _score_page(articles[result.url], result.hits, similarities(result.url), question)
    )
    matched = _add_matches(scored, matches) if matches else scored
    return sorted(matched, key=lambda candidate: -candidate.score)


def _add_matches(candidates: Iterable[Candidate], matches: Matches) -> Iterator[Candidate]:
    """The candidates with what their words say for them."""
    for passage_id, group in groupby(candidates, key=lambda candidate: candidate.passage_id):
        within = list(group)
        found = matches(passage_id, [(one.sentence.start, one.sentence.end) for one in within]).tolist()
        yield from (replace(one, score=one.score + MATCH_WEIGHT * match) for one, match in zip(within, found, strict=True))


def best_support(candidates: Iterable[Candidate]) -> float:
    """The most that any sentence says for an answer; 0 if there is none."""
    return max((candidate.support for candidate in candidates), default=0.0)


def best_reading(candidates: Sequence[Candidate], reads: Reads) -> float:
    """The highest logit among the best sentences, within bounds; the lowest there is without any."""
    best = max(reads(candidates[:CANDIDATES_READ]).tolist(), default=-MOST_READING)
    return min(max(best, -MOST_READING), MOST_READING)


def _score_page(article: Article, hits: Sequence[Hit], cosines: SentenceCosines, question: _Question) -> Iterator[Candidate]:
    row = 0
    for section in article.sections:
        headline = _terms_of(" ".join((article.title, *section.heading_path)))
        rows = slice(row, row + len(section.sentences))
        near, asked = cosines.topic[rows].tolist(), cosines.asked[rows].tolist()
        row += len(section.sentences)
        for at, sentence in enumerate(section.sentences):
            hit = _hit_of(sentence, hits)
            text = article.text[sentence.start : sentence.end]
            if hit is None or sentence.kind in NEVER_QUOTED or _is_question(text):
                continue
            terms = _terms_of(text)
            score = _near(at, near, section, article) + PASSAGE_WEIGHT * hit.score + OVERLAP_WEIGHT * share_of(question.terms, terms)
            support = asked[at] + HEADED_OVERLAP * share_of(question.topic, headline | terms)
            form = _form(text, sentence, question.kind, opens=at == 0)
            yield Candidate(article, section, sentence, hit.passage.passage_id, score + form, support, (near[at], asked[at]))


@lru_cache(maxsize=32_768)
def _terms_of(text: str) -> frozenset[str]:
    """The words of a sentence; the same pages are read again and again, and finding words is what takes longest."""
    return frozenset(find_terms(text))


def _hit_of(sentence: Sentence, hits: Sequence[Hit]) -> Hit | None:
    return next((hit for hit in hits if hit.passage.start <= sentence.start and sentence.end <= hit.passage.end), None)


def _near(at: int, cosines: Sequence[float], section: Section, article: Article) -> float:
    """A sentence's cosine, raised by that of the question right before it."""
    for before in range(at - 1, max(at - 1 - QUESTION_REACH, -1), -1):
        sentence = section.sentences[before]
        if sentence.kind == "summary" or _is_question(article.text[sentence.start : sentence.end]):
            return cosines[at] + QUESTION_SHARE * max(0.0, cosines[before] - cosines[at])
    return cosines[at]


def _is_question(text: str) -> bool:
    return text.rstrip().endswith("?")


def _form(text: str, sentence: Sentence, kind: QuestionKind, *, opens: bool) -> float:
    """What speaks for a sentence, or against it, apart from what it is about."""
    length = LENGTH_WEIGHT * min(len(text.split()), FULL_LENGTH) / FULL_LENGTH
    costs = ROW_COST * (sentence.kind == "table_row") + LEANING_COST * (LEANS_BACK.match(text) is not None)
    return OPENING_BONUS * opens + length + _form_bonus(text, sentence, kind) - costs


def _form_bonus(text: str, sentence: Sentence, kind: QuestionKind) -> float:
    """For the form that a question of this kind calls for."""
    match kind:
        case "amount":
            return AMOUNT_BONUS * (_AMOUNT.search(text) is not None)
        case "definition":
            return FORM_BONUS * (_DEFINITION.search(text) is not None)
        case "list" | "steps":
            return FORM_BONUS * (sentence.kind in ("list_item", "definition", "table_row") or text.rstrip().endswith(":"))
        case "yes_no":
            return FORM_BONUS * (_YES_OR_NO.search(text) is not None)
        case _:
            return 0.0
