"""A page without a DOM: headings, lists and paragraphs from its lines."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.schema import Block
from ingest.wording import REFERENCES

TEXT_ROOT = "text"
MAX_HEADING_WORDS = 15
MAX_HEADING_CHARACTERS = 120
BULLET = re.compile(r"^(\s*)[•◦▪‣·*–-]\s+(?=\S)")
NUMBER = re.compile(r"^(\s*)(?=(?:\d{1,3}|[a-z])[.)]\s+\S)")
MIN_TOPIC_HEADINGS = 3
TOPIC_SHARE = 0.2
"""A topic that fewer headings name is no measure of their level."""

SENTENCE_END = re.compile(r"[.!,;:…][”\"’)\]]?(?:\d{1,3}(?:[,–-]\d{1,3})*)?$")


def split_plain_text(content: str) -> list[Block]:
    """The blocks of a plain-text page, in reading order.

    A short line without end punctuation between blank lines is a heading, its anchor is its slug; bulleted and numbered lines are
    list items whose `dom_path` nests as they are indented; every other line is a paragraph. Lists and runs of lines share an ancestor.
    """
    return _give_levels(_Lines(content.splitlines()).read())


def slug(text: str) -> str:
    """The text in lower case, words joined by hyphens: what a heading's anchor looks like."""
    return "-".join(re.findall(r"\w+", text.lower()))


class _Lines:
    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.blocks: list[Block] = []
        self.serial = 0
        self.open_lists: list[tuple[int, int]] = []

    def read(self) -> list[Block]:
        between_items = False
        for number, line in enumerate(self.lines):
            text = " ".join(line.split())
            item = BULLET.match(line) or NUMBER.match(line)
            if item:
                self._add_item(len(item[1]), " ".join(line[item.end() :].split()))
            elif between_items and text and line[:1].isspace() and self.open_lists and self.blocks:
                self._continue_item(text)
            elif any(map(str.isalnum, text)):
                self._add_line(text, is_alone=self._is_blank(number - 1) and self._is_blank(number + 1))
            between_items = bool(item) or (between_items and bool(text))
        return self.blocks

    def _is_blank(self, number: int) -> bool:
        return not 0 <= number < len(self.lines) or not self.lines[number].strip()

    def _add_item(self, indent: int, text: str) -> None:
        while self.open_lists and self.open_lists[-1][0] > indent:
            self.open_lists.pop()
        if not self.open_lists or self.open_lists[-1][0] < indent:
            self.serial += 1
            self.open_lists.append((indent, self.serial))
        self._append(Block(text, "list_item"), "li")

    def _continue_item(self, text: str) -> None:
        last = self.blocks[-1]
        self.blocks[-1] = replace(last, text=f"{last.text} {text}")

    def _add_line(self, text: str, *, is_alone: bool) -> None:
        self.open_lists.clear()
        if is_alone and _is_heading(text):
            self._append(Block(text, "heading", 2, slug(text)), "h")
        else:
            self._append(Block(text, "paragraph"), "p")

    def _append(self, block: Block, tag: str) -> None:
        self.serial += 1
        lists = [serial for _, serial in self.open_lists]
        path = (TEXT_ROOT, *("ul" for _ in lists), tag)
        self.blocks.append(replace(block, dom_path=path, ancestors=(0, *lists, self.serial)))


def _is_heading(text: str) -> bool:
    """Whether a line that stands alone reads like a heading: short, no end punctuation, not begun in lower case."""
    short = len(text.split()) <= MAX_HEADING_WORDS and len(text) <= MAX_HEADING_CHARACTERS
    return short and not SENTENCE_END.search(text) and not text[0].islower()


def _give_levels(blocks: list[Block]) -> list[Block]:
    """The first heading is the page's title. A heading that names the title's topic is a section, one that does not is part of it.

    A text keeps no levels, but a page about interpersonal psychotherapy has sections such as "Benefits of Interpersonal
    Psychotherapy" and parts such as "Improved Relationships". Where too few headings name a common topic, all are sections.
    """
    headings = [number for number, block in enumerate(blocks) if block.level]
    topic = find_topic([blocks[number].text for number in headings])
    below_section = False
    for position, number in enumerate(headings):
        text = blocks[number].text
        is_section = not topic or topic in _spaced(text) or bool(REFERENCES.match(text)) or not below_section
        below_section = below_section or (position > 0 and is_section and bool(topic))
        blocks[number] = replace(blocks[number], level=1 if position == 0 else 2 if is_section else 3)
    return blocks


def find_topic(headings: Sequence[str]) -> str:
    """The longest run of the title's words, two at least, that enough of the other headings repeat; "" if there is none."""
    if not headings:
        return ""
    words = _spaced(headings[0]).split()
    others = [_spaced(heading) for heading in headings[1:]]
    runs = (words[start : start + length] for length in range(len(words), 1, -1) for start in range(len(words) - length + 1))
    for run in runs:
        phrase = f" {' '.join(run)} "
        if sum(phrase in other for other in others) >= max(MIN_TOPIC_HEADINGS, TOPIC_SHARE * len(others)):
            return phrase
    return ""


def _spaced(text: str) -> str:
    """The words of a text in lower case with a space around each, so that phrases match whole words."""
    words = " ".join(re.findall(r"[^\W_]+", text.lower()))
    return f" {words} "
