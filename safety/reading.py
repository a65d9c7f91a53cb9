"""How a text is read before its words are weighed: folded, its spelling mended, its shorthand written out."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from safety.phrases import PhraseBook

FUZZY_FROM = 5
"""Shortest word that may be mended by edit distance; shorter slips stand in `[rewrites]`, because too many real words lie next to them."""
TWO_EDITS_FROM = 8
"""Shortest word that may differ in two places: stricter than search engines are (Elasticsearch's AUTO: one edit from 3, two from 6)."""
MAX_MENDED = 400
"""Words of a text that are mended, half of them its first and half its last, so that a pasted page stays a matter of milliseconds; those
between are read as they stand. Who adds to what they have pasted writes before or after it."""
LONGEST_WORD = 60
"""Letters: eight words written as one; a longer run is no word, and mending it would take seconds."""
_MIN_JOINED = 5
_MIN_LEET = 3

_MAX_PARTS = 8

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"), None)
_APOSTROPHES = re.compile("[’‘`´ʼ']")
_CONTRACTIONS = (
    (re.compile(r"\b(he|she|it|that|what|there|who|life|everything|where|here|how)'s\b"), r"\1 is"),
    (re.compile(r"'ll\b"), " will"),
    (re.compile(r"'re\b"), " are"),
    (re.compile(r"'d\b"), " would"),
    (re.compile(r"(?<=\w)'s\b"), " s"),
)
_TOKEN = re.compile(r"[a-z0-9@$*]+(?:[!|*#]+[a-z0-9@$*]+)*|[.,;:?!()\u2013\u2014]+")
_PAUSE = re.compile(r"\.{2,}|\u2026")
"""Dots that only mark a pause ("I want to ... die") part no clauses, and neither does the end of a line."""
_LEET = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i", "|": "l"})
_REPEATED = re.compile(r"(.)\1{2,}")
_SAID_AGAIN = re.compile(r"(?<![^ ])((?:[^ ]+ ){1,6}?)\1{2,}")
"""Words that stand three times or more in a row are read once: they say no more, and a page full of them would take seconds."""
_LETTER_RUN = re.compile(r"(?<![^ ])(?:[a-z0-9] ){3,}")


_SOUNDS = (
    (re.compile(r"s[uoew]+[aeiyh]*[csz]+[iaeyo]*d+[aeiou]*l+[a-z]?"), "suicidal"),
    (re.compile(r"s[uoew]+[aeiyh]*[csz]+[iaeyo]*d+a"), "suicida"),
    (re.compile(r"s[uoew]+[aeiyh]*[csz]+[iaeyo]*d+[aeiou]?"), "suicide"),
)
"""Spellings that keep the sound and that edit distance does not reach ("sooacide"); ordinary words among them stand in lookalikes.txt."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as the phrases see it: words, each followed by a space, clauses parted by ", ". `lean` is without filler words."""

    full: str
    lean: str


def read_text(text: str, book: PhraseBook) -> Reading:
    """The text as the phrases see it: every word of the book that it means, however it is spelled."""
    tokens = _LETTER_RUN.sub(lambda run: run[0].replace(" ", "") + " ", "".join(f"{token} " for token in _tokens(text))).split()
    joined = _join_halves(tokens, book)
    middle = range(MAX_MENDED // 2, len(joined) - MAX_MENDED // 2)
    mended = [token if place in middle else _mend(token, book) for place, token in enumerate(joined)]
    full = _SAID_AGAIN.sub(r"\1", _rewrite(" ".join(mended).split(), book))
    return Reading(full=full, lean=book.fillers.sub("", full))


def fold(text: str) -> str:
    """The text in lower case without accents (Unicode NFKC, then marks dropped), apostrophes straight, invisible characters gone."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold().translate(_INVISIBLE))
    return _APOSTROPHES.sub("'", "".join(character for character in decomposed if not unicodedata.combining(character)))


def _tokens(text: str) -> Iterator[str]:
    folded = _PAUSE.sub(" ", fold(text)).replace("&", " and ")
    for pattern, replacement in _CONTRACTIONS:
        folded = pattern.sub(replacement, folded)
    for token in _TOKEN.findall(folded.replace("'", "")):
        yield token if token[0].isalnum() or token[0] in "@$*" else ","


def _join_halves(tokens: list[str], book: PhraseBook) -> list[str]:
    """Puts together a word that was written as two ("sui cide"), if at least one half is no word of its own."""
    joined: list[str] = []
    for token in tokens:
        both = joined[-1] + token if joined else ""
        if len(both) >= FUZZY_FROM and both in book.words and not (joined[-1] in book.words and token in book.words):
            joined[-1] = both
        else:
            joined.append(token)
    return joined


def _mend(token: str, book: PhraseBook) -> str:
    if token in book.words or token in book.rewrites or token == "," or token.isdigit() or len(token) > LONGEST_WORD:
        return token
    if "*" in token or "#" in token:
        return _unmask(token, book)
    plain = token.translate(_LEET) if len(token) >= _MIN_LEET else token
    for spelling in (plain, _REPEATED.sub(r"\1\1", plain), _REPEATED.sub(r"\1", plain)):
        if spelling in book.words or spelling in book.rewrites:
            return spelling
    if not plain.isalpha() or plain in _lookalikes():
        return token
    return _split(plain, book) or _sound_out(plain, book) or _unswap(plain, book) or _nearest(_REPEATED.sub(r"\1", plain), book) or token


def _sound_out(token: str, book: PhraseBook) -> str:
    """A word that is written as it sounds: "sooicydal", "killin"; "" if it is no such word."""
    if token.endswith("in") and f"{token}g" in book.words:
        return f"{token}g"
    return next((word for sound, word in _SOUNDS if sound.fullmatch(token)), "")


def _unswap(token: str, book: PhraseBook) -> str:
    """The word of four letters that was typed with the last three in another order ("lfie") or the last twice ("harmm"); "" if none."""
    if len(token) == len("harmm") and token[-1] == token[-2]:
        token = token[:-1]
    if len(token) != len("life"):
        return ""
    return next((word for word in book.mended if word[0] == token[0] and sorted(word) == sorted(token)), "")


def _unmask(token: str, book: PhraseBook) -> str:
    """A word whose letters were starred out ("s**cide"), if a word of the phrases about dying or harm fits."""
    pattern = re.compile("".join("[a-z]" if character in "*#" else re.escape(character) for character in token.translate(_LEET)))
    return next((word for word in sorted(book.guarded) if pattern.fullmatch(word)), token)


def _split(token: str, book: PhraseBook) -> str:
    """The words that were written as one ("wanttodie"), fewest first; "" if they are not all of `joined`."""
    if len(token) < _MIN_JOINED:
        return ""
    best: list[list[str]] = [[] for _ in range(len(token) + 1)]
    for end in range(1, len(token) + 1):
        for start in range(end):
            word = token[start:end]
            if (start == 0 or best[start]) and word in book.joined:
                candidate = [*best[start], word]
                if len(candidate) <= _MAX_PARTS and (not best[end] or len(candidate) < len(best[end])):
                    best[end] = candidate
    return " ".join(best[-1])


def _nearest(token: str, book: PhraseBook) -> str:
    edits = 0 if len(token) < FUZZY_FROM else 1 if len(token) < TWO_EDITS_FROM else 2
    found = edits and extractOne(token, book.mended, scorer=OSA.distance, score_cutoff=edits)
    return found[0] if found else ""


def _rewrite(words: list[str], book: PhraseBook) -> str:
    """Shorthand written out; an entry of two words goes before one of its first word."""
    written: list[str] = []
    place = 0
    while place < len(words):
        pair = " ".join(words[place : place + 2])
        step = 2 if pair in book.rewrites else 1
        written.append(book.rewrites.get(pair if step == 2 else words[place], words[place]))
        place += step
    return "".join(f"{word} " for word in " ".join(written).split())


@cache
def _lookalikes() -> frozenset[str]:
    """Ordinary words that spelling or splitting would turn into a word of the phrases ("billing" into "killing")."""
    return frozenset(files("safety").joinpath("lookalikes.txt").read_text("utf-8").split())
