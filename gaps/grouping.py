"""The gaps of a run in the orders in which editors work: by check, by page, by topic."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from gaps.addresses import address_key
from gaps.radar import Radar
from gaps.schema import SEVERITIES, Gap, Severity
from gaps.topics import Topic
from index.lexical import find_terms

Order = Literal["check", "page", "topic"]
FEW_PAGES = 3
"""A gap on more pages than this is one of the template's or of the whole site, not of a page."""
EVERYWHERE = "Many pages"
NO_TOPIC = "No single topic"


@dataclass(frozen=True, slots=True)
class GapGroup:
    """Gaps that belong together, the most pressing first. `key` is the check's name, the page's URL or the topic's name."""

    key: str
    title: str
    gaps: tuple[Gap, ...]

    @property
    def counts(self) -> dict[Severity, int]:
        """Gaps by severity, those without any left out."""
        counts = {severity: sum(gap.severity == severity for gap in self.gaps) for severity in SEVERITIES}
        return {severity: count for severity, count in counts.items() if count}


def group_gaps(radar: Radar, gaps: Sequence[Gap], order: Order) -> list[GapGroup]:
    """The gaps in groups, that with the worst gap first; by page and topic a gap may stand in several."""
    keys: Mapping[Order, Callable[[Gap], Iterable[str]]] = {
        "check": lambda gap: (gap.check,),
        "page": _pages_of,
        "topic": _topic_finder(radar.topics),
    }
    titles = radar.titles if order == "page" else {}
    groups: dict[str, list[Gap]] = defaultdict(list)
    for gap in gaps:
        for key in keys[order](gap):
            groups[key].append(gap)
    return [GapGroup(key, titles.get(key, key), tuple(held)) for key, held in groups.items()]


def say_check(name: str) -> str:
    """The name of a check as a person reads it: "Missing crisis signpost"."""
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _pages_of(gap: Gap) -> tuple[str, ...]:
    return gap.pages if 0 < len(gap.pages) <= FEW_PAGES else (EVERYWHERE,)


def _topic_finder(topics: Sequence[Topic]) -> Callable[[Gap], tuple[str, ...]]:
    """Tells the topics of a gap: those whose page it stands on, else those that its subject names."""
    of_page = {address_key(topic.url): topic.name for topic in topics if topic.url}
    terms = [(frozenset(find_terms(topic.name)), topic.name) for topic in topics]

    def find(gap: Gap) -> tuple[str, ...]:
        if len(gap.pages) > FEW_PAGES:
            return (NO_TOPIC,)
        said = set(find_terms(gap.subject))
        found = [of_page[key] for key in map(address_key, gap.pages) if key in of_page]
        found = found or [name for wanted, name in terms if wanted <= said]
        return tuple(dict.fromkeys(found)) or (NO_TOPIC,)

    return find
