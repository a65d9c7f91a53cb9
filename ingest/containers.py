"""A page's blocks seen through their containers: how many words each element holds and how many of them are prose."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import accumulate, pairwise
from typing import NamedTuple

from ingest.schema import Block

PROSE_WORDS = 10
"""A run of this many words is prose whatever its punctuation; jusText calls shorter ones "short" (https://corpus.tools/wiki/Justext/Algorithm)."""

SENTENCE_WORDS = 5
MARKERS = "0123456789[], "
"""A sentence may end in the numbers of its references."""

SENTENCE_ENDS = '.!?:"”’…。'
LINKED = 0.5
"""Above this share of linked characters a block is a link, not a text with links in it."""


UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
CHARACTERS_PER_WORD = 2
"""Chinese, Japanese, Thai, Lao, Burmese and Khmer write words without spaces, of about two characters each."""


def count_words(text: str) -> int:
    """The number of words of a text in any script."""
    words = text.count(" ") + 1
    return words if text.isascii() else words + len(UNSPACED.findall(text)) // CHARACTERS_PER_WORD


def prose_words(block: Block) -> int:
    """The words of a block that reads as prose: mostly unlinked, and long or ending like a sentence; 0 for any other block."""
    if block.link_share > LINKED or block.kind in {"heading", "caption", "other"}:
        return 0
    words = count_words(block.text)
    is_sentence = words >= SENTENCE_WORDS and block.text.rstrip(MARKERS)[-1:] in SENTENCE_ENDS
    return words if words >= PROSE_WORDS or is_sentence else 0


class Span(NamedTuple):
    """The blocks `first` to `end` (exclusive) that a container at `depth` holds."""

    first: int
    end: int
    depth: int


new_span = partial(tuple.__new__, Span)
"""As `Span._make` without its check: a site has hundreds of thousands of containers."""


def find_spans(ancestors: Iterable[Sequence[int]]) -> dict[int, Span]:
    """What each container holds, from the ancestors of every block: in reading order its blocks are neighbours. Linear in containers."""
    spans: dict[int, Span] = {}
    around: Sequence[int] = ()
    starts: list[int] = []
    number = 0
    for number, path in enumerate((*ancestors, ())):
        shared = min(len(around), len(path))
        while shared and around[shared - 1] != path[shared - 1]:
            shared -= 1
        for depth in range(shared, len(around)):
            spans[around[depth]] = new_span((starts[depth], number, depth))
        starts[shared:] = [number] * (len(path) - shared)
        around = path
    return spans


def find_core(spans: Mapping[int, Span], weights: Sequence[int], share: float) -> int:
    """The deepest container that holds this share (more than half) of the blocks' weight; -1 if there is none."""
    running = [0, *accumulate(weights)]
    enough = share * running[-1]
    holding = [(span.depth, container) for container, span in spans.items() if running[span.end] - running[span.first] >= enough]
    return max(holding)[1] if holding and enough else -1


@dataclass(frozen=True)
class Containers:
    """The blocks of one page with the sums over their ancestors; everything is linear in blocks and containers."""

    blocks: Sequence[Block]

    @cached_property
    def spans(self) -> dict[int, Span]:
        """The blocks of each container."""
        return find_spans(block.ancestors for block in self.blocks)

    @cached_property
    def words(self) -> list[int]:
        """Words per block."""
        return [count_words(block.text) for block in self.blocks]

    @cached_property
    def prose(self) -> list[int]:
        """Words of prose per block."""
        return [prose_words(block) for block in self.blocks]

    @cached_property
    def total_prose(self) -> int:
        """Words of prose on the page."""
        return sum(self.prose)

    @cached_property
    def prose_held(self) -> Counter[int]:
        """Words of prose per container."""
        return self.sum_up(self.prose)

    @cached_property
    def landmark_prose(self) -> Counter[str]:
        """Words of prose per landmark role."""
        held: Counter[str] = Counter()
        for block, words in zip(self.blocks, self.prose, strict=True):
            held[block.landmark] += words
        return held

    def sum_up(self, weights: Iterable[int]) -> Counter[int]:
        """A weight per block, summed over every container that holds the block."""
        running = [0, *accumulate(weights)]
        return Counter({container: running[span.end] - running[span.first] for container, span in self.spans.items()})

    def deepest(self, weights: Sequence[int], share: float) -> int:
        """The container reached by going down wherever one child holds this share of its parent's weight; -1 if nothing weighs."""
        held = self.sum_up(weights)
        heaviest: dict[int, int] = {}
        root = -1
        for block, weight in zip(self.blocks, weights, strict=True):
            if weight:
                root = block.ancestors[0]
                for outer, inner in pairwise(block.ancestors[:-1]):  # a paragraph is no container
                    if held[inner] > held[heaviest.get(outer, -1)]:
                        heaviest[outer] = inner
        while root in heaviest and held[heaviest[root]] >= share * held[root]:
            root = heaviest[root]
        return root
