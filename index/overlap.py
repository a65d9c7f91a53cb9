"""What of the site says the same as a given text: word for word (runs of four words), or by meaning (cosine)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from index.schema import FloatVector
from index.searcher import Searcher
from index.twins import find_twins, shingle_hashes
from ingest.schema import Passage

Likeness = Literal["copy", "near_copy", "same_subject"]

COPY_FROM = 0.8
"""Share of the text's four-word runs that the passage holds: one word changed in fifty leaves 85 %, as `gaps.checks.duplicate_passage`."""
NEAR_COPY_FROM = 0.3
"""A rewritten paragraph that keeps a third of its runs was written from the other one. On the sample clinic 95 passages in 100 share under
.22 with any other page, half of them under .03."""
SAME_SUBJECT_FROM = 0.7
"""Cosine: on the sample clinic one passage in four has one this near on another page; the median is .62. Read by eye, those speak of the
same thing."""

COPIED_WORDS = 25
"""Shorter passages (an address, a call to act) may repeat by right, as in `gaps.checks.duplicate_passage`."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """A passage of the site that says something of a text: `shared` is the share in [0, 1] of the text's four-word runs that it holds."""

    passage: Passage
    shared: float
    cosine: float

    @property
    def likeness(self) -> Likeness | None:
        """How alike the two are, None if they are not."""
        if self.shared >= COPY_FROM:
            return "copy"
        if self.shared >= NEAR_COPY_FROM:
            return "near_copy"
        return "same_subject" if self.cosine >= SAME_SUBJECT_FROM else None


class OverlapFinder:
    """Compares texts with every passage of an index; holds the passages' four-word runs."""

    def __init__(self, searcher: Searcher) -> None:
        self.searcher = searcher
        self._shingles = [shingle_hashes(passage.text) for passage in searcher.passages]

    def find(self, texts: Sequence[str], *, k: int = 3, without: frozenset[str] = frozenset()) -> list[list[Overlap]]:
        """For each text the at most k passages that are most like it, the most alike first; passages with an id of `without` left out."""
        cosines = self.searcher.passage_cosines(texts)
        return [self._nearest(text, row, k, without) for text, row in zip(texts, cosines, strict=True)]

    def copies(self, *, least_words: int = COPIED_WORDS) -> list[list[Passage]]:
        """Groups of passages of at least so many words that say nearly the same word for word, the largest groups first."""
        rows = [row for row, passage in enumerate(self.searcher.passages) if len(passage.text.split()) >= least_words]
        leaders = find_twins([self.searcher.passages[row].text for row in rows])
        groups: defaultdict[int, list[Passage]] = defaultdict(list)
        for row, leader in zip(rows, leaders, strict=True):
            groups[leader].append(self.searcher.passages[row])
        return sorted((group for group in groups.values() if len(group) > 1), key=lambda group: -len(group))

    def _nearest(self, text: str, cosines: FloatVector, k: int, without: frozenset[str]) -> list[Overlap]:
        own = shingle_hashes(text)
        shared = np.array([len(own & other) / len(own) for other in self._shingles])
        order = np.lexsort((np.arange(len(shared)), -cosines, -np.round(shared, 1)))
        found = (Overlap(self.searcher.passages[row], float(shared[row]), float(cosines[row])) for row in order)
        return [one for one, _ in zip((one for one in found if one.passage.passage_id not in without), range(k), strict=False)]
