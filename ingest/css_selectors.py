"""The simple CSS selectors of an editor's overrides, matched against a block's place in the DOM."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

COMPOUND = re.compile(r"([a-zA-Z][\w-]*|\*)?((?:[.#][\w:/-]+)*)\Z")
NUMBERS = re.compile(r"(?<![0-9A-Za-z])(?=[a-f]*\d)[0-9a-f]{5,}(?![0-9A-Za-z])|\d+")
"""Numbers, hexadecimal ones too: "menu-item-90d8f5d", "elementor-element-7d1b5f2" are made anew with each page."""


@dataclass(frozen=True, slots=True)
class _Step:
    tag: str
    names: frozenset[str]
    is_child: bool


@lru_cache(maxsize=1024)
def parse_selector(selector: str) -> tuple[_Step, ...]:
    """The steps of a selector such as `aside.sidebar > .newsletter`, outermost first; numbers are dropped as in `Block.dom_path`.

    Raises: ValueError for anything but tags, ids, classes, spaces and `>`.
    """
    steps: list[_Step] = []
    is_child = False
    for part in selector.replace(">", " > ").split():
        if part == ">":
            is_child = True
            continue
        compound = COMPOUND.match(part)
        if not compound:
            raise ValueError(f"cannot read the selector {selector!r}; use tags, #ids and .classes, separated by spaces or >")
        steps.append(_Step(without_numbers(compound[1] or "*"), _names(compound[2]), is_child))
        is_child = False
    if not steps or is_child:
        raise ValueError(f"the selector {selector!r} names no element; use for example “div.newsletter”")
    return tuple(steps)


@lru_cache(maxsize=65_536)
def without_numbers(name: str) -> str:
    """A tag, id or class without what numbers it: the same part of a page has the same name on every page."""
    return NUMBERS.sub("", name)


def matches_path(selector: str, path: Sequence[str]) -> bool:
    """Whether an element on this path, or one around it, is what the selector means."""
    steps = parse_selector(selector)
    return any(_ends_at(steps, path, end) for end in range(len(path)))


def _ends_at(steps: Sequence[_Step], path: Sequence[str], end: int) -> bool:
    """Whether the last step is the element at `end`, the steps before it being around it in order."""
    if not _fits(steps[-1], path[end]):
        return False
    if len(steps) == 1:
        return True
    candidates = [end - 1] if steps[-1].is_child else range(end - 1, -1, -1)
    return any(position >= 0 and _ends_at(steps[:-1], path, position) for position in candidates)


def _fits(step: _Step, label: str) -> bool:
    tag, names = _split(label)
    return step.tag in {"*", tag} and step.names <= names


@lru_cache(maxsize=65_536)
def _split(label: str) -> tuple[str, frozenset[str]]:
    end = min((label.find(mark) for mark in ".#" if mark in label), default=len(label))
    return label[:end], _names(label[end:])


def _names(text: str) -> frozenset[str]:
    return frozenset(without_numbers(name) for name in re.findall(r"[.#][^.#]+", text))
