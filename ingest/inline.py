"""A run of inline text: whitespace collapsed as a browser does, with the spans of its links and superscripts."""

import re
from dataclasses import dataclass, field

from ingest.schema import Link

INVISIBLE = {ord(character): None for character in "\u00ad\u200b\u2060\ufeff"}
"""Soft hyphen, zero-width space, word joiner, byte order mark: a reader sees none of them."""

SYMBOL = re.compile(r"[\ue000-\uf8ff]")
"""Private use: glyphs of icon fonts."""


@dataclass(slots=True)
class InlineRun:
    """Text that grows piece by piece; offsets are those of the collapsed text."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    ends_in_space: bool = True
    breaks: int = 0
    """Line breaks since the last visible character."""
    media_follows: bool = False
    """Whether a picture, video, form or frame stands after the last visible character."""
    link_url: str = ""
    links: list[Link] = field(default_factory=list)
    linked: int = 0
    """Characters inside links."""
    superscripts: list[tuple[int, int]] = field(default_factory=list)
    _link_mark: tuple[int, int] = (0, 0)
    _superscript_mark: tuple[int, int] = (-1, -1)

    def add(self, raw: str) -> None:
        """Append text as it stands in the source."""
        if raw.isspace():
            self.separate()
            return
        shown = raw if raw.isascii() else SYMBOL.sub("", raw.translate(INVISIBLE))
        text = " ".join(shown.split())
        if len(text) < len(shown):
            if shown[:1].isspace() and not self.ends_in_space:
                text = " " + text
            if text and shown[-1].isspace():
                text += " "
        if text:
            self._append(text)

    def separate(self, separator: str = " ") -> None:
        """Make sure that what follows is not glued to what came before."""
        if self.length and not (separator == " " and self.ends_in_space):
            self._append(separator.lstrip(" ") if self.ends_in_space else separator)

    def line_break(self) -> None:
        """A `<br>`: a space to us, and one more of those in a row that make a new paragraph."""
        self.separate()
        self.breaks += 1

    def open_link(self, url: str) -> None:
        """A link begins here; a link inside a link ends the outer one, as in a browser."""
        if self.link_url:
            self.close_link()
        if self.links and self.links[-1].end == self.length:
            self.separate()  # entries of a menu that a style sheet sets apart
        self.link_url, self._link_mark = url, (len(self.pieces), self.length)

    def close_link(self) -> None:
        """The link ends here."""
        if self.link_url and (found := self._written_since(self._link_mark)):
            start, text = found
            self.links.append(Link(text, self.link_url, start, start + len(text)))
            self.linked += len(text)
        self.link_url = ""

    def open_superscript(self) -> None:
        """A superscript begins here."""
        self._superscript_mark = (len(self.pieces), self.length)

    def close_superscript(self) -> None:
        """The superscript ends here."""
        if self._superscript_mark[0] >= 0 and (found := self._written_since(self._superscript_mark)):
            start, text = found
            self.superscripts.append((start, start + len(text)))
        self._superscript_mark = (-1, -1)

    def restart(self, link_url: str) -> None:
        """Begin anew, with this link open ("" for none): one run serves a whole page."""
        self.pieces.clear()
        self.links.clear()
        self.superscripts.clear()
        self.length = self.breaks = self.linked = 0
        self.ends_in_space = True
        self.media_follows = False
        self.link_url, self._link_mark, self._superscript_mark = link_url, (0, 0), (-1, -1)

    def text(self) -> str:
        """The run without the space at its end."""
        return "".join(self.pieces).rstrip(" ")

    def _append(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)
        self.ends_in_space = text.endswith(" ")
        if text != " ":
            self.breaks = 0
            self.media_follows = False

    def _written_since(self, mark: tuple[int, int]) -> tuple[int, str] | None:
        """Start and text of what was written since the mark, without spaces at either end; None if nothing was."""
        written = "".join(self.pieces[mark[0] :])
        text = written.strip(" ")
        return (mark[1] + len(written) - len(written.lstrip(" ")), text) if text else None
