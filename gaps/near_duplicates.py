"""Texts that are nearly the same, found in a time that grows with the number of texts and not with its square.

A text is the set of its four-word shingles. Of each set the smallest few hashes are its sketch: two texts with much in common share some of
them almost surely (Broder 1997, https://doi.org/10.1109/SEQUEN.1997.666900). Texts that share one are then compared exactly.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from heapq import nsmallest
from zlib import crc32

from index.lexical import split_words

SHINGLE_WORDS = 4
SKETCH_SIZE = 24
"""Hashes kept of each text: two texts that share 70 % of their shingles miss each other once in 10^9 times."""
MAX_COMPARED = 8
"""Texts compared exactly with a new one, those with most of the sketch in common first."""


def find_shingles(text: str) -> frozenset[int]:
    """The hashes of the four-word runs of a text, case and punctuation left out; of a shorter text the hash of all of it."""
    words = split_words(text)
    runs = range(max(1, len(words) - SHINGLE_WORDS + 1))
    return frozenset(crc32(" ".join(words[at : at + SHINGLE_WORDS]).encode()) for at in runs)


def resemblance(first: frozenset[int], second: frozenset[int]) -> float:
    """The share in [0, 1] of all shingles of the two that both have (Jaccard)."""
    union = len(first | second)
    return len(first & second) / union if union else 0.0


def group_near_duplicates(shingles: Sequence[frozenset[int]], *, threshold: float) -> list[list[int]]:
    """Groups of two or more texts that resemble the first of their group by at least the threshold, as numbers in rising order."""
    groups: dict[int, list[int]] = {}
    buckets: dict[int, list[int]] = defaultdict(list)
    for at, own in enumerate(shingles):
        sketch = nsmallest(SKETCH_SIZE, own)
        shared = Counter(leader for value in sketch for leader in buckets[value])
        leader = next((other for other, _ in shared.most_common(MAX_COMPARED) if resemblance(own, shingles[other]) >= threshold), None)
        if leader is not None:
            groups[leader].append(at)
        else:
            groups[at] = [at]
            for value in sketch:
                buckets[value].append(at)
    return [members for members in groups.values() if len(members) > 1]
