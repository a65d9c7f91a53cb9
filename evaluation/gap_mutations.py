"""A seeded hand that breaks saved pages: what it breaks, the editors' checks have to find."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random
from urllib.parse import quote

from gaps.addresses import address_key, host_of
from gaps.schema import Gap
from ingest.references import uncited_references
from ingest.schema import Article, Site

EACH = 6
"""Flaws planted of each kind and seed, on different pages: few enough to leave most of a site of sixty pages as it was."""
OF_THE_PAGE = 3
"""A gap on more pages than this is the template's, not the page's."""
AGED_YEARS = 6


@dataclass(frozen=True, slots=True)
class Mutation:
    """A flaw that was planted: the check that is to find it, the page, and words that the gap has to name."""

    check: str
    url: str
    trace: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A page that may be broken: its article and its file's text."""

    article: Article
    html: str
    others: Sequence[Article]


Break = Callable[[Subject, Random], tuple[str, str] | None]
"""The page's new text and the words by which the flaw is known; None if this page cannot be broken so."""


def plant_flaws(folder: Path, site: Site, clean: Sequence[Gap], *, seed: int, breaks: Mapping[str, Break] | None = None) -> list[Mutation]:
    """The flaws planted in a folder of saved pages, at most six of each kind, each on a page of its own that had no such gap."""
    random = Random(seed)
    files = {address_key(url): file for url, file in _list_files(folder)}
    articles = [article for article in site.articles if address_key(article.url) in files]
    has_gap = {(gap.check, page) for gap in clean if len(gap.pages) <= OF_THE_PAGE for page in gap.pages}
    planted: list[Mutation] = []
    for check, break_page in (breaks or BREAKS).items():
        candidates = [article for article in articles if (check, article.url) not in has_gap]
        random.shuffle(candidates)
        planted += _plant(check, break_page, candidates, files, {one.url for one in planted}, random)
    return planted


def _plant(
    check: str, break_page: Break, candidates: Sequence[Article], files: dict[str, Path], broken: set[str], random: Random
) -> list[Mutation]:
    planted: list[Mutation] = []
    for article in candidates:
        file = files[address_key(article.url)]
        if len(planted) == EACH or article.url in broken:
            continue
        result = break_page(Subject(article, file.read_text("utf-8", "replace"), candidates), random)
        if result:
            file.write_text(result[0], "utf-8")
            planted.append(Mutation(check, article.url, result[1]))
    return planted


def _list_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """URL and file of every page that the folder's manifest or canonical links name."""
    manifest = folder / "manifest.json"
    urls = json.loads(manifest.read_text("utf-8")) if manifest.exists() else {}
    for file in sorted(folder.glob("*.html")):
        canonical = re.search(r'<link[^>]+rel="canonical"[^>]+href="([^"]+)"', file.read_text("utf-8", "replace"))
        yield urls.get(file.name, {}).get("url") or (canonical.group(1) if canonical else f"site:/{quote(file.name)}"), file


def _drop_marker(page: Subject, random: Random) -> tuple[str, str] | None:
    """Takes the only marker of a reference out of the text."""
    counts = {marker.marker: sum(other.marker == marker.marker for other in page.article.markers) for marker in page.article.markers}
    single = [marker for marker, count in counts.items() if count == 1 and page.article.reference_for(marker)]
    random.shuffle(single)
    for marker in single:
        changed, count = re.subn(rf"<sup\b[^>]*>(?:\s*<a\b[^>]*>)?\[?{marker}\]?(?:</a>\s*)?</sup>", "", page.html)
        if count == 1 and not uncited_references(page.article):
            return changed, f"reference {marker}"
    return None


def _drop_entry(page: Subject, random: Random) -> tuple[str, str] | None:
    """Takes the last entry out of a reference list that the text cites to its end."""
    del random
    entry = page.article.references[-1] if page.article.references else None
    if not entry or entry not in page.article.references or entry in uncited_references(page.article) or len(page.article.references) < 2:
        return None
    opening = re.escape(entry.text[:24])
    items = re.finditer(r"<li\b[^>]*>(?:(?!</li>).)*</li>", page.html, re.DOTALL)
    found = [item for item in items if re.search(opening, visible_text(item.group()))]
    return (page.html.replace(found[-1].group(), ""), f"marker {entry.marker}") if len(found) == 1 else None


def _break_link(page: Subject, random: Random) -> tuple[str, str] | None:
    """Points a link of the text at a page that does not exist."""
    target = f"/gone-{random.randrange(10**6)}/"
    inside = [link for link in page.article.links if host_of(link.url) == host_of(page.article.url) and "#" not in link.url]
    for link in inside:
        path = link.url.partition(host_of(link.url))[2] or "/"
        for wording in (re.escape(link.url), re.escape(path)):
            pattern = rf'(href="){wording}("[^>]*>\s*{re.escape(link.text)})'
            changed, count = re.subn(pattern, rf"\g<1>{target}\g<2>", page.html, count=1)
            if count:
                return changed, target.strip("/")
    return None


def _break_anchor(page: Subject, random: Random) -> tuple[str, str] | None:
    """Gives a link of the text an anchor that its page does not have."""
    broken = _break_link(page, random)
    if not broken:
        return None
    other = random.choice([article.url for article in page.others])
    anchor = f"no-such-part-{random.randrange(10**6)}"
    return re.sub(r'href="/gone-\d+/"', f'href="{other}#{anchor}"', broken[0]), anchor


def _age_review(page: Subject, random: Random) -> tuple[str, str] | None:
    """Sets the days of review and change years back, in every form in which the page writes them."""
    del random
    metadata = page.article.metadata
    days = [day for day in (metadata.reviewed_on, metadata.modified_on) if day]
    changed = page.html
    for day in days:
        for form, old in zip(_forms(day), _forms(day.replace(day=min(day.day, 28), year=day.year - AGED_YEARS)), strict=True):
            changed = changed.replace(form, old)
    return (changed, "") if changed != page.html else None


def _forms(day: date) -> tuple[str, ...]:
    return (day.isoformat(), f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%B} {day.year}", f"{day:%b} {day.day}, {day.year}")


def _copy_paragraph(page: Subject, random: Random) -> tuple[str, str] | None:
    """Puts a paragraph of another page below the first long paragraph of this one."""
    own = long_paragraph(page.article, random)
    other = long_paragraph(random.choice(page.others), random)
    spot = re.search(rf"<p\b[^>]*>\s*{re.escape(own[:25])}(?:(?!</p>).)*</p>", page.html, re.DOTALL) if own else None
    if not spot or not other or other in page.article.text:
        return None
    return page.html[: spot.end()] + f"\n<p>{other}</p>" + page.html[spot.end() :], " ".join(other.split()[:5])


def long_paragraph(article: Article, random: Random) -> str:
    """A paragraph of 40 to 120 words of an article, "" if it has none."""
    lines = [line for line in article.text.split("\n") if 40 <= len(line.split()) <= 120 and "&" not in line and "<" not in line]
    return random.choice(lines) if lines else ""


def _drop_alternative(page: Subject, random: Random) -> tuple[str, str] | None:
    """Takes the alternative text from a picture that has one."""
    pictures = list(re.finditer(r'<img\b(?=[^>]*\salt="[^"]{3,}")(?=[^>]*\ssrc="([^"]+)")[^>]*>', page.html))
    if not pictures:
        return None
    picture = random.choice(pictures)
    name = f"renamed-{random.randrange(10**6)}.jpg"
    bare = re.sub(r'\salt="[^"]*"', "", picture.group()).replace(picture.group(1), name)
    return page.html[: picture.start()] + bare + page.html[picture.end() :], name


def _drop_description(page: Subject, random: Random) -> tuple[str, str] | None:
    """Takes out what the page says of itself to search engines."""
    del random
    changed = re.sub(r'<meta\b[^>]*(?:name|property)="(?:og:|twitter:)?description"[^>]*>', "", page.html)
    changed = re.sub(r'"description":\s*"(?:[^"\\]|\\.)*",?\s*', "", changed)
    return (changed, "description") if changed != page.html else None


def _drop_title(page: Subject, random: Random) -> tuple[str, str] | None:
    """Takes out the title."""
    del random
    changed = re.sub(r"<title\b[^>]*>.*?</title>", "", page.html, count=1, flags=re.DOTALL)
    changed = re.sub(r'<meta\b[^>]*(?:name|property)="(?:og:|twitter:)title"[^>]*>', "", changed)
    return (changed, "title") if changed != page.html else None


def _insert_term(page: Subject, random: Random) -> tuple[str, str] | None:
    """Adds a sentence with a word that stigmatises to a paragraph."""
    sentence, term = random.choice(
        [
            ("Some addicts never ask for help.", "addicts"),
            ("Her uncle committed suicide.", "committed suicide"),
            ("We also see the mentally ill at home.", "the mentally ill"),
            ("He was called back as a drug abuser.", "drug abuser"),
        ]
    )
    own = long_paragraph(page.article, random)
    spot = re.search(rf"<p\b[^>]*>\s*{re.escape(own[:25])}(?:(?!</p>).)*</p>", page.html, re.DOTALL) if own else None
    return (page.html[: spot.end() - 4] + f" {sentence}</p>" + page.html[spot.end() :], term) if spot else None


def _skip_level(page: Subject, random: Random) -> tuple[str, str] | None:
    """Makes a heading of the article two levels smaller."""
    sections = page.article.sections
    after_its_like = (below for above, below in pairwise(sections) if len(above.heading_path) <= 1 == len(below.heading_path))
    headings = [section.heading_path[-1] for section in after_its_like]
    random.shuffle(headings)
    for heading in headings:
        changed, count = re.subn(rf"<h2\b([^>]*)>(\s*{re.escape(heading)}\s*)</h2>", r"<h4\1>\2</h4>", page.html)
        if count == 1:
            return changed, " ".join(heading.split()[:4])
    return None


def visible_text(html: str) -> str:
    """The words of a piece of HTML."""
    return " ".join(re.sub(r"<[^>]+>", "", html).replace("&amp;", "&").split())


BREAKS: dict[str, Break] = {
    "uncited_reference": _drop_marker,
    "missing_reference": _drop_entry,
    "dead_link": _break_link,
    "dead_anchor": _break_anchor,
    "overdue_review": _age_review,
    "duplicate_passage": _copy_paragraph,
    "image_without_alternative": _drop_alternative,
    "missing_description": _drop_description,
    "missing_title": _drop_title,
    "stigmatising_term": _insert_term,
    "heading_outline": _skip_level,
}
"""The check that is to find it -> how a page is broken."""
