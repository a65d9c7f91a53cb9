from index.citations import carried_markers, cite_span
from ingest.articles import assemble_article
from ingest.schema import Article, Block, StrippedPage

URL = "https://clinic.example/ipt/"
BODY = (
    "IPT helps.1 It is a short-term, well-studied treatment for many people with PTSD and depression.2 "
    "It lasts 16 weeks, often less & rarely more."
)


def article_of(*blocks: Block) -> Article:
    return assemble_article(StrippedPage(URL, blocks, ()))


ARTICLE = article_of(
    Block("IPT", "heading", 1),
    Block("PTSD", "heading", 2, "ptsd"),
    Block(BODY),
    Block("Notes", "heading", 2),
    Block("A. 2001.", "list_item"),
    Block("B. 2002.", "list_item"),
)


def span(part: str, article: Article = ARTICLE) -> tuple[int, int]:
    start = article.text.index(part)
    return start, start + len(part)


def test_a_citation_names_the_place_and_the_literature_of_exactly_its_sentences():
    citation = cite_span(ARTICLE, *span("It is a short-term"))
    assert (citation.title, citation.heading_path, citation.url) == ("IPT", ("PTSD",), URL + "#ptsd")
    assert [reference.text for reference in citation.references] == ["B. 2002."]


def test_a_span_over_two_sentences_carries_the_markers_of_both():
    assert carried_markers(ARTICLE, *span("IPT helps. It is a short-term")) == ("1", "2")
