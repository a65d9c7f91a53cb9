"""The nouns of safety: what a text tells of its writer, what is shown to a person in crisis, what must not be kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

CrisisClass = Literal["crisis", "support", "none"]
"""crisis: somebody may be in danger now; support: about suicide, self-harm or violence, without that; none: everything else."""

Similarity: TypeAlias = Callable[[str], float]
"""A text to how far it lies above what counts as close to the crisis examples: 0 at the floor, about 1 among them, below 0 far off."""

PersonalKind = Literal[
    "person", "email", "phone", "address", "birth_date", "age", "ssn", "record_number", "card", "ip", "url", "handle", "plate", "device"
]
"""What a span of personal data is; the names are those of corpus/judgments/privacy.tsv."""


@dataclass(frozen=True, slots=True)
class CrisisVerdict:
    """What a text calls for. `reason` names the group of phrases that decided; it never holds words of the text."""

    class_: CrisisClass
    reason: str


@dataclass(frozen=True, slots=True)
class PanelLine:
    """One way to reach a person: `label` says who, `action` what to do, `href` does it with one tap (`tel:`, `sms:`, `https:`)."""

    label: str
    action: str
    href: str


@dataclass(frozen=True, slots=True)
class PanelText:
    """The panel in one language: heading, words before the lines, the lines in order, and the quiet line for the class support."""

    heading: str
    message: str
    support_line: str
    lines: tuple[PanelLine, ...]


@dataclass(frozen=True, slots=True)
class CrisisPanel:
    """What a person in crisis sees first. `owner` answers for its wording; `review_by` is the last day on which it counts as checked."""

    owner: str
    reviewed_on: date
    review_by: date
    texts: Mapping[str, PanelText]

    def text_for(self, language: str) -> PanelText:
        """The panel in this language (a code such as "es" or "es-MX"), in English if it has none."""
        return self.texts.get(language[:2].lower(), self.texts["en"])


@dataclass(frozen=True, slots=True)
class Span:
    """Personal data in a text: offsets in code points, end exclusive."""

    start: int
    end: int
    kind: PersonalKind
