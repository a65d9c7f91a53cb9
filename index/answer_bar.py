"""When a question counts as answered: the search is sure enough, or a sentence speaks for it so clearly that it need not be."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from index.calibration import STEEPNESS
from index.schema import Verdict
from index.sentence_scoring import Candidate, Reads, best_reading, best_support

READING_WEIGHT = 0.12
"""What a logit of the answer reader counts beside the evidence of the whole search, on the scale of cosines. AUROC on the development half
of the sample clinic, on its hard questions and on medical ones with .05: .968, .819 and .918; .08: .972, .833, .916; .12: .971, .841, .910;
.2: .966, .846, .904; for the search alone .959, .750 and .917, with the support in the reading's place .957, .778 and .907. Half of the
support beside the reading moves none of them by more than .004: it speaks only where there is no reader."""
WITHOUT_READER, WITH_READER = 0.74, 0.01
"""The bars of the sample clinic, for sites on which none can be placed: a reading of 0 says as much as not, a support of 0 nothing."""


@dataclass(frozen=True, slots=True)
class AnswerBar:
    """The evidence from which a question counts as answered."""

    evidence: float = WITHOUT_READER

    def judge(self, verdict: Verdict, evidence: float) -> Verdict:
        """The verdict once the sentences have been read; without one that answers, `answered` falls to `related`."""
        if evidence >= self.evidence:
            return "answered"
        return "related" if verdict == "answered" else verdict


def usual_bar(*, has_reader: bool) -> AnswerBar:
    """The bar of a site that has none of its own."""
    return AnswerBar(WITH_READER if has_reader else WITHOUT_READER)


def weigh_answer(confidence: float, candidates: Sequence[Candidate], reads: Reads | None = None) -> float:
    """All that speaks for an answer: how sure the search is, and how the sentences read or, without a reader, what they support.

    On the scale of cosines, on which a confidence of .5 is 0.
    """
    kept = min(max(confidence, 1e-9), 1 - 1e-9)
    sentences = READING_WEIGHT * best_reading(candidates, reads) if reads else best_support(candidates)
    return sentences + log(kept / (1 - kept)) / STEEPNESS
