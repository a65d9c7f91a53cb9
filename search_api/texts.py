"""What our own pages say, in the visitor's language: one file a language in `languages/`, so that a new file is a new language."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

FALLBACK = "en"
"""The language of a visitor and a clinic of which no language file knows."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The interface in one language; `script`, `widget` and `desk_script` are what search.js, widget.js and desk.js say.

    `sentences` are those of all pages; the files keep what only signed-in people read in a table of its own, `[desk]`.
    """

    language: str
    name: str
    months: tuple[str, ...]
    date_pattern: str
    sentences: Mapping[str, str]
    script: Mapping[str, str]
    widget: Mapping[str, str]
    desk_script: Mapping[str, str]

    def say(self, key: str, count: int | None = None, **values: object) -> str:
        """The sentence of this key with its words filled in; with a count the singular (`_one`) or plural (`_many`) of it."""
        form = "" if count is None else "_one" if count == 1 else "_many"
        return self.sentences[key + form].format(count=count, **values)

    def say_date(self, day: date) -> str:
        """A day as this language writes it."""
        return self.date_pattern.format(day=day.day, month=self.months[day.month - 1], year=day.year)


@cache
def known_languages() -> tuple[str, ...]:
    """The codes of all language files, in alphabetical order."""
    folder = files("search_api") / "languages"
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml")))


@cache
def read_texts(language: str) -> Texts:
    """The texts of a known language. Raises `ValueError` for any other."""
    if language not in known_languages():
        raise ValueError(f"There are no texts in {language!r}; there are {', '.join(known_languages())}.")
    content = tomllib.loads((files("search_api") / "languages" / f"{language}.toml").read_text("utf-8"))
    months, date_pattern = tuple(content.pop("months")), content.pop("date")
    sentences = content.pop("sentences") | content.pop("desk")
    return Texts(language=language, months=months, date_pattern=date_pattern, sentences=sentences, **content)


def choose_language(asked: str, accept_language: str, default: str) -> str:
    """The known language that was asked for, else the one that the browser likes best, else the clinic's, else English.

    `accept_language` is the header of that name (https://www.rfc-editor.org/rfc/rfc9110#field.accept-language).
    """
    for wish in (asked, *_preferred_languages(accept_language), default):
        code = wish.strip().lower().partition("-")[0]
        if code in known_languages():
            return code
    return FALLBACK


def _preferred_languages(header: str) -> list[str]:
    """The language tags of the header, the most wanted first; those with weight 0 are not wanted."""
    wishes = re.findall(r"([A-Za-z]{2,3})(?:-[\w-]+)?\s*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*(?:,|$)", header[:200])
    weighted = [(float(weight or 1), tag) for tag, weight in wishes]
    return [tag for weight, tag in sorted(weighted, key=lambda wish: -wish[0]) if weight > 0]
