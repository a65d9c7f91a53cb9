"""How a page builder cuts an article up: sections, and in them runs of blocks of one kind, with "call us" boxes put in between."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from evaluation.sample_body import BodyBlock
from evaluation.sample_theme import Lot

OWN_WIDGETS = ("heading", "accordion", "figure", "cta")
"""Kinds of blocks that get a widget of their own; all others share a text widget."""
MIN_BLOCKS_FOR_CTA = 8
"""Shorter pages stay without a "call us" box inside the article."""


@dataclass(frozen=True, slots=True)
class Part:
    """Neighbouring blocks that share a widget; `anchor` is the id of a Divi module, "" for all others."""

    kind: str
    blocks: tuple[BodyBlock, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class PageSection:
    """An h2 (none before the first) and what follows it, cut for Elementor and WordPress (`parts`) and for Divi (`modules`)."""

    heading: BodyBlock | None
    parts: tuple[Part, ...]
    modules: tuple[Part, ...]


def cut_sections(blocks: Sequence[BodyBlock]) -> list[PageSection]:
    """The blocks of an article as sections, each opened by an h2."""
    return [make_section(chunk) for chunk in chunks_opened_by(blocks, 2)]


def make_section(blocks: Sequence[BodyBlock]) -> PageSection:
    """One section of blocks that may begin with an h2."""
    headed = blocks[0].level == 2
    modules = tuple(Part("module", tuple(chunk), chunk[0].anchor) for chunk in chunks_opened_by(blocks, 6))
    return PageSection(blocks[0] if headed else None, tuple(make_parts(blocks[headed:])), modules)


def make_parts(blocks: Sequence[BodyBlock]) -> Iterator[Part]:
    """Runs of blocks that share a widget."""
    for kind, run in groupby(blocks, key=lambda block: block.kind if block.kind in OWN_WIDGETS else "text"):
        yield Part(kind, tuple(run))


def chunks_opened_by(blocks: Sequence[BodyBlock], deepest: int) -> Iterator[list[BodyBlock]]:
    """The blocks cut before every heading down to a level; what stands before the first heading comes first."""
    chunk: list[BodyBlock] = []
    for block in blocks:
        if chunk and block.kind == "heading" and block.level <= deepest:
            yield chunk
            chunk = []
        chunk.append(block)
    if chunk:
        yield chunk


def insert_ctas(blocks: Sequence[BodyBlock], lot: Lot, wordings: int) -> list[BodyBlock]:
    """The blocks with none, one or two "call us" boxes at places drawn by lot, one in each half, never right after a heading."""
    result = list(blocks)
    if len(blocks) < MIN_BLOCKS_FOR_CTA:
        return result
    half = len(blocks) // 2
    for number in reversed(range(lot.number("ctas", 3))):
        place = half * number + 2 + lot.number(f"cta{number}", half - 2)
        while result[place - 1].kind == "heading":
            place += 1
        result.insert(place, BodyBlock("cta", "", level=(lot.number("wording", wordings) + number) % wordings))
    return result
