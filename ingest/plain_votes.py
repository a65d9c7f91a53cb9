"""What a page without a DOM shows about itself: where its article begins and ends can only be told from its words."""

import re
from collections.abc import Iterator, Sequence

from ingest.containers import Containers
from ingest.page_votes import spans_of_references
from ingest.plain_text import TEXT_ROOT, find_topic
from ingest.schema import Block
from ingest.wording import asks_for_something, is_protected

MIN_TOPIC_LETTERS = 5
"""Shorter words of a title ("what", "help", "with") say nothing about its topic."""

MAX_CAPTION_WORDS = 6
SENTENCE_ENDS = ".!?:;"
CONTACT = re.compile(
    r"\b(?:licen[cs]ed? (?:by|number|no)|expiration date|privacy policy|terms of (?:use|service)|sitemap|quick links"
    r"|(?:©|copyright)|[\w.+-]+@[\w-]+\.\w+|opening hours|our location|[A-Z]{2} \d{5}|fill out)",
    re.IGNORECASE,
)
"""What stands at the foot of a clinic's pages: licence, legal pages, address, hours."""


def is_plain_text(blocks: Sequence[Block]) -> bool:
    """Whether the blocks are those of a page without a DOM."""
    return bool(blocks) and blocks[0].dom_path[:1] == (TEXT_ROOT,)


def vote_on_plain_text(containers: Containers, reasons: list[str]) -> None:
    """Add reasons to strip what stands above the title, below the references or at the foot of the page, and stray captions."""
    blocks = containers.blocks
    title = next((number for number, block in enumerate(blocks) if block.level == 1), -1)
    topic = topic_words([block.text for block in blocks if block.level])
    for number in range(title):
        if not containers.prose[number]:
            reasons[number] = reasons[number] or "above the page's title"
    for number in _foot(containers, topic):
        reasons[number] = reasons[number] or "at the foot of the page, not about its subject"
    for number in _after_references(blocks, topic):
        reasons[number] = reasons[number] or "after the article's references"
    for number, block in enumerate(blocks):
        if not reasons[number] and _is_caption(block, topic):
            reasons[number] = "a stray caption that repeats the topic"


def topic_words(headings: Sequence[str]) -> frozenset[str]:
    """The words that name a page's topic: those that its headings repeat, else those of its title that are long enough."""
    topic = find_topic(headings) or (headings[0] if headings else "")
    return frozenset(word for word in re.findall(r"\w+", topic.casefold()) if len(word) >= MIN_TOPIC_LETTERS)


def _is_about(block: Block, topic: frozenset[str]) -> bool:
    return not topic.isdisjoint(re.findall(r"\w+", block.text.casefold()))


def _after_references(blocks: Sequence[Block], topic: frozenset[str]) -> Iterator[int]:
    """What follows the last reference and does not speak of the topic: an article ends with its references."""
    listed = sorted(number for number in spans_of_references(blocks) if blocks[number].kind == "list_item")
    end = listed[0] if listed else len(blocks)
    while end < len(blocks) and blocks[end].kind == "list_item":
        end += 1
    for section in _sections(blocks, end):
        if not any(_is_about(blocks[number], topic) or is_protected(blocks[number].text) for number in section):
            yield from section


def _foot(containers: Containers, topic: frozenset[str]) -> Iterator[int]:
    """The last sections as long as each asks for something or gives an address, and none speaks of the topic."""
    blocks = containers.blocks
    for section in reversed(list(_sections(blocks, 0))):
        texts = [blocks[number].text for number in section]
        if any(_is_about(blocks[number], topic) for number in section) or any(map(is_protected, texts)):
            return
        is_prose = sum(containers.prose[number] for number in section) > 0
        if is_prose and not any(asks_for_something(text) or CONTACT.search(text) for text in texts):
            return
        yield from section


def _sections(blocks: Sequence[Block], start: int) -> Iterator[range]:
    """Runs of blocks, each from a heading to the next."""
    first = start
    for number in range(start, len(blocks)):
        if blocks[number].level and number > first:
            yield range(first, number)
            first = number
    if first < len(blocks):
        yield range(first, len(blocks))


def _is_caption(block: Block, topic: frozenset[str]) -> bool:
    words = re.findall(r"\w+", block.text.casefold())
    is_short_line = block.kind == "paragraph" and len(words) <= MAX_CAPTION_WORDS and block.text[-1] not in SENTENCE_ENDS
    return is_short_line and all(word in topic or len(word) < MIN_TOPIC_LETTERS for word in words) and not topic.isdisjoint(words)
