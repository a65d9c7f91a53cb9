"""One claim with two numbers."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from gaps.context import CheckContext, Claim
from gaps.places import place_of, shorten
from gaps.schema import Gap
from gaps.statements import Amount, content_words, find_amounts
from index.lexical import find_terms

COMMON_PAGES = 3
"""A number that stands on this many pages in the same words is a fact about the clinic."""
COMMON_SHARE = 0.75
"""Of all pages that use the words with this unit, at least this share gives the common number."""
FEWEST_KEYS, MANY_PAGES = 2, 5
"""Two pairs of words must point to the common number, or a near one on five pages: one pair ("virtual session") may belong to two facts."""
SHARES = ("%", "percent")
"""Shares tell of studies, and every study has its own: they are left to the references."""
_IN_GENERAL = re.compile(
    r"\b(?:on average|average|typically (?:cost|charge|range)s?|typical|most (?:clinics|therapists|providers)|elsewhere|nationwide)\b", re.I
)
"""A sentence about what is usual elsewhere states no fact about the clinic."""
SAME_WORDS = 0.9
FEWEST_WORDS = 8
"""Two sentences that agree in nine of ten content words, and eight at least, speak of the same thing even on two pages only."""


@dataclass(frozen=True, slots=True)
class _Statement:
    claim: Claim
    amount: Amount


_Key = tuple[str, tuple[str, str]]
"""A unit, and two neighbouring words."""


def check(context: CheckContext) -> Iterator[Gap]:
    """A page gives a number that the other pages give differently: a price, a length, a size.

    Reported in two cases only, so that nothing is called a contradiction that is not one: a number that three or more pages agree on in the
    same words and a single page does not, and two sentences that are the same but for the number. English pages only.
    """
    statements = [
        _Statement(claim, amount)
        for claim in _claims(context)
        for amount in find_amounts(claim)
        if amount.unit not in SHARES and not _IN_GENERAL.search(claim.text)
    ]
    reported: set[int] = set()
    for statement, value, witness in _lone_values(statements):
        reported.add(id(statement.claim))
        yield _describe(statement.claim, statement.amount.value, witness, value)
    for first, second in _same_sentences(statements):
        if id(second.claim) not in reported and id(first.claim) not in reported:
            reported.add(id(second.claim))
            yield _describe(second.claim, second.amount.value, first.claim, first.amount.value)


def _claims(context: CheckContext) -> Iterator[Claim]:
    return (claim for article in context.english_articles for claim in context.sentences(article))


def _lone_values(statements: list[_Statement]) -> Iterator[tuple[_Statement, str, Claim]]:
    """Every statement whose number no other page gives in any of its words, with the common number and a sentence that gives it."""
    pages: dict[_Key, dict[str, dict[str, Claim]]] = defaultdict(lambda: defaultdict(dict))
    for one in statements:
        for pair in one.amount.keys:
            pages[one.amount.unit, pair][one.amount.value][one.claim.article.url] = one.claim
    for one in statements:
        told = {pair: pages[one.amount.unit, pair] for pair in sorted(one.amount.keys)}
        shared = any(len(values[one.amount.value]) > 1 for values in told.values())
        common = Counter(value for values in told.values() if (value := _common_value(values)) and value != one.amount.value)
        if common and not shared:
            value, count = common.most_common(1)[0]
            sources = {pair: values[value] for pair, values in told.items() if _common_value(values) == value}
            near = (held for pair, held in sources.items() if pair in one.amount.nearest and len(held) >= MANY_PAGES)
            witnesses = next(near, next(iter(sources.values())) if count >= FEWEST_KEYS else {})
            if witnesses and one.claim.article.url not in witnesses:
                yield one, value, next(iter(witnesses.values()))


def _common_value(values: dict[str, dict[str, Claim]]) -> str:
    """The number that nearly all pages give; "" if there is none."""
    value = max(values, key=lambda value: len(values[value]))
    total = sum(map(len, values.values()))
    return value if len(values[value]) >= COMMON_PAGES and len(values[value]) >= COMMON_SHARE * total else ""


def _same_sentences(statements: list[_Statement]) -> Iterator[tuple[_Statement, _Statement]]:
    """Pairs of sentences of two pages that are the same but for a number; only sentences that share a rare word are compared."""
    words = [content_words(one.claim.text) for one in statements]
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, one in enumerate(statements):
        for word in words[at]:
            holders[word, one.amount.unit].append(at)
    for at, one in enumerate(statements):
        if len(words[at]) >= FEWEST_WORDS:
            rare = sorted((holders[word, one.amount.unit] for word in words[at]), key=len)[:3]
            earlier = sorted({other for held in rare for other in held[:20] if other < at})
            match = next((statements[i] for i in earlier if _alike(words[i], words[at]) and _differ(statements[i], one)), None)
            if match:
                yield match, one


def _alike(first: frozenset[str], second: frozenset[str]) -> bool:
    return len(first & second) >= SAME_WORDS * len(first | second)


def _differ(first: _Statement, second: _Statement) -> bool:
    """Whether two statements of two pages give different numbers, and the one's number stands nowhere in the other's sentence.

    Pages whose titles differ in one word each ("Therapy in Ajax", "Therapy in Oshawa") tell facts of two places.
    """
    titles = set(find_terms(first.claim.article.title)), set(find_terms(second.claim.article.title))
    if len(titles[0] - titles[1]) == 1 == len(titles[1] - titles[0]):
        return False
    numbers = {amount.value for amount in find_amounts(first.claim)}
    others = {amount.value for amount in find_amounts(second.claim)}
    return first.claim.article.url != second.claim.article.url and first.amount.value not in others and second.amount.value not in numbers


def _describe(claim: Claim, value: str, witness: Claim, other: str) -> Gap:
    return Gap(
        severity="error",
        subject=shorten(claim.text, 80),
        place=place_of(claim.article, claim.sentence.start, claim.sentence.end),
        reason=f"This page says {value} where “{shorten(witness.article.title, 60)}” says {other}.",
        evidence=f"“{shorten(claim.text, 120)}” against “{shorten(witness.text, 120)}”",
        advice="Find out which number is right and write it in all places.",
        pages=(claim.article.url, witness.article.url),
        site_wide=True,
    )
