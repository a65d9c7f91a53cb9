"""The source of one page of the sample clinic: TOML between `+++` lines, then Markdown. The format is described in `corpus/README.md`."""

import tomllib
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, get_args

ReferenceStyle = Literal["superscript", "bare", "brackets", "footnotes"]


class BadArticle(Exception):
    """A source file cannot be read; the message names the file and says what would be right."""


@dataclass(frozen=True, slots=True)
class SampleReference:
    """An entry of an article's reference list."""

    text: str
    doi: str = ""
    pmid: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class SampleArticle:
    """One page's source. `listed` is false for a page that no menu, card or archive of the site links to."""

    title: str
    url: str
    section: str
    description: str
    language: str
    author: str
    published: date
    modified: date
    body: str
    menu_title: str = ""
    reviewed: date | None = None
    reviewed_by: str = ""
    reference_style: ReferenceStyle = "superscript"
    references_heading: str = "References"
    category: str = ""
    tags: tuple[str, ...] = ()
    references: tuple[SampleReference, ...] = ()
    listed: bool = True

    @property
    def label(self) -> str:
        """The short name that menus show."""
        return self.menu_title or self.title


def read_articles(folder: Path) -> list[SampleArticle]:
    """All articles below a folder, in the order of their URLs.

    Raises:
        BadArticle: a file does not follow the format, two files claim the same URL, or there is none.
    """
    articles = sorted((read_article(path) for path in folder.rglob("*.md")), key=lambda article: article.url)
    for one, other in pairwise(articles):
        if one.url == other.url:
            raise BadArticle(f"{folder}: two files have the URL {one.url}; each page needs its own")
    if not articles:
        raise BadArticle(f"{folder}: no article there; expected <section>/<slug>.md")
    return articles


def read_article(path: Path) -> SampleArticle:
    """The article in a file.

    Raises:
        BadArticle: the file does not follow the format.
    """
    before, _, rest = path.read_text(encoding="utf-8").partition("+++\n")
    front, fence, body = rest.partition("\n+++\n")
    if before.strip() or not fence:
        raise BadArticle(f"{path}: expected TOML between two lines of +++ at the start of the file")
    try:
        return article_from(tomllib.loads(front), body)
    except (tomllib.TOMLDecodeError, TypeError, ValueError) as error:
        raise BadArticle(f"{path}: {error}") from error


def article_from(front: dict[str, Any], body: str) -> SampleArticle:
    """The article of a front matter and a Markdown body.

    Raises:
        TypeError: a field is missing or unknown.
        ValueError: a field has a value that the theme cannot show.
    """
    references = tuple(SampleReference(**entry) for entry in front.pop("references", []))
    article = SampleArticle(**front | {"tags": tuple(front.get("tags", ()))}, references=references, body=body)
    if article.reference_style not in get_args(ReferenceStyle):
        raise ValueError(f"reference_style is {article.reference_style!r}, expected one of {get_args(ReferenceStyle)}")
    if not (article.url.startswith("/") and article.url.endswith("/")):
        raise ValueError(f"url is {article.url!r}, expected a path that starts and ends with a slash")
    return article
