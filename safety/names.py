"""Names of people in a text: by the words around them, and by lists of first names and surnames.

First names: US Social Security and Census lists (public domain) and the MIT-licensed lists of Faker; surnames: US Census.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from safety.patterns import pattern
from safety.reading import fold
from safety.schema import Span

MAX_NAME_WORDS = 4
"""Two first names and two surnames, as in Spanish; particles such as "de la" are not counted."""
_MAX_LOWER_WORDS = 3
"""In lower case nothing shows where a name ends, so it is cut off sooner."""

_PARTICLES = frozenset("de del la las los van von der den di da dos das bin ibn al el st san y o'".split())


_FUNCTION_WORDS = frozenset(
    "i a an and or but the is was are am be on in at of to for from with not no my your his her do does did can could will would who what "
    "when where why how please need needs want call y o de en que no si con para por mi su es el la los las un una".split()
)
"""Words that are no part of a name even with a capital."""
_VERBS = frozenset("will may mark grant chase hope guy rich van sue art in joy bill don dash page reason case chance story".split())
"""First names that are likelier verbs or nouns when written small."""
_TIMES_AND_PLACES = frozenset(
    "april may june august autumn summer eve christian dean heaven hope grace faith austin dallas houston madison georgia virginia salem "
    "eugene medford florence charlotte phoenix jackson london paris savannah".split()
)
"""First names that are likelier a time, a place or a virtue after "appointment for"."""


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int

    @property
    def plain(self) -> str:
        return fold(self.text).replace("'", "").replace(".", "")

    @property
    def capital(self) -> bool:
        return any(part[:1].isupper() for part in re.split(r"[-‐‑]", self.text))

    @property
    def acronym(self) -> bool:
        return self.text.isupper() and 1 < len(self.text) <= 5


@dataclass(frozen=True)
class _NameLists:
    common: frozenset[str]
    rare: frozenset[str]
    ambiguous: frozenset[str]
    surnames: frozenset[str]
    ordinary: frozenset[str]
    barred: frozenset[str]
    public: frozenset[str]

    @cached_property
    def first(self) -> frozenset[str]:
        return self.common | self.rare

    def is_ordinary(self, word: str) -> bool:
        """Whether it is a word of English or Spanish that is no name, in any of its regular forms."""
        return any(stem in self.ordinary for stem in (word, *_stems(word)))


def _stems(word: str) -> Iterator[str]:
    for ending in ("s", "es", "ed", "d", "ing", "ly"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            yield word.removesuffix(ending)
            yield word.removesuffix(ending) + "e"


def find_names(text: str) -> list[Span]:
    """Spans of the names of people in the text, in order; providers named with a title or credentials, and public figures, are left out."""
    reader = _NameReader(text)
    spans: list[Span] = []
    for start, end in sorted(reader.names()):
        if not spans or start >= spans[-1].end:
            spans.append(Span(start, end, "person"))
        elif end > spans[-1].end:
            spans[-1] = Span(spans[-1].start, end, "person")
    return spans


class _NameReader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.lists = _read_lists()
        self.tokens = [_Token(match[0], match.start(), match.end()) for match in pattern("word").finditer(text)]
        self.at = {token.start: place for place, token in enumerate(self.tokens)}
        self.mixed = any(token.text.islower() and len(token.text) > 2 for token in self.tokens)
        self.providers = self._provider_places()

    def names(self) -> Iterator[tuple[int, int]]:
        for cue, starts in (
            (pattern("strong"), self._starts_strongly),
            (pattern("weak"), self._starts_weakly),
            (pattern("relation"), self._starts_related),
            (pattern("titled"), self._starts_titled),
            (pattern("office"), self._starts_in_office),
            (pattern("fond"), self._starts_plainly),
            (pattern("sign_off"), self._starts_weakly),
        ):
            for match in cue.finditer(self.text):
                place = self.at.get(match.end())
                if place is not None and place not in self.providers and starts(place):
                    yield from self._take(place)
        for place in range(len(self.tokens)):
            if place not in self.providers and (self._is_full_name(place) or self._is_acting(place)):
                yield from self._take(place)

    def _starts_strongly(self, place: int) -> bool:
        word = self.tokens[place].plain
        if self.tokens[place].capital:
            return (
                word in self.lists.first
                or word in self.lists.ambiguous
                or (not self.lists.is_ordinary(word) and not self._is_barred(place))
                or (self.mixed and self._follows(place) and word not in _FUNCTION_WORDS)
            )
        return (
            word in self.lists.first
            or word in self.lists.ambiguous - _VERBS
            or (not self.lists.is_ordinary(word) and word not in self.lists.barred and len(word) > 2)
        )

    def _starts_weakly(self, place: int) -> bool:
        token = self.tokens[place]
        if self._is_barred(place):
            return False
        if token.capital:
            return (
                token.plain in self.lists.first
                or not self.lists.is_ordinary(token.plain)
                or (token.plain in self.lists.ambiguous and (self.mixed or self._continues(place + 1, lower=False) > 0))
            )
        return token.plain in self.lists.common or (token.plain in self.lists.first and self._follows_like_surname(place))

    def _starts_related(self, place: int) -> bool:
        token = self.tokens[place]
        if token.acronym and not self.text.isupper():
            return False
        if token.capital:
            if token.plain in self.lists.ambiguous:
                return token.plain not in _TIMES_AND_PLACES or not pattern("relation_to_time").search(self.text[: token.start])
            return token.plain in self.lists.first or (
                not self.lists.is_ordinary(token.plain) and not self._is_barred(place) and self.mixed
            )
        rare = token.plain in self.lists.first and not self.lists.is_ordinary(token.plain) and token.plain not in self.lists.barred
        return (
            token.plain in self.lists.common
            or (rare and len(token.plain) > 3)
            or ((token.plain in self.lists.first or token.plain in self.lists.ambiguous) and self._follows_like_surname(place))
        )

    def _starts_in_office(self, place: int) -> bool:
        """Whether a name follows an office such as "coach", which is a word of its own too."""
        token = self.tokens[place]
        known = token.plain in self.lists.first or token.plain in self.lists.surnames or not self.lists.is_ordinary(token.plain)
        return token.capital and not self._is_barred(place) and known

    def _starts_plainly(self, place: int) -> bool:
        """Whether a first name that is no other word stands here, however it is written."""
        word = self.tokens[place].plain
        return word in self.lists.common and word not in self.lists.ambiguous and not self.lists.is_ordinary(word)

    def _starts_titled(self, place: int) -> bool:
        token = self.tokens[place]
        if token.text.islower():
            return not self.lists.is_ordinary(token.plain) and token.plain not in self.lists.barred and len(token.text) > 2
        return token.capital and (
            not self.lists.is_ordinary(token.plain)
            or token.plain in self.lists.ambiguous
            or token.plain in self.lists.surnames
            or self.mixed
        )

    def _is_full_name(self, place: int) -> bool:
        """Whether a first name and a surname stand here, with nothing around them needed."""
        first = self.tokens[place]
        if not self._adjacent(place) or place + 1 in self.providers or self._is_public(place):
            return False
        second = self.tokens[place + 1]
        if second.plain in self.lists.barred or (second.acronym and not first.text.isupper()) or len(second.plain) < 2:
            return False
        looks = second.plain in self.lists.surnames or not self.lists.is_ordinary(second.plain) or "-" in second.text
        if first.capital and second.capital:
            known = first.plain in self.lists.first and not (first.plain in self.lists.barred and not looks)
            asked = bool(pattern("asked").search(self.text[: first.start])) and self.mixed
            unsure = first.plain in self.lists.ambiguous or (not self.lists.is_ordinary(first.plain) and not first.acronym and asked)
            return (known and (looks or asked)) or (
                unsure and looks and (self.mixed or second.plain in self.lists.surnames) and first.plain not in self.lists.barred
            )
        rare = first.plain in self.lists.first and not self.lists.is_ordinary(first.plain) and second.plain in self.lists.surnames
        small = first.text.islower() and second.text.islower() and len(second.plain) > 2
        return small and looks and (first.plain in self.lists.common or rare)

    def _is_acting(self, place: int) -> bool:
        """Whether a first name alone does or owns something ("Ethan needs", "Noor's appointment")."""
        token = self.tokens[place]
        return (
            token.capital
            and token.plain.removesuffix("s") not in self.lists.barred
            and not self._is_barred(place)
            and token.plain in self.lists.first
            and self.mixed
            and (
                bool(pattern("does").match(self.text, token.end))
                or (place > 0 and token.plain in self.lists.common and bool(pattern("about").search(self.text[: token.start])))
            )
            and not self._is_public(place)
        )

    def _take(self, place: int) -> Iterator[tuple[int, int]]:
        if self._is_listed(place):
            return
        lower = self.tokens[place].text.islower()
        last, words = place, 1
        limit = _MAX_LOWER_WORDS if lower else MAX_NAME_WORDS
        while words < limit:
            following = self._continues(last + 1, lower=lower)
            if not following:
                break
            last, words = following, words + 1
        yield self.tokens[place].start, self.tokens[last].end
        yield from self._take_listed(last)

    def _take_listed(self, place: int) -> Iterator[tuple[int, int]]:
        """The first names that go on a list of them ("Liam, Owen and Max")."""
        while place + 1 < len(self.tokens):
            joined = pattern("listed").match(self.text, self.tokens[place].end)
            following = self.at.get(joined.end(), -1) if joined else -1
            if following < 0 or not self.tokens[following].capital or self._is_barred(following):
                return
            word = self.tokens[following].plain
            if word not in self.lists.first and not (self.mixed and word in self.lists.ambiguous):
                return
            yield self.tokens[following].start, self.tokens[following].end
            place = following

    def _continues(self, place: int, *, lower: bool) -> int:
        """The place of the next word of the name, past particles; 0 if the name is over."""
        ahead = place
        while ahead < len(self.tokens) and ahead - place < 2 and self.tokens[ahead].plain in _PARTICLES and self._joined(ahead):
            ahead += 1
        if ahead >= len(self.tokens) or not self._joined(ahead) or ahead in self.providers:
            return 0
        token = self.tokens[ahead]
        word = token.plain
        looks = word in self.lists.surnames or (not self.lists.is_ordinary(word) and word not in self.lists.barred) or "-" in token.text
        if lower:
            return ahead if token.text.islower() and looks and len(word) > 2 else 0
        if not token.capital or (token.acronym and not self.tokens[place - 1].text.isupper()):
            return 0
        initial = len(word) == 1 and word != "i"
        return ahead if looks or initial or (self.mixed and word not in self.lists.barred and word not in _FUNCTION_WORDS) else 0

    def _joined(self, place: int) -> bool:
        gap = self.text[self.tokens[place - 1].end : self.tokens[place].start]
        return gap in (" ", ". ") if len(self.tokens[place - 1].text) == 1 else gap == " " or (gap == ", " and self._is_inverted(place))

    def _is_inverted(self, place: int) -> bool:
        """Whether "Surname, First name" stands around the comma before this word."""
        surname, first = self.tokens[place - 1], self.tokens[place]
        capitals = surname.text.isupper() and first.text.isupper() and first.plain not in self.lists.barred
        return capitals or (surname.plain in self.lists.surnames and surname.capital and first.capital and first.plain in self.lists.first)

    def _adjacent(self, place: int) -> bool:
        return place + 1 < len(self.tokens) and self._joined(place + 1)

    def _follows(self, place: int) -> bool:
        return self._adjacent(place) and self.tokens[place + 1].capital

    def _follows_like_surname(self, place: int) -> bool:
        return self._adjacent(place) and self._continues(place + 1, lower=True) > 0

    def _is_barred(self, place: int) -> bool:
        token = self.tokens[place]
        return token.plain in self.lists.barred or (token.acronym and not self.text.isupper())

    def _is_listed(self, place: int) -> bool:
        words = [token.plain.replace("-", " ") for token in self.tokens[place : place + 4]]
        return any(" ".join(words[:length]) in self.lists.public for length in (2, 3, 4))

    def _is_public(self, place: int) -> bool:
        if self._is_listed(place):
            return True
        ends = [self.tokens[ahead].end for ahead in (place, place + 1) if ahead < len(self.tokens)]
        return any(pattern("public_after").match(self.text, end) for end in ends) and not pattern("owned").search(
            self.text[: self.tokens[place].start]
        )

    def _provider_places(self) -> set[int]:
        """Places of words that name a provider: after a title or an occupation, or before credentials."""
        places: set[int] = set()
        for match in pattern("provider").finditer(self.text):
            place = self.at.get(match.end(), -1)
            titled = match[0].lower().startswith(("dr", "doctor", "prof"))
            while (
                0 <= place < len(self.tokens)
                and place - self.at[match.end()] < 3
                and (self.tokens[place].capital or (titled and place == self.at[match.end()]))
            ):
                places.add(place)
                place = place + 1 if self._adjacent(place) else -1
        for match in pattern("credential").finditer(self.text):
            if match[0].strip(", ").isupper() or match[0].strip(", ") in ("PhD", "PsyD", "EdD"):
                before = [place for place, token in enumerate(self.tokens) if token.end <= match.start()][-3:]
                places.update(place for place in before if self.tokens[place].capital)
        return places


@cache
def _read_lists() -> _NameLists:
    common, _, rare = _read("first_names.txt").partition("# Rarer")
    barred = frozenset(_lines("not_names.txt"))
    return _NameLists(
        common=frozenset(_words(common)),
        rare=frozenset(_words(rare.partition("\n")[2])),
        ambiguous=frozenset(_words(_read("ambiguous_names.txt"))),
        surnames=frozenset(_words(_read("surnames.txt"))),
        ordinary=frozenset(_words(_read("ordinary_words.txt"))),
        barred=barred,
        public=frozenset(line for line in _read("public_names.txt").splitlines() if not line.startswith("#")),
    )


def _read(name: str) -> str:
    return files("safety").joinpath(name).read_text("utf-8")


def _words(text: str) -> Iterator[str]:
    return (line for line in text.split("\n") if line and not line.startswith("#"))


def _lines(name: str) -> Iterator[str]:
    return (word for line in _words(_read(name)) for word in line.split())


def is_ordinary_word(word: str) -> bool:
    """Whether it is a word of English or Spanish that is no name."""
    return _read_lists().is_ordinary(fold(word)) or fold(word) in _FUNCTION_WORDS
