"""What a question calls for beside an answer: help first, a quiet line, or nothing. Needs no index and no model."""

from functools import lru_cache

from safety.crisis import detect_crisis
from safety.panel import read_panel
from safety.schema import PanelText
from search_api.clinic import Clinic
from search_api.schema import CrisisOut, PanelLineOut, PanelOut


def find_crisis(question: str, clinic: Clinic, language: str) -> CrisisOut | None:
    """The panel for a question that tells of a crisis or is about one, None for every other."""
    verdict = detect_crisis(question)
    if verdict.class_ == "none":
        return None
    return CrisisOut.model_validate({"class": verdict.class_, "panel": _present_panel(panel_text(clinic, language))})


def panel_text(clinic: Clinic, language: str) -> PanelText:
    """The clinic's crisis panel in this language."""
    return _read_panel_text(clinic.name, clinic.contact.phone, language)


@lru_cache(maxsize=16)
def _read_panel_text(name: str, phone: str, language: str) -> PanelText:
    return read_panel(clinic_name=name, clinic_phone=phone).text_for(language)


def _present_panel(text: PanelText) -> PanelOut:
    lines = [PanelLineOut(label=line.label, action=line.action, href=line.href) for line in text.lines]
    return PanelOut(heading=text.heading, message=text.message, support_line=text.support_line, lines=lines)
