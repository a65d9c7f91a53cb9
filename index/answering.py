"""Answers in the site's own words: the sentences that a question asks for, byte for byte, or none.

The three best sentences are picked, wherever they stand; sentences that follow each other become one quote. One that leans on the sentence
before it brings that one along, an item of a list its whole list with the line that leads into it. Of a comparison each side gets a quote.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.answer_bar import AnswerBar, usual_bar, weigh_answer
from index.citations import cite_span
from index.lexical import find_terms
from index.questions import question_kind, split_question
from index.schema import Answer, Interpretation, Quote, SearchOutcome
from index.sentence_scoring import LEANS_BACK, Candidate, Matches, Reads, Similarities, score_candidates
from ingest.schema import Article, Sentence

MAX_PICKS = 3
"""What fits above the results on a phone. With picks from anywhere an answering sentence was among them for .59 of the development queries,
with three in a row for .47, with the best, its neighbour and the second best for .56; with eight picks for .72."""
MAX_ITEMS = 8
"""A longer list is quoted up to here; its link leads to the rest."""
LIST_PICKS = 2
"""What a list counts for."""
NEAR_BEST = 0.7
"""A further sentence is quoted if it scores at least this share of the best one."""

Run = list[Candidate]
"""Neighbouring sentences of one section, quoted as one."""


def compose_answer(
    outcome: SearchOutcome,
    articles: Mapping[str, Article],
    similarities: Similarities,
    matches: Matches | None = None,
    reads: Reads | None = None,
    *,
    bar: AnswerBar | None = None,
) -> Answer:
    """The quotes that answer a question; none unless search and sentences together reach the bar."""
    question = outcome.interpretation.query
    candidates = score_candidates(outcome, articles, similarities, matches)
    verdict = (bar or usual_bar(has_reader=reads is not None)).judge(outcome.verdict, weigh_answer(outcome.confidence, candidates, reads))
    if verdict != "answered":
        return Answer(question, verdict)
    runs = _join(_pick(_sides_first(candidates, outcome.interpretation), question))
    quotes = tuple(quote for run in runs if is_verbatim(quote := _make_quote(run), run[0].article))
    return Answer(question, "answered" if quotes else "related", quotes)


def is_verbatim(quote: Quote, article: Article) -> bool:
    """Whether the quote equals the article's text at its place: no other quote is ever shown."""
    return article.text[quote.start : quote.end] == quote.text


# --- picking --------------------------------------------------------------------------------------------------------------------------


def _sides_first(candidates: Sequence[Candidate], interpretation: Interpretation) -> list[Candidate]:
    """The candidates; of a comparison the best sentence on each side before all others, raised to the best score."""
    sides = split_question(interpretation.corrected or interpretation.query)
    if len(sides) < 2 or not candidates:
        return list(candidates)
    found = (_best_on(side, " ".join(other for other in sides if other != side), candidates, interpretation) for side in sides)
    first = [replace(one, score=candidates[0].score) for one in found if one]
    taken = {one.key for one in first}
    return first + [one for one in candidates if one.key not in taken]


def _best_on(side: str, other: str, candidates: Sequence[Candidate], interpretation: Interpretation) -> Candidate | None:
    """The best sentence below a title or heading that names this side; else the best that names it itself."""
    own = frozenset(find_terms(side)).difference(find_terms(other))
    meanings = (one.meaning for one in interpretation.expanded if not own.isdisjoint(find_terms(one.abbreviation)))
    names = [terms for terms in (own, *(frozenset(find_terms(meaning)) for meaning in meanings)) if terms]
    headed = (one for one in candidates if _names(names, one.article.title, *one.section.heading_path))
    return next(headed, next((one for one in candidates if _names(names, one.text)), None))


def _names(names: Sequence[frozenset[str]], *texts: str) -> bool:
    words = frozenset(find_terms(" ".join(texts)))
    return any(terms <= words for terms in names)


def _pick(candidates: Sequence[Candidate], question: str) -> list[Run]:
    """The best sentences with what they cannot stand without, best first."""
    runs: list[Run] = []
    taken: set[tuple[str, int]] = set()
    room = MAX_PICKS
    for candidate in candidates:
        if room < 1 or candidate.score < NEAR_BEST * candidates[0].score:
            break
        if candidate.key in taken:
            continue
        items = _items_with(candidate, question)
        new = _list_runs(candidate, items) if items else [_with_support(candidate)]
        room -= LIST_PICKS if items else 1
        runs += new
        taken |= {one.key for run in new for one in run} | {(candidate.article.url, item.start) for item in items}
    return runs


def _with_support(candidate: Candidate) -> Run:
    """A sentence after the one that it leans on, if it does."""
    sentences = candidate.section.sentences
    at = sentences.index(candidate.sentence)
    leans = at > 0 and candidate.sentence.kind == "paragraph" and LEANS_BACK.match(candidate.text)
    return [replace(candidate, sentence=sentences[at - 1]), candidate] if leans else [candidate]


def _items_with(candidate: Candidate, question: str) -> Sequence[Sentence]:
    """The items of the list that a sentence is in, or leads into, or the rows below a table's head; none if it stands for itself."""
    sentences = candidate.section.sentences
    at = sentences.index(candidate.sentence)
    if sentences[at].kind == "table_row":
        rows = _alike(sentences, at)
        return rows if sentences[at] is rows[0] else ()
    if sentences[at].kind != "list_item":
        at += 1
        leads = candidate.text.rstrip().endswith(":") or question_kind(question) == "list"
        if not leads or at == len(sentences) or sentences[at].kind != "list_item":
            return ()
    return _alike(sentences, at)


def _alike(sentences: Sequence[Sentence], at: int) -> Sequence[Sentence]:
    """The sentences around a place that are of its kind, with nothing else between them."""
    first, last = at, at + 1
    while first > 0 and sentences[first - 1].kind == sentences[at].kind:
        first -= 1
    while last < len(sentences) and sentences[last].kind == sentences[at].kind:
        last += 1
    return sentences[first:last]


def _list_runs(candidate: Candidate, items: Sequence[Sentence]) -> list[Run]:
    """The items of a list in reading order, at most `MAX_ITEMS` and the given one among them, after the line that leads into it."""
    sentences = candidate.section.sentences
    at = items.index(candidate.sentence) if candidate.sentence in items else 0
    start = max(0, at - MAX_ITEMS + 1)
    shown = list(items[start : start + MAX_ITEMS])
    first = sentences.index(items[0])
    lead = list(sentences[first - 1 : first]) if first else []
    runs = [[*lead, *shown]] if start == 0 else [lead, shown]
    return [[replace(candidate, sentence=one) for one in run] for run in runs if run]


# --- quoting --------------------------------------------------------------------------------------------------------------------------


def _join(runs: Sequence[Run]) -> list[Run]:
    """The runs with those that touch or overlap made one, each where the better of them stood."""
    joined: list[Run] = []
    for run in runs:
        touching = [other for other in joined if _touch(other, run)]
        if touching:
            whole = {one.key: one for other in (*touching, run) for one in other}
            joined[joined.index(touching[0])] = sorted(whole.values(), key=lambda one: one.sentence.start)
            for other in touching[1:]:
                joined.remove(other)
        else:
            joined.append(run)
    return joined


def _touch(one: Run, other: Run) -> bool:
    """Whether two runs stand in one section with nothing between them."""
    first, second = sorted((one, other), key=lambda run: run[0].sentence.start)
    if first[0].section is not second[0].section:
        return False
    places = {sentence.start: at for at, sentence in enumerate(first[0].section.sentences)}
    return places[second[0].sentence.start] <= places[first[-1].sentence.start] + 1


def _make_quote(run: Run) -> Quote:
    first = run[0]
    start, end = first.sentence.start, run[-1].sentence.end
    citation = cite_span(first.article, start, end, section=first.section)
    return Quote(first.article.text[start:end], start, end, first.passage_id, citation)
