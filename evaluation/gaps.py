"""Whether the editors' checks find what is wrong, and nothing else.

Four figures for a site: the share of the flaws listed in a README's table "Planted flaws" that are found, the share found of those that
a seeded mutator plants in the saved pages, the share of false alarms among the gaps that a person has read, and the gaps of each check.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote

from evaluation.gap_mutations import BREAKS, Mutation, plant_flaws
from evaluation.gap_text_breaks import TEXT_BREAKS
from evaluation.gap_verdicts import read_verdicts, score_verdicts
from gaps.addresses import address_key
from gaps.checks import check_names
from gaps.context import CheckContext
from gaps.report import find_gaps
from gaps.schema import Gap
from ingest.pipeline import ingest_site
from ingest.schema import Site

CORPUS_DAY = date(2026, 11, 23)
"""The day for which the table of the sample clinic was written."""
SEEDS = (1, 2, 3)
SAME_FLAW: Mapping[str, frozenset[str]] = {
    "dangling-marker": frozenset({"missing_reference"}),
    "uncited-reference": frozenset({"uncited_reference"}),
    "duplicate-reference": frozenset({"duplicate_reference"}),
    "malformed-doi": frozenset({"malformed_identifier"}),
    "claim-without-reference": frozenset({"uncited_claim"}),
    "expired-license": frozenset({"expired_date"}),
    "expired-offer": frozenset({"expired_date"}),
    "old-copyright-year": frozenset({"old_copyright"}),
    "menu-entry-without-page": frozenset({"menu_without_page"}),
    "orphan-page": frozenset({"orphan_page"}),
    "dead-link": frozenset({"dead_link"}),
    "dead-anchor": frozenset({"dead_anchor"}),
    "vague-link-text": frozenset({"vague_link"}),
    "near-duplicate-pages": frozenset({"duplicate_page"}),
    "conflicting-numbers": frozenset({"contradicting_numbers"}),
    "conflicting-contact": frozenset({"contradicting_contact"}),
    "stale-review": frozenset({"overdue_review"}),
    "never-reviewed": frozenset({"missing_review"}),
    "review-in-the-future": frozenset({"future_date"}),
    "thin-page": frozenset({"thin_page"}),
    "empty-section": frozenset({"empty_section"}),
    "skipped-heading-level": frozenset({"heading_outline"}),
    "missing-alt-text": frozenset({"image_without_alternative"}),
    "placeholder-text": frozenset({"placeholder_text"}),
    "several-names-for-one-therapy": frozenset({"inconsistent_term"}),
    "undefined-abbreviation": frozenset({"unexplained_abbreviation"}),
    "stigmatizing-term": frozenset({"stigmatising_term"}),
    "suicide-without-crisis-line": frozenset({"missing_crisis_signpost"}),
    "untranslated-page": frozenset({"untranslated_page"}),
}
"""The table's name of a flaw -> our checks of that name."""


@dataclass(frozen=True, slots=True)
class PlantedFlaw:
    """A row of the table: the flaw's name, the page's path and the words, link or anchor at which it stands."""

    number: str
    name: str
    page: str
    place: str


def measure_gaps(path: Path, *, detail: bool = False) -> Mapping[str, Any]:
    """Shares found of planted flaws and mutations, and the gaps of the site as it is; `detail` adds what was missed and gaps per check.

    `path` is a folder of saved pages, or one with the pages in `site/` and the table in `README.md`.
    """
    pages = path / "site" if (path / "site").is_dir() else path
    site = ingest_site([str(pages)])
    gaps = find_gaps(CheckContext(site, CORPUS_DAY))
    figures: dict[str, Any] = {"pages": len(site.articles), "gaps": len(gaps)}
    figures |= _score_table(path / "README.md", gaps, detail=detail)
    figures |= score_verdicts(read_verdicts(path.resolve().name), gaps, detail=detail)
    figures |= _score_mutations(pages, site, gaps, detail=detail)
    if detail:
        figures["per_check"] = {name: sum(gap.check == name for gap in gaps) for name in check_names()}
    return figures


def read_planted_flaws(readme: Path) -> list[PlantedFlaw]:
    """The rows of the table under "## Planted flaws"; none if there is no such file or heading."""
    text = readme.read_text("utf-8") if readme.exists() else ""
    table = text.partition("\n## Planted flaws")[2]
    rows = [[cell.strip().strip("`") for cell in line.strip("| ").split("|")] for line in table.splitlines() if re.match(r"\|\s*\d", line)]
    return [PlantedFlaw(*row[:4]) for row in rows]


def finds_flaw(gap: Gap, flaw: PlantedFlaw) -> bool:
    """Whether a gap reports this flaw: the same kind, on the same page, at the same place or about the page as a whole."""
    same_kind = gap.check in SAME_FLAW.get(flaw.name, frozenset({flaw.name.replace("-", "_")}))
    on_page = any(_path_of(page) == flaw.page.rstrip("/") for page in gap.pages) or _path_of(gap.place) == flaw.page.rstrip("/")
    about_page = gap.place.partition("#")[0] == gap.place
    return same_kind and on_page and (about_page or _names_place(gap, flaw.place))


def _names_place(gap: Gap, place: str) -> bool:
    said = _plain(" ".join((gap.subject, unquote(gap.place), gap.reason, gap.evidence, gap.advice)))
    words = _plain(re.sub(r"\.\d+$", "", place)).split()
    return _plain(place) in said or " ".join(words[:4]) in said or any(_plain(place) in _plain(unquote(page)) for page in gap.pages)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _path_of(url: str) -> str:
    """The path of an address without host, fragment and closing slash."""
    return "/" + address_key(url).partition("/")[2] if "/" in address_key(url) else ""


def _score_table(readme: Path, gaps: Sequence[Gap], *, detail: bool) -> Mapping[str, Any]:
    flaws = read_planted_flaws(readme)
    if not flaws:
        return {}
    missed = [flaw for flaw in flaws if not any(finds_flaw(gap, flaw) for gap in gaps)]
    others = [gap for gap in gaps if not any(finds_flaw(gap, flaw) for flaw in flaws)]
    figures: dict[str, Any] = {"planted": len(flaws), "planted_found": (len(flaws) - len(missed)) / len(flaws), "not_planted": len(others)}
    if detail:
        figures["missed"] = [f"{flaw.number} {flaw.name} {flaw.page}" for flaw in missed]
        figures["others"] = [f"{gap.check} {gap.pages[0]} {gap.subject}" for gap in others]
    return figures


def _score_mutations(pages: Path, site: Site, clean: Sequence[Gap], *, detail: bool) -> Mapping[str, Any]:
    """The share of mutations found by the check that they are for, over all seeds."""
    known = {gap.gap_id for gap in clean}
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    missed: list[str] = []
    for seed, breaks in product(SEEDS, (BREAKS, TEXT_BREAKS)):
        with TemporaryDirectory() as folder:
            copy = Path(copytree(pages, Path(folder) / "site"))
            mutations = plant_flaws(copy, site, clean, seed=seed, breaks=breaks)
            new = [gap for gap in find_gaps(CheckContext(ingest_site([str(copy)]), CORPUS_DAY)) if gap.gap_id not in known]
        for mutation in mutations:
            planted[mutation.check] += 1
            hit = any(_is_hit(gap, mutation) for gap in new)
            found[mutation.check] += hit
            missed += [] if hit else [f"seed {seed}: {mutation.check} {mutation.url} {mutation.trace}"]
    if not planted:
        return {}
    figures: dict[str, Any] = {"mutations": planted.total(), "mutations_found": found.total() / planted.total()}
    if detail:
        figures["mutations_missed"] = missed
        figures["mutations_per_check"] = {check: f"{found[check]}/{count}" for check, count in sorted(planted.items())}
    return figures


def _is_hit(gap: Gap, mutation: Mutation) -> bool:
    on_page = address_key(mutation.url) in {address_key(page) for page in gap.pages}
    said = " ".join((gap.subject, gap.place, gap.reason, gap.evidence))
    return gap.check == mutation.check and on_page and _plain(mutation.trace) in _plain(unquote(said))
