"""The sample clinic's judgments name what is really on its site. One ingest of the site serves all tests."""

import json
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

from index.judgments import read_queries, target_of
from ingest.passages import split_passages
from ingest.pipeline import ingest_site

CORPUS = Path(__file__).parents[1] / "corpus"
KINDS = ("keyword", "question", "lay", "misspelt", "abbreviation", "staff", "navigational", "spanish")
UNANSWERED = {"near_miss": 55, "out_of_scope": 25}


@pytest.fixture(scope="module")
def queries():
    return read_queries(CORPUS / "judgments")


@pytest.fixture(scope="module")
def rows():
    return [json.loads(line) for line in (CORPUS / "judgments" / "queries.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def articles():
    return {article.url: article for article in ingest_site([str(CORPUS / "site")]).articles}


def article_url(target):
    return target.partition("#")[0]


def test_every_target_is_a_section_with_text_of_the_ingested_site(queries, articles):
    sections = {
        f"{article.url}#{section.anchor}".removesuffix("#")
        for article in articles.values()
        for section in article.sections
        if section.sentences
    }
    targets = {target for query in queries for target in query.relevant}
    assert sorted(targets - sections) == []


def test_the_evaluation_names_the_section_of_a_passage_as_the_judgments_do(queries, articles):
    passages = [
        passage for article in articles.values() for passage in split_passages(article, count_tokens=lambda text: len(text.split()))
    ]
    targets = {target for query in queries for target in query.relevant}
    assert sorted(targets - {target_of(passage) for passage in passages}) == []


def test_every_answer_stands_word_for_word_on_a_page_that_its_query_aims_at(queries, rows, articles):
    texts = {query.query_id: [articles[article_url(target)].text for target in query.relevant] for query in queries}
    lost = [(row["_id"], answer) for row in rows for answer in row["answers"] if not any(answer in text for text in texts[row["_id"]])]
    assert lost == []


def test_every_page_of_the_clinic_answers_some_query_but_the_stub(queries, articles):
    answering = {article_url(target) for query in queries for target, grade in query.relevant.items() if grade == 2}
    assert {url.removeprefix("https://www.wrenfield.example") for url in articles.keys() - answering} == {"/therapies/light-therapy/"}


def test_every_answerable_query_has_a_section_that_answers_it(queries):
    assert [query.query_id for query in queries if query.answerable and 2 not in query.relevant.values()] == []


def test_queries_without_an_answer_have_neither_targets_nor_answers(queries, rows):
    assert [query.query_id for query in queries if not query.answerable and query.relevant] == []
    assert [row["_id"] for row in rows if not row["answerable"] and row["answers"]] == []


def test_grades_are_zero_one_or_two(queries):
    assert {grade for query in queries for grade in query.relevant.values()} == {0, 1, 2}


def test_ids_and_texts_are_unique(rows):
    assert len({row["_id"] for row in rows}) == len({row["text"].casefold() for row in rows}) == len(rows)


def test_the_first_digit_of_the_hash_of_its_text_puts_a_query_into_its_half(rows):
    halves = [("dev", "report")[int(sha256(row["text"].encode()).hexdigest()[0], 16) % 2] for row in rows]
    assert [row["half"] for row in rows] == halves


def test_the_kinds_are_of_equal_size(rows):
    assert Counter(row["kind"] for row in rows) == {**dict.fromkeys(KINDS, 30), **UNANSWERED}


def test_exactly_the_near_misses_and_the_rest_of_the_world_go_unanswered(rows):
    assert {row["kind"] for row in rows if not row["answerable"]} == set(UNANSWERED)
    assert {row["kind"] for row in rows if row["answerable"]} == set(KINDS)


@pytest.fixture(scope="module")
def hard_rows():
    return [json.loads(line) for line in (CORPUS / "judgments" / "hard.jsonl").read_text("utf-8").splitlines()]


def test_every_answer_to_a_hard_question_stands_in_a_section_that_it_aims_at(hard_rows, articles):
    sections = {
        f"{article.url}#{section.anchor}".removesuffix("#"): {article.text[one.start : one.end] for one in section.sentences}
        for article in articles.values()
        for section in article.sections
    }
    lost = [
        (row["_id"], answer)
        for row in hard_rows
        for answer in row["answers"]
        if not any(answer in sections.get(target, ()) for target in row["targets"])
    ]
    assert lost == []


def test_hard_questions_are_no_others_and_a_third_goes_unanswered(hard_rows, rows):
    assert {row["text"].casefold() for row in hard_rows}.isdisjoint(row["text"].casefold() for row in rows)
    assert Counter(row["answerable"] for row in hard_rows) == {True: 240, False: 120}
    assert all(row["answerable"] == bool(row["answers"]) == bool(row["targets"]) for row in hard_rows)
