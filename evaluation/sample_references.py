"""How the sample clinic prints reference markers and reference entries: four styles, as found on real sites."""

import re
from html import escape

from evaluation.sample_article import ReferenceStyle, SampleReference

NUMBER = re.compile(r"\d+")
RANGE = re.compile(r"(\d+)-(\d+)")


def marker_html(numbers: str, style: ReferenceStyle, use: int) -> str:
    """A marker such as `2,4-6` as HTML. `use` counts the markers of the page from 1, so that footnotes can have ids of their own."""
    if style == "bare":
        return numbers
    if style == "footnotes":
        return "<sup>,</sup>".join(footnote_html(number, use) for number in spelt_out(numbers).split(","))
    linked = NUMBER.sub(lambda number: f'<a href="#ref-{number[0]}">{number[0]}</a>', numbers)
    return f"[{linked}]" if style == "brackets" else f"<sup>{linked}</sup>"


def footnote_html(number: str, use: int) -> str:
    """One footnote mark; the id carries the number of its use because an entry may be cited often."""
    return f'<sup id="fnref-{number}-{use}"><a href="#fn-{number}">{number}</a></sup>'


def spelt_out(numbers: str) -> str:
    """The numbers with every range written out: `2,4-6` becomes `2,4,5,6`."""
    return RANGE.sub(lambda ends: ",".join(map(str, range(int(ends[1]), int(ends[2]) + 1))), numbers)


def entry_html(reference: SampleReference, style: ReferenceStyle) -> str:
    """A reference entry as HTML, without its number: its text and, as the style has them, its identifiers."""
    parts = [escape(reference.text, quote=False), *identifier_links(reference, style)]
    return " ".join(parts)


def identifier_links(reference: SampleReference, style: ReferenceStyle) -> list[str]:
    """The DOI, PMID and address of an entry as HTML."""
    doi, pmid, url = reference.doi, reference.pmid, escape(reference.url)
    found = []
    if doi:
        found.append(doi_html(escape(doi), style))
    if pmid:
        found.append(f'PMID: <a href="https://pubmed.ncbi.nlm.nih.gov/{pmid}/">{pmid}</a>.')
    if url:
        found.append(f'<a href="{url}" target="_blank" rel="noopener">{url}</a>')
    return found


def doi_html(doi: str, style: ReferenceStyle) -> str:
    """A DOI as text (bare), as a labelled link (brackets) or as a full address (the other styles)."""
    if style == "bare":
        return f"doi:{doi}"
    label = f"doi:{doi}" if style == "brackets" else f"https://doi.org/{doi}"
    return f'<a href="https://doi.org/{doi}" target="_blank" rel="noopener">{label}</a>'
