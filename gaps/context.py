"""What every check is given: the site, the day, the clinic's limits and, if there is one, the search."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import chain

from gaps.addresses import address_key, host_of
from gaps.languages import language_of
from gaps.settings import GapSettings
from index.schema import SearchOutcome
from ingest.schema import Article, Block, LedgerEntry, Link, Section, Sentence, Site, StrippedPage

Search = Callable[[str], SearchOutcome]
"""What the site answers to a question: `Searcher.search`."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of an article with the words it holds and the section that it stands in."""

    article: Article
    section: Section
    sentence: Sentence

    @property
    def text(self) -> str:
        """The words of the sentence, without markers."""
        return self.article.text[self.sentence.start : self.sentence.end]


@dataclass(frozen=True)
class CheckContext:
    """The input of every check. `today` is the day on which dates are judged; `search` is None where no index is at hand."""

    site: Site
    today: date
    settings: GapSettings = field(default_factory=GapSettings)
    search: Search | None = None

    @cached_property
    def pages(self) -> dict[str, StrippedPage]:
        """Every page of the crawl by its address key."""
        return {address_key(page.url): page for page in self.site.stripped_pages}

    @cached_property
    def articles(self) -> dict[str, Article]:
        """Every article by its address key."""
        return {address_key(article.url): article for article in self.site.articles}

    @cached_property
    def ledger(self) -> dict[str, LedgerEntry]:
        """What became of each address, by its key."""
        return {address_key(entry.url): entry for entry in self.site.ledger}

    @cached_property
    def hosts(self) -> frozenset[str]:
        """The hosts that are the site itself."""
        return frozenset(host_of(page.url) for page in self.site.stripped_pages)

    @cached_property
    def links_to(self) -> dict[str, list[tuple[StrippedPage, str]]]:
        """Of every address key of the site that is linked: the pages that link to it, each with the link as written."""
        found: dict[str, list[tuple[StrippedPage, str]]] = defaultdict(list)
        for page in self.site.stripped_pages:
            for href in page_hrefs(page):
                if host_of(href) in self.hosts:
                    found[address_key(href)].append((page, href))
        return dict(found)

    @cached_property
    def english_articles(self) -> tuple[Article, ...]:
        """The articles whose text is English: what the checks of language can read."""
        return tuple(article for article in self.site.articles if self.language(article) == "en")

    def language(self, article: Article) -> str:
        """The language of an article's text as two letters: what it reads like, else what the page declares."""
        return language_of(article.text, declared=article.metadata.language)

    def sentences(self, article: Article) -> Iterator[Claim]:
        """The sentences of an article in reading order."""
        return (Claim(article, section, sentence) for section in article.sections for sentence in section.sentences)


def page_blocks(page: StrippedPage) -> Iterator[Block]:
    """All blocks of a page: what was kept, then what was taken out."""
    return chain(page.kept, (stripped.block for stripped in page.stripped))


def page_links(page: StrippedPage) -> Iterator[Link]:
    """All links with words of a page."""
    return (link for block in page_blocks(page) for link in block.links)


def page_hrefs(page: StrippedPage) -> tuple[str, ...]:
    """The targets of all links of a page, each once; those of its blocks where the document's own are not known."""
    return page.hrefs or tuple(dict.fromkeys(link.url for link in page_links(page)))
