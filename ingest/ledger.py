"""What happened to every address: remembered from one ingest to the next, summed up for the person who started it."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import SuspiciousCrawl
from ingest.schema import LedgerEntry, Outcome, Site

SERVED: frozenset[Outcome] = frozenset({"indexed", "unchanged"})
"""The outcomes of pages that visitors find."""
LEAST_SHARE = 0.5
"""Of the last good crawl's pages. A site that really halves is rare and known to its editors; a crawl that breaks off is common."""
MOST_CHALLENGED = 0.5
SHOWN_PER_OUTCOME = 3

MEANINGS: dict[Outcome, str] = {
    "indexed": "indexed",
    "unchanged": "indexed, unchanged since the last time",
    "duplicate": "left out: the same text stands at another address",
    "listing": "left out: lists of other pages, read for their links",
    "noindex": "left out: the page asks search engines not to index it",
    "soft_404": "left out: an error page that answers like a page",
    "challenge": "NOT READ: a bot wall stood in the way",
    "gone": "gone: the site has no such page (any more)",
    "redirect": "redirects to another address",
    "skipped": "skipped",
    "error": "ERRORS",
    "empty": "left out: nothing but the site's template",
}
"""In the order in which a summary shows them."""
EXPLAINED: frozenset[Outcome] = frozenset({"challenge", "error", "gone", "soft_404", "empty", "skipped", "duplicate"})

_TABLE = "CREATE TABLE IF NOT EXISTS ledger (url TEXT PRIMARY KEY, outcome TEXT NOT NULL, reason TEXT NOT NULL, digest TEXT NOT NULL)"


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """An entry, and a digest of what the page said ("" if it said nothing)."""

    entry: LedgerEntry
    digest: str = ""


def read_ledger(path: Path) -> dict[str, LedgerRow]:
    """What the last good ingest wrote down, by URL; empty if there was none."""
    if not path.exists():
        return {}
    with closing(_open(path)) as database:
        rows = database.execute("SELECT url, outcome, reason, digest FROM ledger ORDER BY rowid")
        return {url: LedgerRow(LedgerEntry(url, outcome, reason), digest) for url, outcome, reason, digest in rows}


def write_ledger(path: Path, entries: Iterable[LedgerEntry], digests: Mapping[str, str]) -> None:
    """Replaces what was written down, in one transaction: after a power cut the old rows stand or the new ones."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [(entry.url, entry.outcome, entry.reason, digests.get(entry.url, "")) for entry in entries]
    with closing(_open(path)) as database, database:
        database.execute("DELETE FROM ledger")
        database.executemany("REPLACE INTO ledger VALUES (?, ?, ?, ?)", rows)


def _open(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute(_TABLE)
    return database


def compare_with_last(entries: Iterable[LedgerEntry], digests: Mapping[str, str], last: Mapping[str, LedgerRow]) -> list[LedgerEntry]:
    """The entries, those of pages that say what they said last time as `unchanged`, and pages that are no longer found as `gone`."""
    compared = [_mark_unchanged(entry, digests, last) for entry in entries]
    seen = {entry.url for entry in compared}
    missing = [row.entry.url for url, row in last.items() if url not in seen and row.entry.outcome in SERVED]
    return compared + [LedgerEntry(url, "gone", "it was indexed last time, and nothing leads to it any more") for url in missing]


def _mark_unchanged(entry: LedgerEntry, digests: Mapping[str, str], last: Mapping[str, LedgerRow]) -> LedgerEntry:
    row = last.get(entry.url)
    same = row and row.digest and row.digest == digests.get(entry.url)
    return LedgerEntry(entry.url, "unchanged", entry.reason) if same and entry.outcome == "indexed" else entry


def count_outcomes(entries: Iterable[LedgerEntry]) -> Counter[Outcome]:
    """How many addresses came to each end."""
    return Counter(entry.outcome for entry in entries)


def check_against_last(site: Site, last_counts: Mapping[Outcome, int]) -> None:
    """Nothing, if a crawl may replace the last good one.

    Raises:
        SuspiciousCrawl: it is empty, much smaller than the last one or mostly challenge pages, as when a server was down or a bot wall
            stood in the way. What is served stays as it is.
    """
    counts = count_outcomes(site.ledger)
    found, before = len(site.articles), sum(last_counts.get(outcome, 0) for outcome in SERVED)
    if counts["challenge"] > MOST_CHALLENGED * (counts["challenge"] + found):
        problem = f"{counts['challenge']} of {counts['challenge'] + found} pages were a bot wall's challenge. Let the crawler through it"
    elif not found:
        problem = "no page is left to index. Check the address and what the summary says about it"
    elif found < LEAST_SHARE * before:
        problem = f"{found} pages are left of {before} last time. Check that the site is up and complete"
    else:
        return
    advice = "or, if this is right, run it again with --accept-smaller. What was built before stays as it is."
    raise SuspiciousCrawl(f"This crawl is not used: {problem}, {advice}\n\n{summarise_ledger(site.ledger)}")


def summarise_ledger(entries: Iterable[LedgerEntry]) -> str:
    """What happened, as a few lines of text: how many addresses came to each end, and for the unhappy ones the first few and why."""
    by_outcome: dict[Outcome, list[LedgerEntry]] = {outcome: [] for outcome in MEANINGS}
    for entry in entries:
        by_outcome[entry.outcome].append(entry)
    served = sum(len(by_outcome[outcome]) for outcome in SERVED)
    total = sum(map(len, by_outcome.values()))
    lines = [f"{served} of {total} addresses can be found by visitors."]
    for outcome, found in by_outcome.items():
        if found:
            lines.append(f"{len(found):>7}  {MEANINGS[outcome]}")
            lines += _explain(found) if outcome in EXPLAINED else []
    return "\n".join(lines)


def _explain(found: list[LedgerEntry]) -> list[str]:
    lines = [f"{'':>9}{entry.url}: {entry.reason}" for entry in found[:SHOWN_PER_OUTCOME]]
    rest = len(found) - SHOWN_PER_OUTCOME
    return [*lines, f"{'':>9}and {rest} more"] if rest > 0 else lines
