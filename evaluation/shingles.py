"""Four-word shingles, and how well two texts agree in them."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import mean

SHINGLE_WORDS = 4
TOKEN = re.compile(r"\w+")

Shingles = Counter[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How a text agrees with its gold: precision and recall in [0, 1], as article-extraction-benchmark computes them for one page."""

    precision: float
    recall: float


def count_shingles(text: str) -> Shingles:
    """The multiset of a text's 4-word shingles; a text of fewer words is one shingle, an empty one has none."""
    words = TOKEN.findall(text)
    return Counter(tuple(words[start : start + SHINGLE_WORDS]) for start in range(max(1, len(words) - SHINGLE_WORDS + 1)) if words)


def compare_shingles(gold: Shingles, predicted: Shingles) -> Agreement:
    """Precision and recall of the predicted shingles (https://github.com/scrapinghub/article-extraction-benchmark, evaluate.py)."""
    agreed = (gold & predicted).total()
    return Agreement(_share(agreed, predicted.total(), gold.total()), _share(agreed, gold.total(), predicted.total()))


def average(agreements: Iterable[Agreement]) -> dict[str, float]:
    """Macro precision and recall over pages, and the F1 of those two."""
    pages = list(agreements)
    precision = mean(page.precision for page in pages) if pages else 0.0
    recall = mean(page.recall for page in pages) if pages else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"f1": f1, "precision": precision, "recall": recall}


def _share(agreed: int, own: int, other: int) -> float:
    """The benchmark's convention: two empty texts agree, an empty text beside a full one does not."""
    if not own:
        return 1.0 if not other else 0.0
    return agreed / own
