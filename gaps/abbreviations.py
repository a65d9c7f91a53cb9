"""Abbreviations of a text and where it spells them out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LETTERS = r"[A-Z]{2,6}|[A-Z]{1,4}-[A-Z]{1,4}|[A-Z][a-z]?[A-Z]{1,4}"
ABBREVIATION = re.compile(rf"(?<![\w@./#&$-])(?P<letters>{_LETTERS})(?:s|'s|’s)?(?![\w@/&]|[-.]\w)")
_IN_BRACKETS = re.compile(r"\(([^()\n]{2,90})\)")
_SHORT_INSIDE = re.compile(
    rf"(?:or |also called |also known as |abbreviated (?:as )?|called )?[“\"]?(?P<letters>{_LETTERS})s?[”\"]?(?:[,;:/ ].*)?"
)
_SHORT_BEFORE = re.compile(rf"(?P<letters>{_LETTERS})s?$")
_STANDS_FOR = re.compile(
    rf"(?<![\w-])(?P<letters>{_LETTERS})s?(?:,? (?:which )?(?:stands for|is short for|short for)(?:\s|:)+|\s[–—-]\s|:\s)"
    r"(?P<after>[^().;\n]{4,90})"
)
_WORD = re.compile(r"[^\W\d_]+")
_SMALL_WORDS = frozenset("a an and at by for from in of on or the to with de del la las los y el".split())

_LAST_WORD = re.compile(
    r"(?:psycho)?therap(?:y|ies)|disorders?|treatments?|programs?|programmes?|training|inhibitors?|syndromes?|stimulation|reprocessing|care|interviewing|"
    r"practitioners?|associations?|health|plans?|systems?|counsell?(?:ing|ors?)|workers?|tests?|scales?|groups?|depression|anxiety|use|management|imaging",
    re.IGNORECASE,
)
LETTERS_TO_SKIP = 4
"""Shorter abbreviations would fit too many words if one could be left out."""


@dataclass(frozen=True, slots=True)
class Definition:
    """An abbreviation with the words that it stands for, as a text gives them."""

    letters: str
    meaning: str

    @property
    def is_plain(self) -> bool:
        """Whether every letter is the first of one word, small words left out: then the meaning was surely read right."""
        words = [word for word in _WORD.findall(self.meaning.lower()) if word not in _SMALL_WORDS]
        return "".join(word[0] for word in words) == _plain(self.letters)


def find_definitions(text: str) -> Iterator[Definition]:
    """What a text spells out: "interpersonal psychotherapy (IPT)", "IPT (interpersonal psychotherapy)", "IPT stands for ..."."""
    for found in _IN_BRACKETS.finditer(text):
        before = re.split(r"[()\n.,;:?!]", text[max(0, found.start() - 90) : found.start()])[-1].rstrip()
        yield from _define(found.group(1), before)
    for found in _STANDS_FOR.finditer(text):
        if meaning := _leading_words(found["letters"], found["after"]):
            yield Definition(found["letters"], meaning)


def is_spelled_out(letters: str, text: str) -> bool:
    """Whether words in a row stand for the letters in order: "cognitive behavioral therapy" for CBT.

    Four words in a row begin with any four letters by chance, so the last one has to be what abbreviations end in, or all be capitalised.
    """
    return any(_line_spells(_plain(letters), line) for line in text.split("\n"))


def _line_spells(wanted: str, line: str) -> bool:
    words = [word for word in _WORD.findall(line) if word.lower() not in _SMALL_WORDS]
    initials = "".join(word[0].lower() for word in words)
    starts = (at for at in range(len(initials) - len(wanted) + 1) if initials.startswith(wanted, at))
    spelled = (words[at : at + len(wanted)] for at in starts)
    return any(_LAST_WORD.fullmatch(some[-1]) is not None or all(word[0].isupper() for word in some) for some in spelled)


def _define(inside: str, before: str) -> Iterator[Definition]:
    short = _SHORT_INSIDE.fullmatch(inside)
    if short and (meaning := _closing_words(short["letters"], before)):
        yield Definition(short["letters"], meaning)
    short = _SHORT_BEFORE.search(before)
    if short and (meaning := _leading_words(short["letters"], inside)):
        yield Definition(short["letters"], meaning)


def _plain(letters: str) -> str:
    return letters.replace("-", "").lower()


def _closing_words(letters: str, before: str) -> str:
    """The shortest end of the words before a bracket that the letters abbreviate; "" if there is none."""
    words = before.split()
    most = min(len(words), 2 * len(letters) + 2)
    return next((" ".join(words[-count:]).strip("“”\"',") for count in range(1, most + 1) if _spells(letters, words[-count:])), "")


def _leading_words(letters: str, after: str) -> str:
    """The shortest beginning of some words that the letters abbreviate; "" if there is none."""
    words = after.split()
    most = min(len(words), 2 * len(letters) + 2)
    return next((" ".join(words[:count]).strip("“”\"',") for count in range(1, most + 1) if _spells(letters, words[:count])), "")


def _spells(letters: str, words: list[str]) -> bool:
    """Whether the letters can be read off the words in order, the first letter off the first word.

    A word gives its first letter, and further ones from inside it ("psychotherapy" for PT); small words may give none, and so may one
    other word where there are four letters or more ("National Institute for Health and Care Excellence" for NICE).
    """
    wanted = _plain(letters)
    parts = [part.lower() for word in words for part in _WORD.findall(word)]
    if not parts or parts[0][0] != wanted[0] or parts[0] in _SMALL_WORDS or (len(parts) == 1 and len(wanted) > 2):
        return False
    return _read_off(wanted, tuple(parts), skips=int(len(wanted) >= LETTERS_TO_SKIP))


def _read_off(wanted: str, parts: tuple[str, ...], *, skips: int) -> bool:
    """Whether the words, every one of them but small ones and `skips` others, give the letters."""
    if not parts:
        return not wanted
    word, rest = parts[0], parts[1:]
    if wanted and word[0] == wanted[0]:
        taken = _letters_inside(word, wanted)
        if any(_read_off(wanted[count:], rest, skips=skips) for count in range(1, taken + 1)):
            return True
    small = word in _SMALL_WORDS
    return bool(rest) and (small or skips > 0) and _read_off(wanted, rest, skips=skips if small else skips - 1)


def _letters_inside(word: str, wanted: str) -> int:
    """How many of the letters one word can give in order, its first letter among them."""
    position, taken = 0, 0
    while taken < len(wanted) and (position := word.find(wanted[taken], position)) >= 0:
        position, taken = position + 1, taken + 1
    return taken
