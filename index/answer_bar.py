"""When a question counts as answered: the search is sure enough, or a sentence speaks for it so clearly that it need not be."""

from dataclasses import dataclass
from math import log

from index.calibration import STEEPNESS
from index.schema import Verdict

SUPPORT_WEIGHT = 1.0
"""What the support of the best sentence counts beside the evidence of the whole search, both on the scale of cosines. AUROC on the
development half of the sample clinic .959 without it, .959 with .5, .957 with 1, .950 with 2; on medical questions .917, .913, .907 and
.896; on the clinic's hard questions .751 without it and .778 with 1, for which it is kept."""


@dataclass(frozen=True, slots=True)
class AnswerBar:
    """The support at which a search that is as likely as not to be answered counts as answered. The default is the sample clinic's."""

    support: float = 0.74

    def judge(self, verdict: Verdict, confidence: float, support: float) -> Verdict:
        """The verdict once the sentences have been read; without one that answers, `answered` falls to `related`."""
        if weigh_evidence(confidence, support) >= self.support:
            return "answered"
        return "related" if verdict == "answered" else verdict


def weigh_evidence(confidence: float, support: float) -> float:
    """Support plus the confidence on the scale of cosines: 0 for a confidence of .5."""
    kept = min(max(confidence, 1e-9), 1 - 1e-9)
    return SUPPORT_WEIGHT * support + log(kept / (1 - kept)) / STEEPNESS
