"""Whether visitors found an answer helpful: counts by page, verdict and day. Who said so and what was asked is never given to it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gaps.errors import DamagedLog
from index.schema import Verdict

BUSY_SECONDS = 2.0
"""A visitor waits for this write: the vote is not worth more."""
_TABLE = """
CREATE TABLE IF NOT EXISTS votes (
    page TEXT NOT NULL, verdict TEXT NOT NULL, day TEXT NOT NULL, yes INTEGER NOT NULL, no INTEGER NOT NULL,
    PRIMARY KEY (page, verdict, day)
) WITHOUT ROWID
"""
_ADD = """
INSERT INTO votes VALUES (?, ?, ?, ?, ?)
ON CONFLICT (page, verdict, day) DO UPDATE SET yes = yes + excluded.yes, no = no + excluded.no
"""
_READ = "SELECT page, sum(yes), sum(no) FROM votes GROUP BY page HAVING count(DISTINCT day) >= ?"


@dataclass(frozen=True, slots=True)
class HelpfulVotes:
    """How many said yes and no."""

    yes: int = 0
    no: int = 0

    @property
    def share(self) -> float:
        """The share in [0, 1] of those who said yes; 0 if nobody voted."""
        return self.yes / (self.yes + self.no) if self.yes or self.no else 0.0


def helpful_votes_of(index: Path) -> Path:
    """Where the votes on an index are kept: beside its folder, as the question log."""
    root = index.resolve()
    return root.with_name(f"{root.name}-helpful.db")


def add_vote(file: Path, page: str, verdict: Verdict, *, helpful: bool, day: date) -> None:
    """Counts a vote on what a visitor was shown: `page` is the first page of it, "" if the site did not cover the question.

    Raises:
        DamagedLog: the file holds something else, or cannot be written.
    """
    with _open(file) as database, database:
        database.execute(_ADD, (page, verdict, day.isoformat(), int(helpful), int(not helpful)))


def read_votes(file: Path, *, distinct_days: int = 1) -> dict[str, HelpfulVotes]:
    """The votes on each page that was voted on so many days, all days together; nothing if there are none. Raises `DamagedLog`.

    A vote tells that somebody asked about what the page says: editors see it under the rule of the question log, days standing for people.
    """
    if not file.exists():
        return {}
    with _open(file) as database:
        rows = database.execute(_READ, (distinct_days,)).fetchall()
    return {page: HelpfulVotes(yes, no) for page, yes, no in rows}


def count_withheld_votes(file: Path, *, distinct_days: int) -> int:
    """How many votes there are that `read_votes` does not show. Raises `DamagedLog`."""
    every, shown = read_votes(file), read_votes(file, distinct_days=distinct_days)
    return sum(votes.yes + votes.no for page, votes in every.items() if page not in shown)


@contextmanager
def _open(file: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(file, timeout=BUSY_SECONDS)) as database:
            database.execute(_TABLE)
            yield database
    except sqlite3.Error as error:
        raise DamagedLog(f"{file} cannot be used ({error}); move it away and a new one will be made.") from error
