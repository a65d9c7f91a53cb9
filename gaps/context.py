"""What every check is given: the site, the day, the clinic's limits and, if there is one, the search."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import chain

from gaps.abbreviations import Definition, find_definitions
from gaps.addresses import address_key, host_of
from gaps.languages import language_of
from gaps.near_duplicates import find_shingles, group_near_duplicates
from gaps.schema import Reached
from gaps.settings import GapSettings
from index.schema import SearchOutcome
from ingest.schema import Article, Block, LedgerEntry, Link, Section, Sentence, Site, StrippedPage

SAME_PAGE = 0.7
"""Share of four-word runs in common from which two pages are one page with other names in it."""
ENOUGH_WORDS = 40
"""Two stubs of fewer words may be alike by chance."""

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
    """The input of every check. `today` is the day on which dates are judged; `search` is None where no index is at hand.

    `reached` tells what became of addresses of other sites, `retracted` the notice of each retracted work by its DOI in small letters;
    both are None where the network was not asked.
    """

    site: Site
    today: date
    settings: GapSettings = field(default_factory=GapSettings)
    search: Search | None = None
    reached: Mapping[str, Reached] | None = None
    retracted: Mapping[str, str] | None = None

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
    def menu_keys(self) -> frozenset[str]:
        """The address keys that the site's menus lead to."""
        return frozenset(address_key(entry.url) for entry in self.site.menu if entry.url)

    @cached_property
    def anchors(self) -> dict[str, frozenset[str]]:
        """The places that a link can name, for every page where they are known."""
        return {key: frozenset(page.anchors) for key, page in self.pages.items() if page.anchors}

    @cached_property
    def english_articles(self) -> tuple[Article, ...]:
        """The articles whose text is English: what the checks of language can read."""
        return tuple(article for article in self.site.articles if self.language(article) == "en")

    @cached_property
    def documents(self) -> tuple[tuple[Article, StrippedPage], ...]:
        """Every article whose page is HTML, with that page."""
        pairs = ((article, self.pages.get(key)) for key, article in self.articles.items())
        return tuple((article, page) for article, page in pairs if page and is_html(page))

    @cached_property
    def definitions(self) -> dict[str, tuple[Definition, ...]]:
        """The abbreviations that each English article spells out, by its URL."""
        return {article.url: tuple(find_definitions(article.text)) for article in self.english_articles}

    @cached_property
    def copies(self) -> tuple[tuple[Article, ...], ...]:
        """Groups of articles whose texts are nearly the same."""
        long_enough = [article for article in self.site.articles if len(article.text.split()) >= ENOUGH_WORDS]
        groups = group_near_duplicates([find_shingles(article.text) for article in long_enough], threshold=SAME_PAGE)
        return tuple(tuple(long_enough[at] for at in group) for group in groups)

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


def is_html(page: StrippedPage) -> bool:
    """Whether the page has a document behind it, with a title, a description and levels of headings; a page saved as text has none.

    The paths of a text page, made up from its lines, begin with `text`.
    """
    return any(block.dom_path and block.dom_path[0] != "text" for block in page_blocks(page))


def page_hrefs(page: StrippedPage) -> tuple[str, ...]:
    """The targets of all links of a page, each once; those of its blocks where the document's own are not known."""
    return page.hrefs or tuple(dict.fromkeys(link.url for link in page_links(page)))
