"""The nouns of gaps: what was asked, and what is missing."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Literal

Severity = Literal["error", "warning", "notice"]
"""`error`: a reader is misled or stopped. `warning`: a reader is served badly. `notice`: worth a look when the page is edited next."""

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "notice")
"""The worst first."""

Band = Literal["high", "medium", "low"]
"""How sure the search was that the site covers a question: the calibrated confidence, cut at the two limits below."""

HIGH_CONFIDENCE, LOW_CONFIDENCE = 2 / 3, 1 / 3
"""Even thirds of a calibrated probability: two chances in three that the site answers, or less than one."""


def band_of(confidence: float) -> Band:
    """The band of a calibrated confidence in [0, 1]."""
    if confidence >= HIGH_CONFIDENCE:
        return "high"
    return "medium" if confidence >= LOW_CONFIDENCE else "low"


@dataclass(frozen=True, slots=True)
class LoggedQuestion:
    """What the log holds of a question: the scrubbed text, the day and the band; asked `count` times on that day."""

    text: str
    day: date
    band: Band
    count: int = 1


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that an editor should write, fix or merge.

    `subject` says in a few words what it is about (a marker, a link, a question); `place` is a deep link to the words; `reason` is what
    is wrong, `evidence` the site's own words, `advice` what to do. `pages` are all pages concerned, that of `place` first. `demand` is how
    often a month visitors ask for it, 0 if unknown. `site_wide` gaps are one and the same wherever they show: a link that
    stands on many pages is dead once. `check` is the name of the check's file, set by `run_check`.
    """

    severity: Severity
    subject: str
    place: str
    reason: str
    evidence: str
    advice: str
    pages: tuple[str, ...] = ()
    demand: float = 0.0
    site_wide: bool = False
    check: str = ""

    @property
    def gap_id(self) -> str:
        """A hash of check, page and subject, by which two runs are compared; the page does not count for a site-wide gap."""
        page = "" if self.site_wide or not self.pages else self.pages[0]
        return sha256("\x1f".join((self.check, page, self.subject)).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Silence:
    """A false alarm put to rest in `clinic.toml`, with the reason. Empty `page` or `subject` match any; `*` in them matches any text."""

    check: str
    reason: str
    page: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class SilencedGap:
    """A gap that is not reported, and the editor's reason."""

    gap: Gap
    reason: str


@dataclass(frozen=True, slots=True)
class GapReport:
    """What one run found, the most pressing first, what changed since the run before, and what editors put to rest."""

    day: date
    gaps: tuple[Gap, ...]
    opened: tuple[Gap, ...] = ()
    closed: tuple[Gap, ...] = ()
    silenced: tuple[SilencedGap, ...] = ()
    previous_day: date | None = None


Fate = Literal["alive", "moved", "dead", "blocked", "unknown"]
"""`blocked`: the server is there and will not show this page to a program (403, a challenge): a person may well see it."""


@dataclass(frozen=True, slots=True)
class Reached:
    """What became of an address: where it leads in the end, and the answer in words ("404", "no such host")."""

    fate: Fate
    url: str
    said: str = ""
