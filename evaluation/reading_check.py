"""One page through all that reads a page, with what must hold of any page."""

from ingest.articles import assemble_article
from ingest.blocks import block_page
from ingest.decoding import decode_page
from ingest.schema import Article, BlockedPage, Media, Page
from ingest.template import learn_template, strip_template

MEDIA: tuple[Media, ...] = ("html", "text")


def check_reading(data: bytes) -> None:
    """Nothing, if the bytes can be read as a page of HTML and as one of text.

    Raises: AssertionError where a span does not fit its text; whatever else the reader raises is as much of a finding.
    """
    content = decode_page(data).text
    for media in MEDIA:
        page = block_page(Page("https://clinic.example/page", content, media))
        _check_blocks(page)
        _check_article(assemble_article(strip_template(page, learn_template([page]))))


def _check_blocks(page: BlockedPage) -> None:
    for block in page.blocks:
        assert block.text == " ".join(block.text.split()), block
        assert all(block.text[link.start : link.end] == link.text for link in block.links), block
        assert len(block.dom_path) == len(block.ancestors), block


def _check_article(article: Article) -> None:
    assert all(0 <= marker.offset <= len(article.text) for marker in article.markers), article
    assert all(0 <= link.start < link.end <= len(article.text) for link in article.links), article
    sentences = [sentence for section in article.sections for sentence in section.sentences]
    assert all(article.text[sentence.start : sentence.end].strip() for sentence in sentences), article
