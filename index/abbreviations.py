"""Abbreviations that a site defines itself, as in "Interpersonal Psychotherapy (IPT)".

The algorithm of Schwartz and Hearst 2003 (https://psb.stanford.edu/psb-online/proceedings/psb03/schwartz.pdf): the letters of the short
form are looked for from right to left in the words before the bracket, and the first one must begin a word.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

BRACKET = re.compile(r"\(([^()]{2,60})\)")
SHORT_FORM = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Za-z][A-Za-z0-9-]{1,9}")
"""Two to ten characters, two of them capitals: the paper asks for one letter only, and takes "(Monday)" for an abbreviation."""


def mine_abbreviations(texts: Iterable[str]) -> Counter[tuple[str, str]]:
    """How often each pair of a short form and its long form (in lower case) is defined in the texts."""
    return Counter((short, long.lower()) for text in texts for short, long in find_definitions(text))


def find_definitions(text: str) -> Iterator[tuple[str, str]]:
    """Short and long forms in order: `long (SHORT)` and `SHORT (long)`."""
    for line in text.split("\n"):
        for bracket in BRACKET.finditer(line):
            inside, before = re.split(r"[,;]", bracket[1])[0].strip(" “”\"'"), line[: bracket.start()].rstrip(" “”\"'")
            yield from _define(inside, before)


def _define(inside: str, before: str) -> Iterator[tuple[str, str]]:
    if SHORT_FORM.fullmatch(inside):
        long = find_long_form(inside, " ".join(before.split()[-_most_words(inside) :]))
        if long:
            yield inside, long
        return
    short = before.split()[-1] if before.split() else ""
    if SHORT_FORM.fullmatch(short) and find_long_form(short, inside) == inside:
        yield short, inside


def _most_words(short: str) -> int:
    return min(len(short) + 5, len(short) * 2)


def find_long_form(short: str, before: str) -> str:
    """The words at the end of `before` for which `short` stands, or "" if it stands for none of them."""
    position = len(before) - 1
    for index in range(len(short) - 1, -1, -1):
        letter = short[index].lower()
        if not letter.isalnum():
            continue
        while position >= 0 and not (before[position].lower() == letter and (index > 0 or _begins_word(before, position))):
            position -= 1
        if position < 0:
            return ""
        position -= 1
    long = before[position + 1 :].strip()
    return long if _is_plausible(short, long) else ""


def _begins_word(text: str, position: int) -> bool:
    return position == 0 or not text[position - 1].isalnum()


def _is_plausible(short: str, long: str) -> bool:
    words = long.split()
    return len(long) > len(short) and len(words) <= _most_words(short) and short not in words and len(words) > 1
