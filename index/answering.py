"""Answers in the site's own words: the sentences that a question asks for, byte for byte, or none.

Each sentence of the best passages is scored by how near it is to the question in meaning (a vector made when the index was built), how
many of the question's words it holds, how well its passage was ranked, and whether it has the form that the question calls for. The best
ones become quotes: at most three sentences, or one list with the line that leads into it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from index.citations import cite_span
from index.highlighting import asked_terms
from index.lexical import find_terms
from index.questions import QuestionKind, question_kind
from index.schema import Answer, FloatVector, Hit, Quote, SearchOutcome
from index.sentence_vectors import iter_sentences
from ingest.schema import Article, Section, Sentence

MAX_SENTENCES = 3
"""What fits above the results on a phone, and what the owner asks for."""
MAX_ITEMS = 8
"""A longer list is quoted up to here; its link leads to the rest."""
PAGES_READ = 3
"""Pages whose passages are read for sentences."""
FIRST_RUN = 2
"""The best sentence is quoted with one neighbour: on the sample clinic's development half a sentence that answers was then among the quotes
in .54 of cases, without the neighbour in .48, with two of them (and no room for another place) in .49."""
NEVER_QUOTED_ALONE = frozenset({"summary", "caption", "other"})
"""The question of an accordion is no answer; nor is a caption or a label."""
OVERLAP_WEIGHT = 0.15
PASSAGE_WEIGHT = 0.6
"""Shares of the words in common and of the passage's own score, against 1 for the cosine: the best of a grid of 12 on the same half; every
setting of it lay within .04."""
FORM_BONUS = 0.08
NEAR_BEST = 0.8
"""A further sentence is quoted if it scores at least this share of the best one."""
_LEANS_BACK = re.compile(
    r"(?:this|that|these|those|it|its|they|their|them|he|she|his|her|such|both|however|but|also|instead|then|so|therefore|and|or"
    r"|in contrast|for example|another|others?|esto|esta|este|estos|estas|ellos|ellas|adem[aá]s|pero|sin embargo)\b",
    re.IGNORECASE,
)
"""A sentence that begins so leans on the one before it, which is then quoted with it."""
_AMOUNT = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|sixteen|twenty|hundred|half|weeks?|months?|years?|minutes?|hours?)\b",
    re.I,
)

Similarities = Callable[[str], FloatVector]
"""The address of an article -> cosines of the question with its sentences, in reading order."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence of a passage that was found, with its score."""

    article: Article
    section: Section
    sentence: Sentence
    passage_id: str
    score: float


def compose_answer(outcome: SearchOutcome, articles: Mapping[str, Article], similarities: Similarities) -> Answer:
    """The quotes that answer a question; none unless the search calls the question answered."""
    question = outcome.interpretation.query
    if outcome.verdict != "answered":
        return Answer(question, outcome.verdict)
    candidates = _score_candidates(outcome, articles, similarities)
    quotes = [quote for run in _choose(candidates, question_kind(question)) if is_verbatim(quote := _make_quote(run), run[0].article)]
    return Answer(question, "answered" if quotes else "related", tuple(quotes))


def is_verbatim(quote: Quote, article: Article) -> bool:
    """Whether the quote equals the article's text at its place: no other quote is ever shown."""
    return article.text[quote.start : quote.end] == quote.text


# --- scoring --------------------------------------------------------------------------------------------------------------------------


def _score_candidates(outcome: SearchOutcome, articles: Mapping[str, Article], similarities: Similarities) -> list[_Candidate]:
    """The sentences of the best pages' passages, best first."""
    terms = asked_terms(outcome.interpretation)
    kind = question_kind(outcome.interpretation.query)
    candidates: list[_Candidate] = []
    for result in outcome.results[:PAGES_READ]:
        article = articles[result.url]
        cosines = similarities(result.url)
        for row, (section, sentence) in enumerate(iter_sentences(article)):
            hit = _hit_of(sentence, result.hits)
            if hit and sentence.kind not in NEVER_QUOTED_ALONE:
                score = _score(article, section, sentence, terms, kind, cosine=float(cosines[row]), passage=hit.score)
                candidates.append(_Candidate(article, section, sentence, hit.passage.passage_id, score))
    return sorted(candidates, key=lambda candidate: -candidate.score)


def _hit_of(sentence: Sentence, hits: Sequence[Hit]) -> Hit | None:
    return next((hit for hit in hits if hit.passage.start <= sentence.start and sentence.end <= hit.passage.end), None)


def _score(
    article: Article, section: Section, sentence: Sentence, terms: frozenset[str], kind: QuestionKind, *, cosine: float, passage: float
) -> float:
    text = article.text[sentence.start : sentence.end]
    found = terms.intersection(find_terms(" ".join((text, *section.heading_path[-1:]))))
    overlap = len(found) / len(terms) if terms else 0.0
    return cosine + OVERLAP_WEIGHT * overlap + PASSAGE_WEIGHT * passage + FORM_BONUS * _has_form(text, sentence, kind)


def _has_form(text: str, sentence: Sentence, kind: QuestionKind) -> bool:
    """Whether a sentence has the form that a question of this kind calls for."""
    match kind:
        case "amount":
            return _AMOUNT.search(text) is not None
        case "definition":
            return (
                re.search(r"^\W*(?:[\w'’()-]+\W+){1,9}?(?:is|are|means|refers to|es|son)\s+(?:an?|the|one|when|un|una|el|la)\b", text)
                is not None
            )
        case "list":
            return sentence.kind in ("list_item", "definition", "table_row") or text.rstrip().endswith(":")
        case _:
            return False


# --- choosing -------------------------------------------------------------------------------------------------------------------------


def _choose(candidates: Sequence[_Candidate], kind: QuestionKind) -> list[list[_Candidate]]:
    """Runs of neighbouring sentences, each to be quoted as one; the run of the best sentence first."""
    if not candidates:
        return []
    scores = {_key(candidate): candidate.score for candidate in candidates}
    best = candidates[0]
    if best.sentence.kind == "list_item" or (kind == "list" and _text(best).rstrip().endswith(":")):
        whole = _whole_list(best)
        if len(whole) > 1:
            return [whole]
    runs = [_grow(best, scores, FIRST_RUN)]
    for candidate in candidates[1:]:
        room = MAX_SENTENCES - sum(map(len, runs))
        if room < 1 or candidate.score < NEAR_BEST * best.score:
            break
        if not any(_key(candidate) == _key(one) for run in runs for one in run):
            runs.append(_grow(candidate, scores, room))
    return runs


def _key(candidate: _Candidate) -> tuple[str, int]:
    return candidate.article.url, candidate.sentence.start


def _grow(candidate: _Candidate, scores: Mapping[tuple[str, int], float], limit: int) -> list[_Candidate]:
    """A sentence with its neighbours, at most `limit` in all: the one that it leans on, then the better of the two on either side."""
    sentences, at = _neighbours(candidate)
    first = at - 1 if at and limit > 1 and _LEANS_BACK.match(_text(candidate)) else at
    last = at
    while last - first + 1 < limit:
        sides = [side for side in (first - 1, last + 1) if 0 <= side < len(sentences) and _continues(sentences, side, first, last)]
        if not sides:
            break
        side = max(sides, key=lambda side: (scores.get((candidate.article.url, sentences[side].start), 0.0), side))
        first, last = min(first, side), max(last, side)
    return [_moved(candidate, sentence) for sentence in sentences[first : last + 1]]


def _continues(sentences: Sequence[Sentence], side: int, first: int, last: int) -> bool:
    """Whether a neighbour reads on: prose of the same kind."""
    near = sentences[first if side < first else last]
    return sentences[side].kind == near.kind == "paragraph"


def _text(candidate: _Candidate) -> str:
    return candidate.article.text[candidate.sentence.start : candidate.sentence.end]


def _neighbours(candidate: _Candidate) -> tuple[list[Sentence], int]:
    sentences = list(candidate.section.sentences)
    return sentences, sentences.index(candidate.sentence)


def _moved(candidate: _Candidate, sentence: Sentence) -> _Candidate:
    return _Candidate(candidate.article, candidate.section, sentence, candidate.passage_id, candidate.score)


def _whole_list(candidate: _Candidate) -> list[_Candidate]:
    """The lead-in and the items of the list around (or right after) a sentence."""
    sentences, at = _neighbours(candidate)
    if sentences[at].kind != "list_item":
        at += 1
    first = at
    while first > 0 and sentences[first - 1].kind == "list_item":
        first -= 1
    last = first
    while last < len(sentences) and sentences[last].kind == "list_item":
        last += 1
    lead = first - 1 if first and sentences[first - 1].kind != "list_item" else first
    start = max(lead, at - MAX_ITEMS + 1) if at - lead >= MAX_ITEMS else lead
    return [_moved(candidate, sentence) for sentence in sentences[start : min(last, start + MAX_ITEMS + 1)]]


def _make_quote(run: Sequence[_Candidate]) -> Quote:
    first = run[0]
    start, end = first.sentence.start, run[-1].sentence.end
    citation = cite_span(first.article, start, end, section=first.section)
    return Quote(first.article.text[start:end], start, end, first.passage_id, citation)
