"""A page minus its template, put together as an article: text, sections, sentences with the markers they carry, references."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from urllib.parse import urlsplit

from ingest.references import ReferenceList, UnmarkedText, find_hidden_markers, find_references, has_bare_markers, take_out_markers
from ingest.schema import Article, Block, BlockKind, Link, Marker, Metadata, Section, Sentence, StrippedPage
from ingest.sentences import split_sentences

TITLE_SEPARATORS = (" | ", " – ", " — ", " - ", " · ", " :: ")
WHOLE_KINDS: frozenset[BlockKind] = frozenset({"list_item", "table_row", "definition", "summary"})
"""Blocks that are one unit however many full stops they hold: cutting a list item or a table row in two leaves neither readable."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A block with its text without markers, and where that text begins in the article's text."""

    block: Block
    unmarked: UnmarkedText
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.unmarked.text)


def assemble_article(page: StrippedPage) -> Article:
    """The article of a page. Every visible character of the kept blocks is in `text`, but for markers and the reference list."""
    listed = find_references(page.kept, page_url=page.url)
    placed = _place_blocks(page, listed)
    title = _find_title(page)
    return Article(
        url=page.url,
        title=title,
        text="\n".join(one.unmarked.text for one in placed),
        sections=tuple(_split_sections(placed, title, page.metadata.language)),
        references=listed.references,
        markers=tuple(Marker(marker.marker, one.start + marker.offset) for one in placed for marker in one.unmarked.markers),
        links=tuple(_move(link, one.start) for one in placed for link in one.unmarked.links),
        metadata=page.metadata,
        site_section=_site_section(page.url),
    )


def _place_blocks(page: StrippedPage, listed: ReferenceList) -> list[_Placed]:
    body = [*page.kept[: listed.start], *page.kept[listed.end :]]
    count = len(listed.references)
    bare = has_bare_markers(body, listed=count)
    hidden = find_hidden_markers(body, listed.references)
    placed: list[_Placed] = []
    for number, block in enumerate(body):
        accept_bare = bare and not block.level
        unmarked = take_out_markers(block, page_url=page.url, listed=count, accept_bare=accept_bare, hidden=hidden.get(number, ()))
        if unmarked.text:
            placed.append(_Placed(block, unmarked, placed[-1].end + 1 if placed else 0))
    return placed


def _move(link: Link, distance: int) -> Link:
    return replace(link, start=link.start + distance, end=link.end + distance)


# --- sections -------------------------------------------------------------------------------------------------------------------------


def _split_sections(placed: Sequence[_Placed], title: str, language: str) -> Iterator[Section]:
    """Sections in reading order; a heading without text of its own still gives a section, empty, so that its anchor is known."""
    path: list[Block] = []
    at = 0
    while at < len(placed):
        heading = placed[at].block if placed[at].block.level else None
        if heading:
            path = [*(above for above in path if above.level < heading.level), heading]
        first = at + 1 if heading else at
        at = next((i for i in range(first, len(placed)) if placed[i].block.level), len(placed))
        yield _make_section(placed[first:at], path, title, language, empty_at=placed[first - 1].end if heading else 0)


def _make_section(body: Sequence[_Placed], path: Sequence[Block], title: str, language: str, *, empty_at: int) -> Section:
    headings = [block for block in path if block.text != title]
    return Section(
        heading_path=tuple(block.text for block in headings),
        anchor=next((block.anchor for block in reversed(headings) if block.anchor), ""),
        start=body[0].start if body else empty_at,
        end=body[-1].end if body else empty_at,
        sentences=tuple(sentence for number, one in enumerate(body) for sentence in _split_block(one, number, language)),
    )


def _split_block(placed: _Placed, number: int, language: str) -> Iterator[Sentence]:
    """The sentences of a block; each carries the markers from its first character to the first of the next one."""
    text, markers = placed.unmarked.text, placed.unmarked.markers
    spans = [(0, len(text))] if placed.block.kind in WHOLE_KINDS else split_sentences(text, language)
    offsets = [marker.offset for marker in markers]
    bounds = [0, *(_first_after(offsets, before, after) for before, after in pairwise(spans)), len(markers)] if spans else []
    for (start, end), (first, last) in zip(spans, pairwise(bounds), strict=True):
        carried = dict.fromkeys(marker.marker for marker in markers[first:last])
        yield Sentence(placed.start + start, placed.start + end, placed.block.kind, tuple(carried), number)


def _first_after(offsets: Sequence[int], before: tuple[int, int], after: tuple[int, int]) -> int:
    """The number of the first marker of the later of two sentences; one that stands where no space parts them is the earlier one's."""
    return bisect_right(offsets, after[0]) if before[1] == after[0] else bisect_left(offsets, after[0])


# --- what the page is called ----------------------------------------------------------------------------------------------------------


def _find_title(page: StrippedPage) -> str:
    """The first h1; without one the page's own title less the site's name, its first heading, or the end of its address."""
    headings = [block for block in page.kept if block.level]
    first = next((block.text for block in headings if block.level == 1), "")
    return first or _without_site_name(page.metadata) or (headings[0].text if headings else "") or _name_from_url(page.url)


def _without_site_name(metadata: Metadata) -> str:
    title = metadata.title.strip()
    for separator in TITLE_SEPARATORS:
        head, found, tail = title.rpartition(separator)
        if found and (tail == metadata.site_name or len(tail) < len(head)):
            return head
    return title


def _name_from_url(url: str) -> str:
    name = urlsplit(url).path.rstrip("/").rpartition("/")[2].rsplit(".", 1)[0]
    return name.replace("-", " ").replace("_", " ").strip().capitalize() or url


def _site_section(url: str) -> str:
    """The first folder of the address: how most sites name their sections; "" for a page at the top."""
    folders = [part for part in urlsplit(url).path.split("/") if part]
    return folders[0] if len(folders) > 1 else ""
