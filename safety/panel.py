"""The crisis panel: one validated file, read without anything else of the system."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from typing import Any

from safety.schema import CrisisPanel, PanelLine, PanelText

LANGUAGES = ("en", "es")
REQUIRED_LINKS = ("tel:988", "sms:988", "https://988lifeline.org/chat", "tel:711", "tel:911")
"""What every language must offer: the lifeline by call, text and chat, the relay for TTY, and the emergency number."""
REQUIRED_WORDS = {"the Spanish line (press 2)": r"988\D*\b2\b", "the Veterans line (press 1)": r"988\D*\b1\b"}
_LINK = re.compile(r"(?:tel|sms):\+?\d[\d-]*|https://\S+")
_CLINIC = "{clinic_phone}"


class PanelError(ValueError):
    """A crisis panel file that must not go live; the message says what is missing and what would be right."""


def read_panel(
    *, clinic_name: str = "", clinic_phone: str = "", text: str | None = None, own: Mapping[str, Any] | None = None
) -> CrisisPanel:
    """The crisis panel of the bundled file, or of the TOML in `text`, with the clinic's own line filled in (left out without a phone).

    `own` is a panel that was read already, as clinic.toml may hold one under [crisis]; it counts unless empty. Needs no index, model or
    vocabulary. Raises `PanelError`.
    """
    content = own or _parse(files("safety").joinpath("crisis_panel.toml").read_text("utf-8") if text is None else text)
    panel = CrisisPanel(
        owner=_text(content, "owner"),
        reviewed_on=_date(content, "reviewed_on"),
        review_by=_date(content, "review_by"),
        texts={language: _read_language(content, language, clinic_name or "Our clinic", clinic_phone) for language in LANGUAGES},
    )
    if panel.review_by < panel.reviewed_on:
        raise PanelError(f"'review_by' ({panel.review_by}) lies before 'reviewed_on' ({panel.reviewed_on}); it should lie after it.")
    return panel


def overdue(panel: CrisisPanel, today: date) -> bool:
    """Whether the day has passed by which the panel should have been read again."""
    return today > panel.review_by


def _parse(text: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PanelError(f"The crisis panel is not valid TOML: {error}.") from error


def _read_language(content: Mapping[str, Any], language: str, clinic_name: str, clinic_phone: str) -> PanelText:
    table = content.get(language)
    if not isinstance(table, dict) or not isinstance(table.get("lines"), list):
        raise PanelError(f"The crisis panel lacks [{language}] with its 'lines'; it should have both English and Spanish.")
    lines = tuple(
        _fill(line, clinic_name, clinic_phone) for line in map(_read_line, table["lines"]) if clinic_phone or _CLINIC not in line.href
    )
    _require(lines, language)
    return PanelText(
        heading=_text(table, "heading"), message=_text(table, "message"), support_line=_text(table, "support_line"), lines=lines
    )


def _read_line(entry: object) -> PanelLine:
    if not isinstance(entry, dict):
        raise PanelError("A line of the crisis panel should be a table with label, action and href.")
    return PanelLine(label=_text(entry, "label"), action=_text(entry, "action"), href=_text(entry, "href"))


def _fill(line: PanelLine, clinic_name: str, clinic_phone: str) -> PanelLine:
    digits = re.sub(r"[^\d+]", "", clinic_phone)
    label, action = (part.replace("{clinic_name}", clinic_name).replace(_CLINIC, clinic_phone) for part in (line.label, line.action))
    href = line.href.replace(_CLINIC, digits)
    if not _LINK.fullmatch(href):
        raise PanelError(f"The link '{href}' of '{label}' should begin with tel:, sms: or https:// and lead to a number or an address.")
    return PanelLine(label=label, action=action, href=href)


def _require(lines: tuple[PanelLine, ...], language: str) -> None:
    links = {line.href for line in lines}
    missing = [link for link in REQUIRED_LINKS if link not in links]
    missing += [name for name, pattern in REQUIRED_WORDS.items() if not any(re.search(pattern, line.action) for line in lines)]
    if missing:
        raise PanelError(f"The crisis panel in '{language}' lacks {', '.join(missing)}; every language should offer them all.")


def _text(table: Mapping[str, Any], key: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        raise PanelError(f"'{key}' is missing in the crisis panel; it should be a text.")
    return value.strip()


def _date(table: Mapping[str, Any], key: str) -> date:
    value = table.get(key)
    if not isinstance(value, date):
        raise PanelError(f"'{key}' is missing in the crisis panel; it should be a day such as 2027-05-23.")
    return value
