"""The question log: what visitors asked, without who, and only as far as privacy allows.

One SQLite table of scrubbed text, day and confidence band, with a count. No address, account, session or time of day is ever given to it.
Text gets in through a scrubber only; it comes out only if it was asked on several days; and what is forgotten is overwritten on the disk.
"""

import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path

from gaps.errors import DamagedLog
from gaps.schema import Band, LoggedQuestion, band_of
from index.lexical import split_words

Scrub = Callable[[str], str]
"""The text without personal data: `safety.privacy.scrub`."""

DISTINCT_DAYS = 5
"""A wording is shown only if it was asked on this many days: without accounts, days stand in for people (k-anonymity with
k = 5, Sweeney 2002, https://doi.org/10.1142/S0218488502001648)."""
KEEP_DAYS = 395
"""Thirteen months: a year can be compared with the month a year before."""
LONGEST_QUESTION = 300
"""Characters: longer texts are stories, and stories identify."""
BUSY_SECONDS = 10.0

_BANDS: dict[str, Band] = {"high": "high", "medium": "medium", "low": "low"}
_TABLE = """
CREATE TABLE IF NOT EXISTS questions (
    text TEXT NOT NULL, day TEXT NOT NULL, band TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (text, day, band)
) WITHOUT ROWID
"""
_ADD = "INSERT INTO questions VALUES (?, ?, ?, 1) ON CONFLICT (text, day, band) DO UPDATE SET count = count + 1"


def append_question(log: Path, text: str, *, scrub: Scrub, day: date, confidence: float) -> None:
    """Adds a question to the log, scrubbed, on one line and cut to 300 characters; nothing if no word is left of it."""
    append_questions(log, [(text, day, confidence)], scrub=scrub)


def append_questions(log: Path, questions: "list[tuple[str, date, float]]", *, scrub: Scrub) -> None:
    """Adds many questions, each as text, day and calibrated confidence, in one transaction."""
    rows = [(_one_line(scrub(text)), day.isoformat(), band_of(confidence)) for text, day, confidence in questions]
    with _open(log) as database, database:
        database.executemany(_ADD, [row for row in rows if split_words(row[0])])


def read_questions(log: Path, *, distinct_days: int = DISTINCT_DAYS) -> list[LoggedQuestion]:
    """The questions that were asked on at least so many days, by text and day; wordings that differ in case and punctuation count as one.

    Of such wordings the most frequent is shown. Raises `DamagedLog` if the file is no question log; a missing file is an empty log.
    """
    if not log.exists():
        return []
    with _open(log) as database:
        rows = list(database.execute("SELECT text, day, band, count FROM questions ORDER BY text, day, band"))
    by_words: dict[str, list[LoggedQuestion]] = defaultdict(list)
    for text, day, band, count in rows:
        by_words[" ".join(split_words(text))].append(LoggedQuestion(text, date.fromisoformat(day), _band(band), count))
    return [question for asked in by_words.values() if len({one.day for one in asked}) >= distinct_days for question in _unify(asked)]


def count_withheld(log: Path, *, distinct_days: int = DISTINCT_DAYS) -> int:
    """How many questions the log holds that `read_questions` does not show."""
    if not log.exists():
        return 0
    with _open(log) as database:
        total = database.execute("SELECT coalesce(sum(count), 0) FROM questions").fetchone()[0]
    return int(total) - sum(question.count for question in read_questions(log, distinct_days=distinct_days))


def forget_old_questions(log: Path, *, today: date, keep_days: int = KEEP_DAYS) -> int:
    """How many rows older than `keep_days` were deleted: overwritten with zeros, and the file rewritten without them."""
    if not log.exists():
        return 0
    oldest = today - timedelta(days=keep_days)
    with _open(log) as database:
        with database:
            deleted = database.execute("DELETE FROM questions WHERE day < ?", (oldest.isoformat(),)).rowcount
        if deleted:
            database.execute("VACUUM")
    return deleted


@contextmanager
def _open(log: Path) -> Iterator[sqlite3.Connection]:
    log.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(log, timeout=BUSY_SECONDS)) as database:
        try:
            database.execute("PRAGMA secure_delete = ON")
            database.execute(_TABLE)
            yield database
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            raise DamagedLog(f"{log} is not a question log ({error}); move it away and a new one will be made.") from error


def _one_line(text: str) -> str:
    """The text on one line, without control characters, cut after a word."""
    visible = "".join(" " if unicodedata.category(char).startswith(("C", "Z")) else char for char in unicodedata.normalize("NFC", text))
    line = " ".join(visible.split())
    return line if len(line) <= LONGEST_QUESTION else line[:LONGEST_QUESTION].rsplit(" ", 1)[0]


def _unify(asked: list[LoggedQuestion]) -> Iterator[LoggedQuestion]:
    """The same questions under their most frequent wording, one for each day and band."""
    wordings: dict[str, int] = defaultdict(int)
    counts: dict[tuple[date, Band], int] = defaultdict(int)
    for one in asked:
        wordings[one.text] += one.count
        counts[one.day, one.band] += one.count
    text = min(wordings, key=lambda text: (-wordings[text], text))
    return (LoggedQuestion(text, day, band, count) for (day, band), count in sorted(counts.items()))


def _band(name: str) -> Band:
    if name not in _BANDS:
        raise DamagedLog(f"The question log holds the confidence band '{name}'; there are high, medium and low.")
    return _BANDS[name]
