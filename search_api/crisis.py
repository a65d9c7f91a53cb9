"""What a question calls for beside an answer: help first, a quiet line, or nothing. Needs no index, and no model."""

import logging
from collections.abc import Callable
from datetime import date
from typing import TypeAlias

from safety.crisis import detect_crisis
from safety.panel import overdue
from safety.schema import PanelText, Similarity
from search_api.clinic import Clinic
from search_api.schema import MAX_QUERY_CHARACTERS, MAX_SENT_CHARACTERS, CrisisOut, PanelLineOut, PanelOut

log = logging.getLogger("clinic_search")

FindCrisis: TypeAlias = Callable[[str, str], CrisisOut | None]
"""A question and the visitor's language to what `find_crisis` gives for this clinic."""


def find_crisis(question: str, language: str, *, clinic: Clinic, similarity: Similarity | None = None) -> CrisisOut | None:
    """The panel for a question that tells of a crisis or is about one, None for every other.

    A text longer than a question may be is read wholly by the phrases, which takes two seconds at the most; the vote reads its beginning.
    """
    near = similarity and (lambda text: similarity(text[:MAX_QUERY_CHARACTERS]))
    verdict = detect_crisis(question[:MAX_SENT_CHARACTERS], similarity=near)
    if verdict.class_ == "none":
        return None
    return CrisisOut.model_validate({"class": verdict.class_, "panel": _present_panel(panel_text(clinic, language))})


def panel_text(clinic: Clinic, language: str) -> PanelText:
    """The clinic's crisis panel in this language."""
    return clinic.crisis_panel.text_for(language)


def warn_if_overdue(clinic: Clinic, today: date) -> None:
    """Says in the log that somebody should read the crisis panel again, once its day has passed."""
    panel = clinic.crisis_panel
    if overdue(panel, today):
        log.warning(
            "The crisis panel should have been reviewed by %s (owner: %s). Check its numbers and wording, then change review_by.",
            panel.review_by,
            panel.owner,
        )


def _present_panel(text: PanelText) -> PanelOut:
    lines = [PanelLineOut(label=line.label, action=line.action, href=line.href) for line in text.lines]
    return PanelOut(heading=text.heading, message=text.message, support_line=text.support_line, lines=lines)
