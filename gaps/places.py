"""Where a gap can be seen: a deep link to the very words, and the words themselves."""

from urllib.parse import quote

from index.citations import find_section
from index.text_fragments import fragment_url, place_url
from ingest.schema import Article, Passage, Section

__all__ = ["passage_place", "place_of", "place_url", "section_place", "shorten", "words_place"]

EXCERPT_CHARACTERS = 240
"""Two or three lines of an editor's list."""


def place_of(article: Article, start: int, end: int) -> str:
    """The address that lands on `article.text[start:end]`."""
    section = find_section(article, start)
    return fragment_url(article, start, end, anchor=section.anchor if section else "")


def section_place(article: Article, section: Section) -> str:
    """The address of a section."""
    return place_url(article.url, section.anchor)


def words_place(url: str, words: str) -> str:
    """The address that lands on words that are not in the article's text: in a menu, a footer, a reference list."""
    return f"{url.partition('#')[0]}#:~:text={quote(' '.join(words.split()[:8]), safe='').replace('-', '%2D')}"


def shorten(text: str, limit: int = EXCERPT_CHARACTERS) -> str:
    """The text on one line, cut after a word if it is longer than the limit."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[:limit].rsplit(" ", 1)[0] + " …"


def passage_place(passage: Passage) -> str:
    """The address of the section that a passage stands in."""
    return f"{passage.url}#{passage.anchor}" if passage.anchor else passage.url
