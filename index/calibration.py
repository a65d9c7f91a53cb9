"""How sure a search is: learned per site when its index is built."""

from dataclasses import dataclass

from index.schema import Verdict


@dataclass(frozen=True, slots=True)
class Calibration:
    """From the best cosine of a query to a verdict."""

    related_from: float = 0.30
    answered_from: float = 0.45

    def judge(self, confidence: float) -> Verdict:
        """The band in which a confidence falls."""
        if confidence >= self.answered_from:
            return "answered"
        return "related" if confidence >= self.related_from else "not_covered"
