"""What a slip of the finger costs: the same queries with and without one, so that nothing else differs."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from evaluation.beir_site import CACHE, choose_half, open_dataset
from evaluation.judged_site import is_judged_site, open_judged_site, read_site_queries
from evaluation.retrieval import search_documents
from evaluation.retrieval_runs import MAIN, paired_p, score_run
from evaluation.site_retrieval import search_sections
from index.judgments import JudgedQuery, read_queries
from index.schema import Embedder
from index.searcher import Searcher
from index.vocabulary import Reading, Vocabulary

Find = Callable[[Searcher, str], dict[str, float]]
"""What is listed for a query, with scores that order."""

SHORTEST = 5
"""Letters of the shortest word in which a slip is made: shorter ones become other words."""
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
SPOKEN = (
    ("ph", "f"),
    ("ie", "ei"),
    ("ei", "ie"),
    ("tion", "sion"),
    ("y", "i"),
    ("ae", "e"),
    ("ea", "e"),
    ("ck", "k"),
    ("c", "s"),
    ("sc", "s"),
)
"""Letters written as they sound."""
MISSPELT = "misspelt"
"""The kind of query of the sample clinic that is misspelt already."""


def measure_misspelling(
    folder: Path, *, detail: bool = False, half: str = "", embedder: Embedder | None = None, cache: Path = CACHE
) -> dict[str, Any]:
    """nDCG@10 of queries as they stand and with one slip in their longest word, what the slip costs, and how many were mended.

    Slips are those of typists (a letter lost, doubled, exchanged with its neighbour in the word or on the keyboard: Damerau 1964,
    https://doi.org/10.1145/363958.363994) and of people who write as they hear. The same query gets the same slip in every run. Queries
    without a long word, and those that are misspelt already, are left out.

    `detail` adds what a slip costs where no spelling is mended.
    """
    searcher, queries = _open(folder, half, embedder, cache)
    slipped = [replace(query, text=slip) for query in queries if (slip := slip_in(query.text)) != query.text]
    plain = [query for query in queries if slip_in(query.text) != query.text]
    find = search_sections if is_judged_site(folder) else search_documents
    typed = {query.query_id: find(searcher, query.text) for query in plain}
    mistyped = {query.query_id: find(searcher, query.text) for query in slipped}
    before, after = (score_run(plain, run)[str(MAIN)] for run in (typed, mistyped))
    mended = sum(_is_mended(searcher, one.text, other.text) for one, other in zip(plain, slipped, strict=True))
    figures = {
        "queries": len(plain),
        "nDCG@10 as typed": before,
        "nDCG@10 with a slip": after,
        "loss": before - after,
        "p": paired_p(plain, typed, mistyped),
        "mended": mended / len(plain),
    }
    return figures | (_without_mending(searcher, slipped, find) if detail else {})


class _AsTyped(Vocabulary):
    """A vocabulary that mends no spelling."""

    def __init__(self, other: Vocabulary) -> None:
        self.__dict__.update(other.__dict__)

    def interpret(self, query: str, *, correct: bool = False) -> Reading:  # noqa: ARG002  # whatever is asked for
        return super().interpret(query, correct=False)


def _without_mending(searcher: Searcher, slipped: Sequence[JudgedQuery], find: Find) -> dict[str, float]:
    verbatim = searcher.with_vocabulary(_AsTyped(searcher.vocabulary))
    run = {query.query_id: find(verbatim, query.text) for query in slipped}
    return {"nDCG@10 with a slip, unmended": score_run(slipped, run)[str(MAIN)]}


def _is_mended(searcher: Searcher, typed: str, mistyped: str) -> bool:
    return searcher.read_query(mistyped).interpretation.corrected.lower() == typed.lower()


def _open(folder: Path, half: str, embedder: Embedder | None, cache: Path) -> tuple[Searcher, list[JudgedQuery]]:
    if is_judged_site(folder):
        rows = [row for row in read_site_queries(folder, half=half) if row.judged.relevant and row.kind != MISSPELT]
        return open_judged_site(folder, embedder=embedder, cache=cache), [row.judged for row in rows]
    queries = [query for query in read_queries(folder) if query.relevant]
    return open_dataset(folder, embedder=embedder, cache=cache), choose_half(queries, half)


def slip_in(query: str) -> str:
    """The query with one slip in its longest word, the same in every run; unchanged if all words are short, capitals or numbers."""
    words = query.split(" ")
    longest = max(range(len(words)), key=lambda at: len(words[at]) if words[at].isalpha() and not words[at].isupper() else 0)
    word = words[longest]
    if len(word) < SHORTEST or not word.isalpha() or word.isupper():
        return query
    choices = sorted({slip for slip in _slips(word) if slip != word})
    words[longest] = Random(query).choice(choices)
    return " ".join(words)


def _slips(word: str) -> Iterator[str]:
    """All slips after the first letter, which people seldom get wrong."""
    for at in range(1, len(word)):
        yield word[:at] + word[at + 1 :]
        yield word[:at] + word[at] + word[at:]
        yield word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :] if at > 1 else word
        yield from (word[:at] + near + word[at + 1 :] for near in _neighbours(word[at]))
    for written, heard in SPOKEN:
        at = word.find(written, 1)
        yield word[:at] + heard + word[at + len(written) :] if at > 0 else word


def _neighbours(letter: str) -> str:
    row = next((row for row in ROWS if letter in row), letter)
    at = row.index(letter)
    return row[max(at - 1, 0) : at] + row[at + 1 : at + 2]
