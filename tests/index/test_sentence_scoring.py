from collections.abc import Sequence

import numpy as np
import pytest

from index.schema import Hit, Interpretation, PageResult, SearchOutcome
from index.sentence_scoring import MATCH_WEIGHT, NEVER_QUOTED, QUESTION_SHARE, Candidate, best_support, score_candidates
from index.sentence_vectors import SentenceCosines, iter_sentences
from ingest.articles import assemble_article
from ingest.passages import split_passages
from ingest.schema import Article, Block, StrippedPage

URL = "https://clinic.example/"


def article_of(*blocks: Block) -> Article:
    return assemble_article(StrippedPage(URL, (Block("Care", "heading", 1), *blocks), ()))


def scored(query: str, article: Article, cosines: dict[str, float] | None = None, *, asked: float | None = None) -> list[Candidate]:
    """Candidates of one page whose passages all score .5; a sentence has the cosine of the first key that it holds.

    With what the question asks it has that cosine too, unless another is given.
    """

    def cosine(text: str) -> float:
        return next((value for key, value in (cosines or {}).items() if key in text), 0.0)

    hits = tuple(Hit(1, passage, 0.5, 0.5) for passage in split_passages(article, count_tokens=len, max_tokens=9_999))
    outcome = SearchOutcome(Interpretation(query), "answered", 0.6, (PageResult(1, 0.5, URL, "Care", "", None, hits),), 1)
    near = np.array([cosine(article.text[one.start : one.end]) for _, one in iter_sentences(article)], np.float32)
    answering = near if asked is None else np.full(len(near), asked, np.float32)
    return score_candidates(outcome, {URL: article}, lambda _url: SentenceCosines(near, answering))


def best(query: str, *blocks: Block, **cosines: float) -> str:
    return scored(query, article_of(*blocks), cosines)[0].text


def test_the_sentence_nearest_in_meaning_stands_first():
    assert best("sleep", Block("One thing here. Another thing there."), Another=0.5) == "Another thing there."


def test_what_a_sentence_answers_speaks_for_an_answer_and_what_it_is_about_for_its_place():
    article = article_of(Block("One thing here. Another thing there."))
    first, *_ = scored("sleep", article, {"Another": 0.5}, asked=0.2)
    assert (first.text, first.support) == ("Another thing there.", pytest.approx(0.2))
    assert first.score == scored("sleep", article, {"Another": 0.5})[0].score


def test_a_sentence_whose_words_meet_the_question_stands_before_an_equally_near_one():
    article = article_of(Block("One thing is here. Another thing is there."))

    def matches(_passage_id: str, spans: Sequence[tuple[int, int]]) -> np.ndarray:
        return np.array(["Another" in article.text[start:end] for start, end in spans], np.float32)

    hits = tuple(Hit(1, passage, 0.5, 0.5) for passage in split_passages(article, count_tokens=len, max_tokens=9_999))
    outcome = SearchOutcome(Interpretation("sleep"), "answered", 0.6, (PageResult(1, 0.5, URL, "Care", "", None, hits),), 1)
    first, second = score_candidates(
        outcome, {URL: article}, lambda _url: SentenceCosines(np.zeros(9, np.float32), np.zeros(9, np.float32)), matches
    )
    assert first.text == "Another thing is there."
    assert first.score - second.score > MATCH_WEIGHT / 2


def test_among_equals_the_first_sentence_of_a_section_stands_first():
    assert best("sleep", Block("One thing here. Two things here.")) == "One thing here."


def test_a_question_how_long_prefers_a_number():
    assert best("how long does it take", Block("People differ in that. Most take 16 weeks.")) == "Most take 16 weeks."


def test_a_question_what_something_is_prefers_a_definition():
    text = "People ask about mania. Mania is a time of very high mood."
    assert best("what is mania", Block(text), People=0.0, Mania=0.03) == "Mania is a time of very high mood."


def test_what_follows_a_question_is_as_near_as_the_mean_of_both():
    article = article_of(Block("Rooms are warm. Do you see teens? From 14 on we gladly do."))
    (first, *_) = scored("x", article, {"teens": 0.8, "14": 0.2})
    without = article_of(Block("Rooms are warm. We like to see teens. From 14 on we gladly do."))
    (alone,) = (one for one in scored("x", without, {"teens": 0.8, "14": 0.2}) if "14" in one.text)
    assert first.text == "From 14 on we gladly do."
    assert first.score - alone.score == pytest.approx(QUESTION_SHARE * (0.8 - 0.2))


def test_a_question_is_never_a_candidate_nor_is_a_label():
    article = article_of(Block("Do you see teens? Yes, from the age of 14."), *(Block("Some label", kind) for kind in sorted(NEVER_QUOTED)))  # type: ignore[arg-type]
    assert [one.text for one in scored("teens", article)] == ["Yes, from the age of 14."]


def test_support_grows_with_the_words_of_the_topic_in_sentence_and_headings():
    article = article_of(
        Block("Grief", "heading", 2, "grief"), Block("A loss can hurt for years."), Block("Rooms", "heading", 2), Block("Warm.")
    )
    support = {one.text: one.support for one in scored("symptoms of grief and loss", article)}
    assert support["A loss can hurt for years."] == pytest.approx(0.3)
    assert support["Warm."] == 0.0


def test_nothing_found_supports_nothing():
    assert best_support([]) == 0.0
