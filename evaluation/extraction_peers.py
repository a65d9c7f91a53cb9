"""The single-page extractors that we measure ourselves against, each as a function from HTML to text."""

import logging
from collections.abc import Callable, Mapping


def extract_with_trafilatura(html: str) -> str:
    """The text that trafilatura finds with its default settings, comments left out (https://github.com/adbar/trafilatura)."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return trafilatura.extract(html, include_comments=False) or ""


def extract_with_justext(html: str) -> str:
    """The good paragraphs of jusText with the English stop list (https://github.com/miso-belica/jusText)."""
    import justext

    try:
        paragraphs = justext.justext(html.encode(), justext.get_stoplist("English"), encoding="utf-8")
    except Exception:  # lxml and jusText raise many kinds of errors on broken pages; a peer's failure is an empty text
        return ""
    return "\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)


def extract_with_readability(html: str) -> str:
    """The text of readability-lxml's summary (https://github.com/buriy/python-readability)."""
    import readability
    from selectolax.lexbor import LexborHTMLParser

    logging.getLogger("readability").setLevel(logging.CRITICAL)
    try:
        root = LexborHTMLParser(readability.Document(html).summary(html_partial=True)).root
    except Exception:  # as above
        return ""
    return root.text(separator="\n") if root is not None else ""


PEERS: Mapping[str, Callable[[str], str]] = {
    "trafilatura": extract_with_trafilatura,
    "justext": extract_with_justext,
    "readability": extract_with_readability,
}
