"""The theme of the sample clinic: its data (`theme.toml`), its templates, and what they draw by lot."""

import tomllib
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from html import escape
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Lot:
    """Draws that depend on a page's URL alone, so that the site comes out the same every time."""

    url: str
    _counter: "count[int]" = field(default_factory=count)

    def number(self, salt: str, sides: int) -> int:
        """A number from 0 to sides - 1."""
        return int(sha256(f"{self.url}|{salt}".encode()).hexdigest(), 16) % sides

    def pick(self, salt: str, choices: Sequence[T]) -> T:
        """One of the choices."""
        return choices[self.number(salt, len(choices))]

    def shuffled(self, salt: str, choices: Sequence[T]) -> list[T]:
        """The choices in an order of this page's own."""
        order = sorted(range(len(choices)), key=lambda position: self.number(f"{salt}{position}", 2**32))
        return [choices[position] for position in order]

    def next_id(self) -> str:
        """Seven hexadecimal digits, new at every call, as page builders name their elements."""
        return f"{self.number(f'element{next(self._counter)}', 16**7):07x}"


@dataclass(frozen=True, slots=True)
class Theme:
    """`data` is `theme.toml`; `templates` renders the files beside it."""

    data: dict[str, Any]
    templates: Environment

    def section(self, name: str) -> dict[str, Any]:
        """What `theme.toml` says about a section.

        Raises:
            KeyError: it says nothing.
        """
        found: dict[str, Any] = self.data["sections"][name]
        return found


def load_theme(folder: Path) -> Theme:
    """The theme in a folder."""
    templates = Environment(
        loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    templates.globals["picture"] = picture
    templates.globals["logo"] = logo
    templates.filters["long_date"] = long_date
    return Theme(tomllib.loads((folder / "theme.toml").read_text(encoding="utf-8")), templates)


def long_date(day: date) -> str:
    """A date as American sites print it: February 17, 2026."""
    return f"{day:%B} {day.day}, {day.year}"


def picture(name: str, _alternative: str = "") -> str:
    """A calm landscape as a data URI: hills and a sky whose colours depend on the name."""
    lot = Lot(name)
    hue, sun = 150 + lot.number("hue", 70), 80 + lot.number("sun", 480)
    hills = "".join(
        f'<path fill="hsl({hue + 8 * layer} 28% {62 - 12 * layer}%)" d="M0 {150 + 30 * layer}q{80 + lot.number(f"w{layer}", 160)} '
        f'{-70 + lot.number(f"h{layer}", 50)} 320 0t320 0v200H0z"/>'
        for layer in range(3)
    )
    return data_uri(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 240" preserveAspectRatio="xMidYMid slice">'
        f'<path fill="hsl({hue} 45% 90%)" d="M0 0h640v240H0z"/>'
        f'<circle cx="{sun}" cy="70" r="34" fill="hsl(42 80% 82%)"/>{hills}</svg>'
    )


def logo(name: str) -> str:
    """A word mark as a data URI, wide enough for its name."""
    width = 40 + 12 * len(name)
    return data_uri(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 60"><text x="{width // 2}" y="38" text-anchor="middle" '
        f'font-family="Georgia,serif" font-size="24" fill="#5b6b73">{escape(name)}</text></svg>'
    )


def data_uri(svg: str) -> str:
    """An SVG as the value of `src`."""
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
