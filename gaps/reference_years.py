"""From when a reference is."""

import re

from ingest.schema import Reference

_YEAR = re.compile(r"(?<![\d.:/-])(?:19|20)\d\d(?![\d/])")
ADDRESS = re.compile(r"https?://\S+|www\.\S+|\bdoi:?\s*\S+|\b10\.\d{4,9}/\S+|\bPMC?(?:ID)?:?\s*\d+", re.IGNORECASE)
_READ_ON = re.compile(r"\b(?:accessed|retrieved|viewed|consultado)\b.*$", re.IGNORECASE)
_PAGES = re.compile(r"\b\d+\s?[-–]\s?\d+\b|\bpp?\.\s?\d+")


def year_of(reference: Reference) -> int | None:
    """The year of publication that an entry gives, or None: the latest year of its text, addresses and the day of reading left out."""
    text = ADDRESS.sub(" ", reference.text)
    years = _YEAR.findall(_PAGES.sub(" ", _READ_ON.sub("", text))) or _YEAR.findall(text)
    return max(map(int, years)) if years else None
