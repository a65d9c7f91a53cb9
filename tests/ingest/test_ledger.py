"""What is remembered of an ingest, what it is compared with, and what is said about it."""

import sqlite3
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import IngestError
from ingest.ledger import (
    MEANINGS,
    LedgerRow,
    check_against_last,
    compare_with_last,
    count_outcomes,
    read_ledger,
    summarise_ledger,
    write_ledger,
)
from ingest.schema import Article, LedgerEntry, Outcome, Site

URL = "https://clinic.example/"
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
ENTRIES = st.lists(st.builds(LedgerEntry, TEXTS, st.sampled_from(get_args(Outcome)), TEXTS), unique_by=lambda entry: entry.url, max_size=20)


def entries_of(**counts):
    return tuple(LedgerEntry(f"{URL}{outcome}-{n}", outcome, "why") for outcome, count in counts.items() for n in range(count))


def site_of(**counts):
    ledger = entries_of(**counts)
    return Site(tuple(Article(entry.url, "", "") for entry in ledger if entry.outcome == "indexed"), (), (), ledger)


@settings(deadline=None, max_examples=25)  # each example waits for the disk
@given(ENTRIES)
def test_what_is_written_down_is_read_again(tmp_path_factory, entries):
    file = tmp_path_factory.mktemp("ledger") / "ledger.sqlite"
    write_ledger(file, entries, {entry.url: "digest" for entry in entries[::2]})
    assert read_ledger(file) == {entry.url: LedgerRow(entry, "" if n % 2 else "digest") for n, entry in enumerate(entries)}


def test_a_new_ledger_takes_the_place_of_the_old_one(tmp_path):
    write_ledger(tmp_path / "l", entries_of(indexed=3), {})
    write_ledger(tmp_path / "l", entries_of(gone=1), {})
    assert [row.entry for row in read_ledger(tmp_path / "l").values()] == list(entries_of(gone=1))


def test_there_is_no_ledger_before_the_first_ingest(tmp_path):
    assert read_ledger(tmp_path / "none") == {}


def test_a_writer_that_fails_half_way_leaves_the_old_ledger(tmp_path):
    write_ledger(tmp_path / "l", entries_of(indexed=3), {})
    with pytest.raises(sqlite3.Error):
        write_ledger(tmp_path / "l", [*entries_of(gone=1), LedgerEntry(URL, "gone", None)], {})
    assert len(read_ledger(tmp_path / "l")) == 3


def test_a_page_that_says_what_it_said_is_unchanged_and_others_are_not():
    last = {f"{URL}{name}": LedgerRow(LedgerEntry(f"{URL}{name}", "indexed"), f"old {name}") for name in "ab"}
    entries = [LedgerEntry(f"{URL}{name}", "indexed") for name in "abc"]
    compared = compare_with_last(entries, {f"{URL}a": "old a", f"{URL}b": "new b", f"{URL}c": "new c"}, last)
    assert [entry.outcome for entry in compared] == ["unchanged", "indexed", "indexed"]


def test_a_page_that_was_indexed_and_is_not_found_any_more_is_gone():
    last = {entry.url: LedgerRow(entry) for entry in entries_of(indexed=1, unchanged=1, listing=1, gone=1)}
    compared = compare_with_last([], {}, last)
    assert {entry.url: entry.outcome for entry in compared} == {f"{URL}indexed-0": "gone", f"{URL}unchanged-0": "gone"}


def test_a_page_that_failed_to_load_is_no_page_that_is_gone():
    entry = LedgerEntry(URL, "error", "the server did not answer in time")
    assert compare_with_last([entry], {}, {URL: LedgerRow(LedgerEntry(URL, "indexed"), "x")}) == [entry]


@pytest.mark.parametrize(
    ("counts", "last"),
    [
        ({"indexed": 4}, {"indexed": 10}),
        ({"indexed": 4}, {"indexed": 5, "unchanged": 5}),
        ({"error": 3}, {}),
        ({"indexed": 4, "challenge": 5}, {}),
    ],
)
def test_a_small_empty_or_challenged_crawl_is_refused(counts, last):
    with pytest.raises(IngestError, match="--accept-smaller"):
        check_against_last(site_of(**counts), last)


@pytest.mark.parametrize(
    ("counts", "last"),
    [({"indexed": 5}, {"indexed": 10}), ({"indexed": 1}, {}), ({"indexed": 5, "challenge": 5}, {}), ({"indexed": 9}, {"listing": 100})],
)
def test_other_crawls_are_accepted(counts, last):
    check_against_last(site_of(**counts), last)


def test_the_refusal_says_what_happened():
    with pytest.raises(IngestError, match=r"4 pages are left of 10 last time(.|\n)*error-0: why"):
        check_against_last(site_of(indexed=4, error=1), {"indexed": 10})


def test_the_summary_counts_and_explains():
    text = summarise_ledger(entries_of(indexed=2, unchanged=3, error=5))
    assert text.splitlines()[0] == "5 of 10 addresses can be found by visitors."
    assert "      5  ERRORS\n         https://clinic.example/error-0: why" in text
    assert "and 2 more" in text


@given(ENTRIES)
def test_the_counts_of_a_summary_add_up(entries):
    counts = count_outcomes(entries)
    lines = summarise_ledger(entries).splitlines()
    assert all(f"{count:>7}  {MEANINGS[outcome]}" in lines for outcome, count in counts.items())


def test_every_outcome_has_a_meaning():
    assert set(MEANINGS) == set(get_args(Outcome))
