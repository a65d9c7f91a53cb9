"""An article with references, for tests of what points into one."""

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
