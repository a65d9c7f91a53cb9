"""An article's own numbered references: the list, the markers in the text, and what each entry points to.

Markers are printed in five ways that have to be told from ordinary numbers: superscripts, links into the list, `[2,4-6]`, superscript
digits of Unicode, and bare digits glued to the end of a sentence ("... for PTSD.5"), which is what is left of a superscript once a
page has been saved as text.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from urllib.parse import unquote, urldefrag, urlsplit

from ingest.schema import Article, Block, Link, Marker, Reference

LIST_HEADING = re.compile(
    r"""(?:list\ of\ |article\ |cited\ |our\ |medical\ |scientific\ |key\ |selected\ )?
        (?:references?|resources?|sources?|citations?|bibliography|footnotes?|endnotes?|notes
         |works\ cited|literature(?:\ cited)?|further\ reading
         |referencias(?:\ bibliogr[aá]ficas)?|fuentes|bibliograf[ií]a|notas)
        (?:\ (?:cited|(?:and|&)\ (?:notes|further\ reading|resources|references|sources|citations)))?\s*:?""",
    re.IGNORECASE | re.VERBOSE,
)
"""The usual headings of a reference list, matched against the whole heading."""

NUMBER_LIST = r"\d{1,3}(?:\s?[,;]\s?\d{1,3}|\s?[-–—]\s?\d{1,3})*"
_BRACKETED = re.compile(rf"\[\s?({NUMBER_LIST})\s?\]")
_BARE = re.compile(rf"(?<=[^\W\d_%)”\"’'\]][.!?…,;:])({NUMBER_LIST})(?=\s|$|[.,;](?:\s|$))", re.UNICODE)
_BARE_AFTER_CLOSING = re.compile(rf"(?<=[.!?…][”\"’')\]])({NUMBER_LIST})(?=\s|$)|(?<=[%)”\"’\]][.!?…,;])({NUMBER_LIST})(?=\s|$)")
_BARE_AFTER_YEAR = re.compile(rf"(?<=\b(?:19|20)\d\d[.!?])({NUMBER_LIST})(?=\s|$)")
_BARE_AFTER_NUMBER = re.compile(
    r"(?<=\s)([a-z]+)\s(?:\d{2,3}[.!?](?P<after_tens>\d{1,2})(?=\s+[A-Z][a-z])"
    r"|\d{1,3}[.!?](?P<before_pronoun>\d{1,2})(?=\s+(?:An?|The|This|These|It|In|On|For|But|And|We|They|He|She|Many|Most|Some|However)\b))"
)
"""A small number before a noun may measure something ("a 1.5 Tesla scanner"); none measures a "The"."""
_NUMBERED = frozenset("version v release section chapter part figure fig table step level item no number question appendix".split())
"""What is numbered with decimals: "version 2.1 Beta" cites nothing."""
_UNICODE_SUPERSCRIPT = re.compile(r"(?<![⁰¹²³⁴-⁹])[⁰¹²³⁴-⁹]{1,3}(?:[,˒⁻–-][⁰¹²³⁴-⁹]{1,3})*(?![⁰¹²³⁴-⁹])")
_SUPERSCRIPT_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻˒", "0123456789-,")
_NOT_BEFORE_A_MARKER = re.compile(
    r"(?:^|[\s(])(?:no|nr|nos|fig|figs|p|pp|vol|vols|ch|sec|eq|vs|v|ver|art|st|ca|approx|núm|pág|págs|tel|ext)\.$|(?:https?:|www\.|@)\S*$",
    re.IGNORECASE,
)
"""What a number may follow without being a marker: an abbreviation ("Fig.2") or the middle of an address."""
_UNIT = re.compile(r"(?:^|[\s\d/])[kcdm]?m$", re.IGNORECASE)
"""A superscript digit after a unit of length is a power."""

_LOOK_BACK = 200
"""Characters before a number in which its reading is decided; a line of a megabyte must not be read once per number."""

_ENTRY_NUMBER = re.compile(r"^\s*(?:\[\s?(\d{1,3})\s?\]|\(?(\d{1,3})[.):\]])\s*(?=\S)|^\s*\^?\s*(\d{1,3})\s+(?=[A-Zh])")
_BACK_LINK = re.compile(r"[\s^]*[↩↑⏎][\ufe0e\ufe0f]?\s*$")
_URL = re.compile(r"https?://[^\s<>\"]+|www\.[^\s<>\"]+", re.IGNORECASE)
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+", re.IGNORECASE)
"""The pattern that Crossref recommends: https://www.crossref.org/blog/dois-and-matching-regular-expressions/."""
_PMID = re.compile(
    r"\bPMID:?\s*(\d{4,9})\b|pubmed(?:\.ncbi\.nlm\.nih\.gov|/)/?(\d{4,9})\b|ncbi\.nlm\.nih\.gov/pubmed/(\d{4,9})\b", re.IGNORECASE
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")

LITERATURE_SHARE = 0.5
"""Of the entries under a fitting heading, at least this share must look like literature: "Resources" is also a heading of phone lists."""
MARKER_SLACK = 3
"""Bare digits up to 2n + 3 may be markers of a list of n entries: beyond the list's end they dangle, far beyond they are numbers."""

MIN_BARE = 2
"""So many bare digits after sentences show that a page prints its markers in that way."""


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """The blocks `start` to `end` (exclusive, the heading included) of a page, read as a numbered list."""

    start: int
    end: int
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class UnmarkedText:
    """A block's text without its reference markers; marker and link offsets point into that text."""

    text: str
    markers: tuple[Marker, ...]
    links: tuple[Link, ...]


def find_references(blocks: Sequence[Block], *, page_url: str = "") -> ReferenceList:
    """The article's reference list; empty, at the end of the blocks, if it has none. The last list that fits wins.

    A list of links to the site's own pages (the host of `page_url`) is no literature.
    """
    host = urlsplit(page_url).netloc
    candidates = [found for at, block in enumerate(blocks) if _opens_list(block) and (found := _read_list(blocks, at, host)).references]
    return candidates[-1] if candidates else _read_footnotes(blocks)


def take_out_markers(
    block: Block, *, page_url: str, listed: int, accept_bare: bool, hidden: Sequence[tuple[int, int, str]] = ()
) -> UnmarkedText:
    """The block's text without markers, and what each marker was.

    `listed` is the number of entries of the article's list. Bare digits count only if `accept_bare` (see `has_bare_markers`);
    `hidden` are spans that only the whole article could tell from decimals (see `find_hidden_markers`).
    """
    spans = [*_superscript_spans(block), *_link_spans(block, page_url), *_bracket_spans(block.text), *_unicode_spans(block.text)]
    spans.extend(hidden)
    if accept_bare:
        spans.extend(_bare_spans(block.text, limit=2 * listed + MARKER_SLACK))
    return _cut_out(block, _without_overlaps(spans))


def has_bare_markers(blocks: Iterable[Block], *, listed: int) -> bool:
    """Whether glued digits in this article are markers: it has a list, or its glued digits count up from 1 as markers do."""
    if listed:
        return True
    numbers = {number for block in blocks for _, _, text in _bare_spans(block.text, limit=99) for number in expand_numbers(text)}
    return {"1", "2"} <= numbers


def find_hidden_markers(blocks: Sequence[Block], references: Sequence[Reference]) -> dict[int, list[tuple[int, int, str]]]:
    """Markers glued to a number that ends a sentence ("... by age 18.1 Signs ..."), as spans by the number of their block.

    Such a number could be a decimal. It counts only on a page that prints its markers as bare digits, where the list has an entry of that
    number, one place alone could cite it so, the sentence may end there and the next one begins.
    """
    listed = {reference.marker for reference in references}
    limit = 2 * len(listed) + MARKER_SLACK
    bare = sum(len(_bare_spans(block.text, limit=limit)) for block in blocks if listed and not block.level)
    open_entries = listed if bare >= MIN_BARE else set()
    places: defaultdict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for number, block in enumerate(blocks):
        if not block.level and open_entries:
            for match in _BARE_AFTER_NUMBER.finditer(block.text):
                group = match.lastgroup or ""
                if match[group] in open_entries and match[1] not in _NUMBERED:
                    places[match[group]].append((number, *match.span(group)))
    found: defaultdict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for marker, candidates in places.items():
        if len(candidates) == 1:
            ((number, start, end),) = candidates
            found[number].append((start, end, marker))
    return found


def parse_reference(marker: str, text: str, links: Iterable[Link] = ()) -> Reference:
    """The entry of a reference list, with its address, DOI and PMID where it gives them."""
    urls = [link.url for link in links if not urldefrag(link.url).fragment.startswith(("fnref", "cite_ref", "ref-back"))]
    urls += [_trim_url(found) for found in _URL.findall(text)]
    searched = " ".join((text, *map(unquote, urls)))
    doi = _DOI.search(searched)
    pmid = _PMID.search(searched)
    return Reference(
        marker=marker,
        text=text,
        url=next((url for url in urls if url.startswith(("http", "www."))), ""),
        doi=_trim_url(doi.group()) if doi else "",
        pmid=next(filter(None, pmid.groups()), "") if pmid else "",
    )


def expand_numbers(text: str) -> tuple[str, ...]:
    """The single numbers that a marker stands for: "2,4-6" is 2, 4, 5 and 6."""
    numbers: list[str] = []
    for part in re.split(r"[,;]", text):
        ends = [int(end) for end in re.findall(r"\d+", part)]
        if len(ends) == 2 and ends[0] < ends[1] <= ends[0] + 50:
            numbers.extend(str(number) for number in range(ends[0], ends[1] + 1))
        else:
            numbers.extend(str(end) for end in ends)
    return tuple(dict.fromkeys(numbers))


def dangling_markers(article: Article) -> tuple[str, ...]:
    """Markers of the text that no entry of the list explains, in the order of their first use."""
    listed = {reference.marker for reference in article.references}
    return tuple(dict.fromkeys(marker.marker for marker in article.markers if marker.marker not in listed))


def uncited_references(article: Article) -> tuple[Reference, ...]:
    """Entries of the list that no sentence carries."""
    used = {marker.marker for marker in article.markers}
    return tuple(reference for reference in article.references if reference.marker not in used)


# --- the list -------------------------------------------------------------------------------------------------------------------------


def _opens_list(block: Block) -> bool:
    looks_like_heading = block.level > 0 or block.kind == "summary" or len(block.text) < 30
    return looks_like_heading and LIST_HEADING.fullmatch(block.text.strip()) is not None


def _read_list(blocks: Sequence[Block], at: int, host: str) -> ReferenceList:
    """The list under the heading at `at`: the first unbroken run of entries before the next heading."""
    end = next((i for i in range(at + 1, len(blocks)) if blocks[i].level), len(blocks))
    first = next((i for i in range(at + 1, end) if _is_entry(blocks[i], host)), end)
    last = next((i for i in range(first, end) if not _continues_list(blocks[first], blocks[i], host)), end)
    entries = blocks[first:last]
    literature = sum(_is_literature(entry, host) for entry in entries)
    if not entries or literature < LITERATURE_SHARE * len(entries):
        return ReferenceList(at, at, ())
    return ReferenceList(at, last, _number_entries(entries))


def _read_footnotes(blocks: Sequence[Block]) -> ReferenceList:
    """A list without a heading: the closing run of list items that link back into the text, or sit in a container named for notes."""
    end = start = len(blocks)
    while start and _is_footnote(blocks[start - 1]):
        start -= 1
    return ReferenceList(start, end, _number_entries(blocks[start:end]))


def _is_footnote(block: Block) -> bool:
    named = any(re.search(r"footnote|endnote|reference|bibliograph", part, re.IGNORECASE) for part in block.dom_path[-4:])
    return block.kind == "list_item" and (named or _BACK_LINK.search(block.text) is not None)


def _is_entry(block: Block, host: str) -> bool:
    return block.kind == "list_item" or _ENTRY_NUMBER.match(block.text) is not None or _is_literature(block, host)


def _continues_list(first: Block, block: Block, host: str) -> bool:
    """Whether a block goes on with the list that `first` began: items follow items, numbered lines follow numbered lines."""
    return (
        _is_entry(block, host)
        and (first.kind == block.kind)
        and bool(_ENTRY_NUMBER.match(first.text)) == bool(_ENTRY_NUMBER.match(block.text))
    )


def _is_literature(block: Block, host: str) -> bool:
    """Whether an entry names a year, a DOI, a PMID, an address, or links to another site than its own."""
    elsewhere = any(urlsplit(link.url).netloc not in ("", host) for link in block.links)
    return elsewhere or any(pattern.search(block.text) for pattern in (_URL, _DOI, _YEAR, _PMID))


def _number_entries(blocks: Sequence[Block]) -> tuple[Reference, ...]:
    """Entries with their numbers: as printed, or counted as an ordered list counts."""
    references: list[Reference] = []
    for block in blocks:
        printed, text = _split_number(block.text)
        references.append(parse_reference(printed or str(len(references) + 1), text, block.links))
    return tuple(references)


def _split_number(text: str) -> tuple[str, str]:
    found = _ENTRY_NUMBER.match(text)
    number = next(filter(None, found.groups()), "") if found else ""
    return number, _BACK_LINK.sub("", text[found.end() if found else 0 :]).strip()


def _trim_url(text: str) -> str:
    """The address without the punctuation of the sentence around it; a closing bracket stays if it was opened inside."""
    text = text.rstrip(".,;:'”\"")
    while text.endswith((")", "]")) and text.count(text[-1]) > text.count({")": "(", "]": "["}[text[-1]]):
        text = text[:-1].rstrip(".,;")
    return text


# --- the markers ----------------------------------------------------------------------------------------------------------------------

_Span = tuple[int, int, str]
"""Start, end, and the numbers as printed."""


def _superscript_spans(block: Block) -> list[_Span]:
    found = []
    for start, end in block.superscripts:
        inner = block.text[start:end].strip().strip("[]()")
        is_power = start > 0 and (block.text[start - 1].isdigit() or _UNIT.search(_before(block.text, start)))
        linked = any(link.start < end and start < link.end for link in block.links)
        if re.fullmatch(NUMBER_LIST, inner) and (linked or not is_power):
            found.append((start, end, inner))
    return found


def _link_spans(block: Block, page_url: str) -> list[_Span]:
    """Links whose whole text is a number and that lead into the same page."""
    here = urldefrag(page_url).url
    found = []
    for link in block.links:
        address, fragment = urldefrag(link.url)
        inner = block.text[link.start : link.end].strip().strip("[]()")
        if fragment and address in ("", here) and re.fullmatch(NUMBER_LIST, inner):
            start, end = _with_brackets(block.text, link.start, link.end)
            found.append((start, end, inner))
    return found


def _with_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    """The span grown over the pair of brackets right around it."""
    if start > 0 and text[start - 1 : start] + text[end : end + 1] in ("[]", "()"):
        return start - 1, end + 1
    return start, end


def _bracket_spans(text: str) -> list[_Span]:
    return [(found.start(), found.end(), found.group(1)) for found in _BRACKETED.finditer(text)]


def _unicode_spans(text: str) -> list[_Span]:
    return [
        (found.start(), found.end(), found.group().translate(_SUPERSCRIPT_DIGITS))
        for found in _UNICODE_SUPERSCRIPT.finditer(text)
        if not _UNIT.search(_before(text, found.start())) and not _before(text, found.start())[-1:].isdigit()
    ]


def _bare_spans(text: str, *, limit: int) -> list[_Span]:
    found = [*_BARE.finditer(text), *_BARE_AFTER_CLOSING.finditer(text), *_BARE_AFTER_YEAR.finditer(text)]
    spans = [(match.start(), match.end(), match.group()) for match in found]
    return [span for span in spans if not _NOT_BEFORE_A_MARKER.search(_before(text, span[0])) and _plausible(span[2], limit)]


def _before(text: str, at: int) -> str:
    return text[max(at - _LOOK_BACK, 0) : at]


def _plausible(numbers: str, limit: int) -> bool:
    return all(0 < int(number) <= limit for number in expand_numbers(numbers))


def _without_overlaps(spans: Iterable[_Span]) -> list[_Span]:
    """The spans in order; of two that overlap the longer one, which holds the brackets, stays."""
    kept: list[_Span] = []
    for span in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _cut_out(block: Block, spans: Sequence[_Span]) -> UnmarkedText:
    cuts = [(_leading_space(block.text, start, end), end) for start, end, _ in spans]
    cuts = [(max(start, cuts[i - 1][1]) if i else start, end) for i, (start, end) in enumerate(cuts)]
    pieces = [block.text[end:start] for (_, end), (start, _) in zip([(0, 0), *cuts], [*cuts, (len(block.text), 0)], strict=True)]
    text = "".join(pieces)
    moved = _Shift(cuts)
    markers = [
        Marker(number, moved(cut[0])) for cut, (_, _, numbers) in zip(cuts, spans, strict=True) for number in expand_numbers(numbers)
    ]
    links = [replace(link, start=moved(link.start), end=moved(link.end)) for link in block.links]
    return _strip(UnmarkedText(text, tuple(markers), tuple(link for link in links if link.start < link.end)))


def _leading_space(text: str, start: int, end: int) -> int:
    """Where the cut begins: "PTSD [3] and" loses one of its two spaces, "PTSD [3]." loses the one before the bracket."""
    followed_by_gap = end == len(text) or text[end].isspace() or text[end] in ".,;:!?)[⁰¹²³⁴⁵⁶⁷⁸⁹"
    while followed_by_gap and start > 0 and text[start - 1].isspace():
        start -= 1
    return start


class _Shift:
    """Where an offset of the printed text lies once the cuts are made; an offset inside a cut moves to where the cut was."""

    def __init__(self, cuts: Sequence[tuple[int, int]]) -> None:
        self.cuts = cuts
        self.starts = [start for start, _ in cuts]
        self.taken = [0, *accumulate(end - start for start, end in cuts)]

    def __call__(self, offset: int) -> int:
        before = bisect_left(self.starts, offset)
        if not before:
            return offset
        inside = max(self.cuts[before - 1][1] - offset, 0)
        return offset - self.taken[before] + inside


def _strip(unmarked: UnmarkedText) -> UnmarkedText:
    """The same without white space at either end, which a marker at the edge of a block leaves behind."""
    text = unmarked.text.strip()
    lead = len(unmarked.text) - len(unmarked.text.lstrip())

    def clamp(offset: int) -> int:
        return min(max(offset - lead, 0), len(text))

    markers = tuple(Marker(marker.marker, clamp(marker.offset)) for marker in unmarked.markers)
    links = tuple(replace(link, start=clamp(link.start), end=clamp(link.end)) for link in unmarked.links)
    return UnmarkedText(text, markers, links)
