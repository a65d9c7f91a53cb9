"""Pages that say nearly the same, such as one page per city: found by minhash (Broder 1997), checked exactly."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from index.lexical import split_words

SHINGLE = 4
"""Words in a row that are compared."""
TWIN_FROM = 0.8
"""Share of shingles in common (Jaccard) from which one page is enough for a reader."""
HASHES, ROWS = 96, 4
"""24 bands of 4: two pages with .8 in common are missed once in 10^5, with .5 compared four times in five."""
_PRIME = (1 << 61) - 1


def find_twins(texts: Sequence[str]) -> list[int]:
    """For each text the number of the first text that says nearly the same, its own number if there is none."""
    shingles = [shingle_hashes(text) for text in texts]
    leaders = list(range(len(texts)))
    for first, second in sorted(set(_candidates(shingles))):
        if _share(shingles[first], shingles[second]) >= TWIN_FROM:
            leaders[second] = min(leaders[second], leaders[first])
    return leaders


def shingle_hashes(text: str) -> frozenset[int]:
    """Hashes of all runs of four words; of the whole text if it is shorter."""
    words = split_words(text)
    runs = (" ".join(words[start : start + SHINGLE]) for start in range(max(len(words) - SHINGLE + 1, 1)))
    return frozenset(int.from_bytes(blake2b(run.encode(), digest_size=4).digest(), "big") for run in runs)


def _share(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / len(one | other)


def _candidates(shingles: Sequence[frozenset[int]]) -> Iterator[tuple[int, int]]:
    buckets: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    for number, signature in enumerate(_signatures(shingles)):
        for band in range(0, HASHES, ROWS):
            buckets[band, signature[band : band + ROWS].tobytes()].append(number)
    for bucket in buckets.values():
        yield from combinations(bucket, 2)


def _signatures(shingles: Iterable[frozenset[int]]) -> Iterator[NDArray[np.uint64]]:
    generator = np.random.default_rng(1)
    factors = generator.integers(1, 1 << 28, HASHES, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    offsets = generator.integers(0, 1 << 60, HASHES, dtype=np.uint64)
    for hashes in shingles:
        values = np.fromiter(sorted(hashes), np.uint64, len(hashes))
        yield ((values[:, None] * factors + offsets) % np.uint64(_PRIME)).min(axis=0)
