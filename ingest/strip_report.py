"""The Strip Report: for every page what remains, what was stripped, why, and on how many pages it stands."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

from ingest.containers import count_words, prose_words
from ingest.schema import Block, StrippedBlock, StrippedPage
from ingest.strip_report_pages import INDEX_PAGE, SITE_PAGE, STYLE
from ingest.wording import is_small_print

MAX_RANKED = 200
"""Repeated parts shown on the first page of the report; report.json holds what stands on every page."""

MAX_SLUG = 60
MAX_DOUBTFUL = 25
RARE_PAGES = 2
"""A sentence that so few pages have is hardly the site's: if the learner went wrong, it shows here first."""


def strip_report(pages: Sequence[StrippedPage]) -> dict[str, Any]:
    """The report as JSON: totals, repeated parts by the words they cost, doubtful ones, and every page with its parts in reading order.

    A part is `{"text", "kind", "kept": true}` or `{"text", "kind", "kept": false, "reason", "pages"}`.
    """
    reports = [_page_report(page) for page in pages]
    return {
        "pages": reports,
        "repeated": _rank_repeated(pages),
        "doubtful": _find_doubtful(pages),
        "total": {
            "pages": len(reports),
            "words_kept": sum(report["words_kept"] for report in reports),
            "words_stripped": sum(report["words_stripped"] for report in reports),
        },
    }


def write_strip_report(pages: Sequence[StrippedPage], directory: Path) -> None:
    """Writes `index.html`, a page per page of the site under `pages/`, and `report.json`; opens in any browser, without scripts."""
    report = strip_report(pages)
    names = [f"{number:04}-{_slug(page.url)}.html" for number, page in enumerate(pages, 1)]
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    (directory / "pages").mkdir(parents=True, exist_ok=True)
    (directory / "report.json").write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
    template = environment.from_string(SITE_PAGE)
    for page, entry, name in zip(pages, report["pages"], names, strict=True):
        html = template.render(page=entry, runs=list(_runs(page)), style=STYLE, toml=_toml(page))
        (directory / "pages" / name).write_text(html, encoding="utf-8")
    listing = sorted(zip(report["pages"], names, strict=True), key=lambda pair: pair[0]["share_kept"])
    repeated = report["repeated"][:MAX_RANKED]
    doubtful = [entry | {"name": names[entry["page"]], "title": report["pages"][entry["page"]]["title"]} for entry in report["doubtful"]]
    index = environment.from_string(INDEX_PAGE).render(
        listing=listing, repeated=repeated, doubtful=doubtful, total=report["total"], style=STYLE, toml_text=toml_string
    )
    (directory / "index.html").write_text(index, encoding="utf-8")


def toml_string(text: str) -> str:
    """The text as a TOML basic string (https://toml.io/en/v1.0.0#string)."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _page_report(page: StrippedPage) -> dict[str, Any]:
    kept = sum(count_words(block.text) for block in page.kept)
    gone = sum(count_words(stripped.block.text) for stripped in page.stripped)
    return {
        "url": page.url,
        "title": page.metadata.title or next((block.text for block in page.kept if block.level), page.url),
        "words_kept": kept,
        "words_stripped": gone,
        "share_kept": kept / max(kept + gone, 1),
        "reasons": dict(Counter(_kind_of_reason(stripped.reason) for stripped in page.stripped).most_common()),
        "parts": [_part(part) for part in _parts(page)],
    }


def _parts(page: StrippedPage) -> Iterator[Block | StrippedBlock]:
    """Kept and stripped blocks of a page in reading order."""
    waiting = list(reversed(page.stripped))
    for number, block in enumerate(page.kept):
        while waiting and waiting[-1].kept_before <= number:
            yield waiting.pop()
        yield block
    yield from reversed(waiting)


def _part(part: Block | StrippedBlock) -> dict[str, Any]:
    if isinstance(part, Block):
        return {"text": part.text, "kind": part.kind, "kept": True}
    return {"text": part.block.text, "kind": part.block.kind, "kept": False, "reason": part.reason, "pages": part.pages}


def _runs(page: StrippedPage) -> Iterator[Mapping[str, Any]]:
    """Neighbouring parts of one fate: kept, or stripped for one reason."""

    def fate(part: Block | StrippedBlock) -> str:
        return part.reason if isinstance(part, StrippedBlock) else ""

    for reason, parts in groupby(_parts(page), key=fate):
        members = list(parts)
        blocks = [part.block if isinstance(part, StrippedBlock) else part for part in members]
        pages = max((part.pages for part in members if isinstance(part, StrippedBlock)), default=0)
        yield {"reason": reason, "pages": pages, "blocks": blocks}


def _rank_repeated(pages: Sequence[StrippedPage]) -> list[dict[str, Any]]:
    """The stripped texts by the words that they would have added to the site's articles."""
    found: defaultdict[str, list[StrippedBlock]] = defaultdict(list)
    for page in pages:
        for stripped in page.stripped:
            found[stripped.block.text].append(stripped)
    ranked = [
        {
            "text": text,
            "times": len(members),
            "pages": max(member.pages for member in members),
            "words": count_words(text) * len(members),
            "reason": Counter(member.reason for member in members).most_common(1)[0][0],
        }
        for text, members in found.items()
    ]
    return sorted(ranked, key=lambda entry: (-entry["words"], entry["text"]))


def _find_doubtful(pages: Sequence[StrippedPage]) -> list[dict[str, Any]]:
    """The longest sentences that were stripped although hardly another page has them: `{"text", "reason", "page"}`, page a number."""
    found = {
        stripped.block.text: {"text": stripped.block.text, "reason": stripped.reason, "page": number}
        for number, page in enumerate(pages)
        for stripped in page.stripped
        if stripped.pages <= RARE_PAGES and prose_words(stripped.block) and not is_small_print(stripped.block.text)
    }
    return sorted(found.values(), key=lambda entry: (-len(str(entry["text"])), entry["text"]))[:MAX_DOUBTFUL]


def _kind_of_reason(reason: str) -> str:
    """A reason without its numbers and names, for counting."""
    return re.sub(r"“.*”", "…", re.sub(r"\d+", "n", reason))


def _toml(page: StrippedPage) -> str:
    """What an editor pastes into clinic.toml and shortens: every stripped text of the page that no landmark explains, to keep."""
    texts = dict.fromkeys(stripped.block.text for stripped in page.stripped if stripped.block.landmark != "navigation")
    lines = "".join(f"    {toml_string(text)},\n" for text in texts)
    return f"[overrides]\nkeep = [\n{lines}]\nstrip = [\n]\n"


def _slug(url: str) -> str:
    path = re.sub(r"^\w+:/+", "", url)
    return re.sub(r"[^a-z0-9]+", "-", path.lower()).strip("-")[-MAX_SLUG:].strip("-") or "page"
