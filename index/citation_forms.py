"""Citations that staff paste into a letter, a page or a reference list."""

from collections.abc import Mapping
from datetime import date
from html import escape

from index.schema import Citation
from ingest.schema import Article, Reference

_PARTICLES = frozenset("da de del della der di du la le van von y".split())
"""Words of a surname that are no given name: Ana de la Cruz is listed under "de la Cruz"."""
_TITLES = ("Dr", "Dr.", "Prof", "Prof.", "Mr", "Mr.", "Ms", "Ms.", "Mrs", "Mrs.")


def write_citations(text: str, citation: Citation, article: Article, *, site_name: str = "") -> Mapping[str, str]:
    """The citation of quoted words in three forms: `plain` and `html` with the words, `apa` for the page alone.

    `html` is escaped and safe to paste. `apa` follows the APA style for a web page
    (https://apastyle.apa.org/style-grammar-guidelines/references/examples/webpage-website-references).
    """
    site = site_name or article.metadata.site_name
    return {
        "plain": _plain(text, citation, site),
        "html": _html(text, citation, site),
        "apa": _apa(citation, article, site),
    }


def _plain(text: str, citation: Citation, site: str) -> str:
    lines = [f"“{text}”", f"{_sentence(_source(citation, site))} {citation.fragment_url}"]
    return "\n".join((*lines, *map(_entry, citation.references)))


def _html(text: str, citation: Citation, site: str) -> str:
    quoted = "<br>".join(escape(text).split("\n"))
    source = f'<a href="{escape(citation.fragment_url)}">{escape(_place(citation))}</a>'
    rest = "".join(f", {escape(part)}" for part in (site, _dated(citation)) if part)
    items = "".join(f"<li>{escape(_entry(one))}</li>" for one in citation.references)
    listed = f"<ul>{items}</ul>" if items else ""
    words = f'<blockquote cite="{escape(citation.url)}"><p>{quoted}</p></blockquote>'
    return f"<figure>{words}<figcaption>{source}{rest}{listed}</figcaption></figure>"


def _entry(reference: Reference) -> str:
    return f"[{reference.marker}] {reference.text}" if reference.marker else reference.text


def _source(citation: Citation, site: str) -> str:
    return ", ".join(part for part in (_place(citation), site, _dated(citation)) if part)


def _place(citation: Citation) -> str:
    return " > ".join(dict.fromkeys((citation.title, *citation.heading_path)))


def _dated(citation: Citation) -> str:
    """When a clinician last looked at the page, else when it came out."""
    if citation.reviewed_on:
        return f"reviewed {_long_date(citation.reviewed_on)}"
    return f"published {_long_date(citation.published_on)}" if citation.published_on else ""


def _long_date(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def _apa(citation: Citation, article: Article, site: str) -> str:
    """Author (date). Title. Site. Address: a review changes no text, so that the date is that of the last change."""
    day = article.metadata.modified_on or article.metadata.published_on
    dated = f"({day.year}, {day:%B} {day.day})" if day else "(n.d.)"
    author = _inverted(article.metadata.author) if article.metadata.author else site
    title = _sentence(citation.title)
    if not author:
        return f"{title} {dated}. {citation.url}"
    publisher = f" {_sentence(site)}" if site and site != author else ""
    return f"{_sentence(author)} {dated}. {title}{publisher} {citation.url}"


def _inverted(author: str) -> str:
    """`Oduya, M.` of "Maren Oduya, LMFT"; a name of one word, or of an organisation, as it stands."""
    words = [word for word in author.partition(",")[0].split() if word not in _TITLES]
    if not 2 <= len(words) <= 5 or not all(word[0].isupper() or word.lower() in _PARTICLES for word in words):
        return author
    at = next((place for place, word in enumerate(words[1:], 1) if word.lower() in _PARTICLES), len(words) - 1)
    return f"{' '.join(words[at:])}, {' '.join(f'{word[0]}.' for word in words[:at])}"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
