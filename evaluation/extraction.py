"""How much of an article comes through, and how much of the site's template comes with it."""

import json
import resource
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from evaluation.extraction_peers import PEERS
from evaluation.shingles import Shingles, average, compare_shingles, count_shingles
from evaluation.timing import ROUNDS, Timed, time_in_turn
from ingest.blocks import block_page
from ingest.collector import collecting_rarely
from ingest.decoding import decode_page
from ingest.schema import BlockedPage, Page, StrippedPage
from ingest.template import learn_template, strip_template

REPEATED_SHARE = 0.1
"""A shingle or a gold line on a tenth of the site's pages is the site's: DESIGN.md (leak), FINDINGS.md (cleaned gold)."""

MIN_REPEATS = 2

RIVAL = "trafilatura"
"""Whose speed ours is compared with; the others are timed once."""
OURS = "ours"
Titles = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class _Crawl:
    """The pages of a folder, by file name without suffix, and the gold text of some of them."""

    pages: Mapping[str, Page]
    gold: Mapping[str, str]
    is_one_site: bool


def measure_extraction(folder: Path, *, detail: bool = False) -> dict[str, Any]:
    """Shingle precision, recall and F1, leak, loss and emptied pages of a folder, with speed and memory.

    A folder with `*.html` and `gold/`, or `site/` and `gold/`, is one crawl; one with `html/` and `gold/` holds pages of different sites,
    each stripped as a crawl of one page. `leak`: share of kept shingles that are not in the page's gold and stand on a tenth of the
    folder's pages. `loss`: share of gold shingles missing. `emptied`, `kept_whole`: numbers of pages. `cleaned`: the same with
    the gold's own repeated lines (calls to action inside `<main>`) left out of both sides, so that stripping them is not judged.
    `untitled`: F1, and F1 of what is cleaned, without the lines of each page's h1 on either side: golds disagree about it.
    `pages_per_second` of processor time, in one process, from decoded text to the article's text, parsing, template learning and stripping
    included: what the peers do too, timed in the same way (libraries loaded, the fastest of three rounds in turn; our caches start
    each round empty, as with a new site). `peak_memory_mb` of the whole process so far. With `detail`, trafilatura, jusText and
    readability-lxml on the same pages in the same run, and `speed_ratio` to trafilatura.

    Raises: FileNotFoundError if the folder has no gold text.
    """
    crawl = _read_crawl(folder)
    timed = _time_extractors(crawl, (OURS, RIVAL) if detail else (OURS,))
    blocked, stripped, kept = timed[OURS].result
    whole = {name: "\n".join(block.text for block in page.blocks) for name, page in zip(crawl.pages, blocked, strict=True)}
    common = _common_shingles(whole.values())
    report = _score(kept, crawl.gold, common)
    report["kept_whole"] = sum(1 for name, page in zip(crawl.pages, stripped, strict=True) if name in crawl.gold and _is_whole(page))
    report["cleaned"] = _score_cleaned(kept, crawl.gold, common)
    titles = {
        name: frozenset(block.text for block in page.blocks if block.level == 1) for name, page in zip(crawl.pages, blocked, strict=True)
    }
    report["untitled"] = _score_untitled(kept, crawl.gold, titles)
    report |= {"pages": len(stripped), "gold_pages": len(crawl.gold), "pages_per_second": _speed(timed[OURS], crawl)}
    report["peak_memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if detail:
        timed |= _time_extractors(crawl, [name for name in PEERS if name != RIVAL], rounds=1)
        report["peers"] = {name: _score_peer(timed[name], crawl, common, titles) for name in PEERS}
        report["speed_ratio"] = report["pages_per_second"] / report["peers"][RIVAL]["pages_per_second"]
    return report


def _time_extractors(crawl: _Crawl, extractors: Sequence[str], *, rounds: int = ROUNDS) -> dict[str, Timed]:
    """The extractors on the same pages, in turn."""
    works: dict[str, Callable[[], Any]] = {}
    for name in extractors:
        if name == OURS:
            works[name] = partial(_extract, crawl)
            continue
        PEERS[name]("<p>This loads the library.</p>")
        works[name] = partial(_extract_with, PEERS[name], crawl)
    with collecting_rarely():  # as an ingest does; for the peers, too
        return time_in_turn(works, rounds=rounds, before=_empty_caches)


def _extract(crawl: _Crawl) -> tuple[list[BlockedPage], list[StrippedPage], dict[str, str]]:
    """The pages as blocks, stripped, and as text by name."""
    blocked = [block_page(page) for page in crawl.pages.values()]
    stripped = _strip(blocked, one_site=crawl.is_one_site)
    kept = {name: "\n".join(block.text for block in page.kept) for name, page in zip(crawl.pages, stripped, strict=True)}
    return blocked, stripped, kept


def _extract_with(extract: Callable[[str], str], crawl: _Crawl) -> dict[str, str]:
    return {name: extract(page.content) for name, page in crawl.pages.items()}


def _speed(timed: Timed, crawl: _Crawl) -> float:
    return len(crawl.pages) / max(timed.seconds, 1e-9)


def _empty_caches() -> None:
    """Forget what the ingest's functions remember of the round before."""
    for name, module in list(sys.modules.items()):
        if name.startswith("ingest."):
            for member in vars(module).values():
                if hasattr(member, "cache_clear"):
                    member.cache_clear()


def _read_crawl(folder: Path) -> _Crawl:
    gold = {path.stem: path.read_text(encoding="utf-8") for path in sorted((folder / "gold").glob("*.txt"))}
    if not gold:
        raise FileNotFoundError(f"{folder} has no gold/*.txt; it should hold *.html (or site/ or html/) and gold/ with a text per page")
    source = next((folder / name for name in ("html", "site") if (folder / name).is_dir()), folder)
    manifest_path = source / "manifest.json"
    manifest = json.loads(manifest_path.read_text(encoding="utf-8")) if manifest_path.exists() else {}
    pages = {path.stem: _read_page(path, manifest.get(path.name, {})) for path in sorted(source.glob("*.html"))}
    return _Crawl(pages, {name: text for name, text in gold.items() if name in pages}, source.name != "html")


def _read_page(path: Path, entry: Mapping[str, str]) -> Page:
    return Page(entry.get("url") or f"site:/{path.name}", decode_page(path.read_bytes()).text)


def _strip(pages: Sequence[BlockedPage], *, one_site: bool) -> list[StrippedPage]:
    if not one_site:
        return [strip_template(page, learn_template([page])) for page in pages]
    template = learn_template(pages)
    return [strip_template(page, template) for page in pages]


def _is_whole(page: StrippedPage) -> bool:
    return not page.stripped


def _common_shingles(texts: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """The shingles that stand on a tenth of the pages or more, and on two at least."""
    counts: Counter[tuple[str, ...]] = Counter()
    number = 0
    for text in texts:
        counts.update(set(count_shingles(text)))
        number += 1
    return frozenset(shingle for shingle, pages in counts.items() if pages >= max(MIN_REPEATS, REPEATED_SHARE * number))


def _score(kept: Mapping[str, str], gold: Mapping[str, str], common: frozenset[tuple[str, ...]]) -> dict[str, Any]:
    return _score_pairs([(count_shingles(text), count_shingles(kept[name])) for name, text in gold.items()], common)


def _score_cleaned(kept: Mapping[str, str], gold: Mapping[str, str], common: frozenset[tuple[str, ...]]) -> dict[str, Any]:
    """The score without the lines that stand on more than a tenth of the gold texts: whether they are kept or stripped is not judged.

    Pages whose gold says nothing else are left out.
    """
    counts = Counter(line for text in gold.values() for line in set(_lines(text)))
    repeated = {line for line, pages in counts.items() if pages > max(MIN_REPEATS, REPEATED_SHARE * len(gold))}
    inside = {shingle for line in repeated for shingle in count_shingles(line)}
    pairs = []
    for name, text in gold.items():
        own, predicted = (count_shingles("\n".join(line for line in _lines(side) if line not in repeated)) for side in (text, kept[name]))
        ignored = inside - own.keys()
        pairs.append((own, Counter({shingle: count for shingle, count in predicted.items() if shingle not in ignored})))
    return _score_pairs([(own, predicted) for own, predicted in pairs if own], common)


def _score_untitled(kept: Mapping[str, str], gold: Mapping[str, str], titles: Titles) -> dict[str, float]:
    kept, gold = ({name: _without_lines(text, titles[name]) for name, text in side.items()} for side in (kept, gold))
    return {"f1": _score(kept, gold, frozenset())["f1"], "cleaned_f1": _score_cleaned(kept, gold, frozenset())["f1"]}


def _without_lines(text: str, lines: frozenset[str]) -> str:
    return "\n".join(line for line in _lines(text) if line not in lines)


def _score_pairs(pairs: Sequence[tuple[Shingles, Shingles]], common: frozenset[tuple[str, ...]]) -> dict[str, Any]:
    scores: dict[str, Any] = average(compare_shingles(true, predicted) for true, predicted in pairs)
    scores["leak"] = _ratio(sum(_leaked(true, predicted, common) for true, predicted in pairs), sum(p.total() for _, p in pairs))
    scores["loss"] = _ratio(sum((true - predicted).total() for true, predicted in pairs), sum(true.total() for true, _ in pairs))
    scores["emptied"] = sum(1 for true, predicted in pairs if true and not predicted)
    return scores


def _leaked(gold: Shingles, predicted: Shingles, common: frozenset[tuple[str, ...]]) -> int:
    return sum(count for shingle, count in predicted.items() if shingle not in gold and shingle in common)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines()]


def _score_peer(timed: Timed, crawl: _Crawl, common: frozenset[tuple[str, ...]], titles: Titles) -> dict[str, Any]:
    report = _score(timed.result, crawl.gold, common)
    report["cleaned"] = _score_cleaned(timed.result, crawl.gold, common)
    report["untitled"] = _score_untitled(timed.result, crawl.gold, titles)
    report["pages_per_second"] = _speed(timed, crawl)
    return report
