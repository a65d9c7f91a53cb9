import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.builder import build_index
from index.embedders.hashing import HashingEmbedder
from index.errors import BadQuery, MissingIndex, ModelMismatch
from index.lexicon import HiddenPage, PinnedPage, SearchRules
from index.searcher import LONGEST_QUERY, Searcher, clean_query
from ingest.articles import assemble_article
from ingest.passages import sentences_from
from ingest.schema import Block, Site, StrippedPage

BASE = "https://clinic.example"


@pytest.fixture(scope="module")
def searcher(small_index: Path) -> Searcher:
    return Searcher.open(small_index)


def urls(searcher: Searcher, query: str, **options: object) -> list[str]:
    return [result.url.removeprefix(BASE) for result in searcher.search(query, **options).results]  # type: ignore[arg-type]


def test_the_section_asked_for_comes_first(searcher: Searcher):
    best = searcher.search("IPT for PTSD").results[0]
    assert best.url == f"{BASE}/therapies/ipt/"
    assert best.hits[0].passage.heading_path[-1] == "Post-Traumatic Stress Disorder (PTSD)"


def test_each_page_stands_once_with_its_passages_under_it(searcher: Searcher):
    results = searcher.search("interpersonal psychotherapy", cut_tail=False).results
    assert len({result.url for result in results}) == len(results)
    for result in results:
        assert {hit.passage.url for hit in result.hits} == {result.url}
        assert [hit.score for hit in result.hits] == sorted((hit.score for hit in result.hits), reverse=True)


def test_an_exact_term_does_not_lose_to_a_near_miss(tmp_path: Path):
    class NearMiss(HashingEmbedder):
        """Thinks that EMDR is an eye exam."""

        def embed_question(self, text: str):  # type: ignore[no-untyped-def]
            return super().embed_question("eye exam with an optician" if "EMDR" in text else text)

    pages = {"a": "An eye exam with an optician.", "b": "EMDR is offered on Mondays at our office.", "c": "Fees and insurance."}
    articles = tuple(assemble_article(StrippedPage(url, (Block("Page", "heading", 1), Block(text)), ())) for url, text in pages.items())
    build_index(Site(articles, (), (), ()), tmp_path, embedder=HashingEmbedder(512), created_on=date(2026, 1, 1))
    searcher = Searcher.open(tmp_path, load_embedder=lambda name: NearMiss(512))
    for query in ("EMDR", "EMDR therapy", "do you offer EMDR"):
        assert searcher.search(query).results[0].url == "b", query


@pytest.mark.parametrize("query", ["", "   ", "\n\t", "\x00\x07", "​"])
def test_an_empty_query_is_refused(searcher: Searcher, query: str):
    with pytest.raises(BadQuery, match="empty"):
        searcher.search(query)


@pytest.mark.parametrize("options", [{"k": 0}, {"k": -5}, {"offset": -1}])
def test_less_than_one_result_is_refused(searcher: Searcher, options: dict[str, int]):
    with pytest.raises(BadQuery, match="at least"):
        searcher.search("sleep", **options)  # type: ignore[arg-type]


def test_a_huge_k_is_read_as_the_longest_list(searcher: Searcher):
    assert urls(searcher, "interpersonal", k=10**9) == urls(searcher, "interpersonal", k=100)


@given(st.text(min_size=1, max_size=80))
@settings(max_examples=40, deadline=None)
def test_any_text_is_searched_for_or_refused_as_empty(searcher: Searcher, text: str):
    try:
        outcome = searcher.search(text)
    except BadQuery:
        return
    assert 0 <= outcome.confidence <= 1


@pytest.mark.parametrize("query", ["the and of", "?!…", "🙂", "¿Qué es la depresión?", "word " * 3000, "x" * 10_000])
def test_odd_queries_get_an_answer(searcher: Searcher, query: str):
    assert searcher.search(query).verdict in ("answered", "related", "not_covered")


def test_a_long_query_is_cut_between_words():
    cut = clean_query("sleep " * 2000)
    assert len(cut) <= LONGEST_QUERY
    assert cut.endswith("sleep")


def test_the_parts_of_a_site_are_counted_and_pages_of_none_are_left_out(searcher: Searcher):
    assert searcher.section_sizes["therapies"] == 2
    assert "" not in searcher.section_sizes


def test_pages_of_results_follow_each_other(searcher: Searcher):
    everything = urls(searcher, "interpersonal therapy", cut_tail=False)
    in_steps = [urls(searcher, "interpersonal therapy", k=1, offset=at, cut_tail=False)[0] for at in range(len(everything))]
    assert in_steps == everything
    assert searcher.search("interpersonal therapy", k=1, offset=1, cut_tail=False).results[0].rank == 2


def test_filters_leave_only_their_own(searcher: Searcher):
    assert urls(searcher, "terapia", language="es", cut_tail=False) == ["/es/terapia/"]
    sections = {result.site_section for result in searcher.search("therapy", section="therapies", cut_tail=False).results}
    assert sections == {"therapies"}
    assert urls(searcher, "therapy", section="nowhere") == []


def test_what_a_site_does_not_cover_is_said(searcher: Searcher):
    covered, foreign = searcher.search("interpersonal psychotherapy"), searcher.search("cheap flights tomorrow")
    assert covered.verdict == "answered"
    assert foreign.verdict == "not_covered"
    assert covered.confidence > foreign.confidence


def test_a_pinned_page_comes_first_and_a_hidden_one_never(small_index: Path):
    rules = SearchRules(
        pinned=(PinnedPage("therapy", f"{BASE}/fees/", "fees changed in May"),), hidden=(HiddenPage(f"{BASE}/therapies/emdr/", "outdated"),)
    )
    searcher = Searcher.open(small_index, rules=rules)
    assert urls(searcher, "Therapy", cut_tail=False)[0] == "/fees/"
    assert "/therapies/emdr/" not in urls(searcher, "EMDR", cut_tail=False)
    hit = searcher.search("therapy").results[0].hits[0]
    assert any("fees changed in May" in reason for reason in searcher.explain("therapy", hit).boosts)


@pytest.mark.parametrize("query", ["?!?", "🙂", "— … —", "what is the", "who are you?", "qué es la", "cómo es"])
def test_a_query_that_names_no_topic_finds_nothing(searcher: Searcher, query: str):
    outcome = searcher.search(query)
    assert (outcome.verdict, outcome.results, outcome.total) == ("not_covered", (), 0)


def test_a_pin_holds_whatever_the_case_and_punctuation_of_the_query(small_index: Path):
    rules = SearchRules(pinned=(PinnedPage("how much?", f"{BASE}/fees/", "all prices"),))
    searcher = Searcher.open(small_index, rules=rules)
    assert urls(searcher, "How  much")[0] == "/fees/"
    assert searcher.unknown_pages() == []


def test_a_rule_for_a_page_that_is_not_there_is_told(small_index: Path):
    rules = SearchRules(hidden=(HiddenPage(f"{BASE}/old/", "outdated"),))
    assert Searcher.open(small_index, rules=rules).unknown_pages() == [f"{BASE}/old/"]


def test_what_is_still_being_typed_is_read_as_the_word_that_it_begins(searcher: Searcher):
    outcome = searcher.search("interpersonal psychoth", unfinished=True)
    assert outcome.interpretation.query == "interpersonal psychoth"
    assert outcome.interpretation.finished == "interpersonal psychotherapy"
    assert [page.url for page in outcome.results] == [page.url for page in searcher.search("interpersonal psychotherapy").results]


@pytest.mark.parametrize("query", ["interpersonal psychotherapy", "IPT for PTSD", "fees ", "fees?"])
def test_a_finished_query_is_read_as_it_stands(searcher: Searcher, query: str):
    assert searcher.read_query(query, unfinished=True) == searcher.read_query(query)


def test_a_sentence_that_has_the_words_meets_a_query_best(searcher: Searcher):
    passage = next(one for one in searcher.passages if one.url == f"{BASE}/therapies/ipt/" and "first tested" in one.text)
    article = searcher.articles[passage.url]
    spans = [(one.start, one.end) for one in sentences_from(article, passage.start, passage.end)]
    _, matches, _ = searcher.measure_sentences("first tested in 1974")
    met = matches(passage.passage_id, spans)
    assert "1974" in article.text[slice(*spans[int(np.argmax(met))])]


def test_an_explanation_adds_up(searcher: Searcher):
    hit = searcher.search("EMDR trauma").results[0].hits[0]
    explanation = searcher.explain("EMDR trauma", hit)
    assert max(explanation.window_cosine, explanation.passage_cosine) == pytest.approx(hit.cosine)
    assert explanation.late > 0.5
    assert sum(explanation.terms.values()) == pytest.approx(explanation.lexical, rel=1e-4)
    assert {"emdr", "trauma"} <= set(explanation.terms)


def test_pages_that_say_the_same_are_folded_and_none_is_lost(tmp_path: Path):
    text = "Our therapists help with anxiety, grief and depression in {}. " + " ".join(f"Sentence {n} about care." for n in range(30))
    pages = [StrippedPage(city, (Block(f"Therapy in {city}", "heading", 1), Block(text.format(city))), ()) for city in ("Ajax", "Guelph")]
    site = Site(tuple(assemble_article(page) for page in pages), (), (), ())
    build_index(site, tmp_path, embedder=HashingEmbedder(512), created_on=date(2026, 1, 1))
    (only,) = Searcher.open(tmp_path, load_embedder=lambda name: HashingEmbedder(512)).search("therapy guelph").results
    assert only.url == "Guelph"
    assert {hit.passage.url for hit in only.hits} == {"Ajax", "Guelph"}


def test_many_threads_get_the_same_results(searcher: Searcher):
    queries = ["IPT for PTSD", "EMDR", "fees", "terapia", "grief"] * 8
    alone = {query: urls(searcher, query) for query in queries}
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda query: urls(searcher, query), queries)) == [alone[query] for query in queries]


def test_a_question_embedded_by_another_model_is_refused(small_index: Path):
    with pytest.raises(ModelMismatch, match="clinic-search build"):
        Searcher.open(small_index, load_embedder=lambda name: HashingEmbedder(64))


def test_a_folder_without_an_index_is_refused(tmp_path: Path):
    with pytest.raises(MissingIndex, match="clinic-search build"):
        Searcher.open(tmp_path)


def test_a_suggestion_continues_what_is_typed(searcher: Searcher):
    assert "Interpersonal Psychotherapy (IPT)" in searcher.suggest("interp")


def test_serving_imports_neither_torch_nor_sentence_transformers(small_index: Path):
    code = (
        f"import sys; from pathlib import Path; from index.searcher import Searcher; import index.embedders.onnx_cpu\n"
        f"Searcher.open(Path({str(small_index)!r})).search('IPT')\n"
        "print([name for name in ('torch', 'sentence_transformers', 'transformers') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_the_sentences_of_an_article_are_compared_with_a_query(searcher: Searcher):
    similarities, _, reads = searcher.measure_sentences("individual session costs 165 dollars")
    cosines = similarities(f"{BASE}/fees/")
    assert cosines.topic.argmax() == cosines.asked.argmax() == 0
    assert reads is None  # the bundled reader reads the bundled model's tokens
